"""The words both sides choose from, numbered; what people tick becomes a matrix or a set of bits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.dataset.rows import columns, positions, texts
from matching.engine.problem import Bits, Int

MOST_BITS = 64
Ids = npt.NDArray[np.int64]


class TooManyTerms(RuntimeError):
    """A vocabulary that is kept as bits has grown beyond 64 terms; the engine needs a second word for it."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Ids in ascending order; a term's number is its place among them.

    ``parent`` holds the number of the activity above, -1 at the top; ``names`` all that an activity is called;
    ``taken_at_word`` the qualifications that count as soon as somebody says that they hold them.
    """

    activities: Ids
    parent: Int
    names: tuple[tuple[str, ...], ...]
    skills: Ids
    qualifications: Ids
    taken_at_word: Ids
    access: Ids
    place_access: int


def read() -> Vocabulary:
    activities = columns(
        "SELECT id::int8, coalesce(parent_id, -1)::int8 FROM organisations_activity ORDER BY id", ints=("id", "parent")
    )
    names = dict(texts("SELECT id, ARRAY[ja, en] || synonyms FROM organisations_activity"))
    access = columns(
        "SELECT id::int8, is_about_place::int::int8 FROM organisations_accessfeature ORDER BY id", ints=("id", "place")
    )
    qualifications = columns(
        "SELECT id::int8, (proof = 'self')::int::int8 FROM organisations_qualification ORDER BY id",
        ints=("id", "is_said"),
    )
    return Vocabulary(
        activities=activities["id"],
        parent=positions(activities["id"], activities["parent"]).astype(np.int32),
        names=tuple(tuple(filter(None, names[id_])) for id_ in activities["id"].tolist()),
        skills=_ids("organisations_skill"),
        qualifications=_at_most_64(qualifications["id"]),
        taken_at_word=qualifications["id"][qualifications["is_said"] > 0],
        access=_at_most_64(access["id"]),
        place_access=sum(1 << number for number in np.flatnonzero(access["place"]).tolist()),
    )


def _ids(table: str) -> Ids:
    return columns(f"SELECT id::int8 FROM {table} ORDER BY id", ints=("id",))["id"]  # noqa: S608


def _at_most_64(ids: Ids) -> Ids:
    if len(ids) > MOST_BITS:
        raise TooManyTerms
    return ids


@dataclass(frozen=True, slots=True)
class Ticks:
    """What was ticked by whom: pairs of a row and the id of a term.

    A term that came into the vocabulary after that was read is left out.
    """

    rows: Ids
    terms: Ids
    count: int

    def matrix(self, ids: Ids, weights: npt.NDArray[np.float64] | None = None) -> sparse.csr_array:
        """Return sparse float64 (rows, ids)."""
        column = positions(ids, self.terms)
        known = column >= 0
        values = np.ones(len(column)) if weights is None else weights
        cells = (self.rows[known], column[known])
        return sparse.csr_array((values[known], cells), shape=(self.count, len(ids)))

    def bits(self, ids: Ids) -> Bits:
        """Return uint64 (rows,), bit *i* standing for the term ``ids[i]``."""
        sets = np.zeros(self.count, np.uint64)
        column = positions(ids, self.terms)
        known = column >= 0
        np.bitwise_or.at(sets, self.rows[known], np.uint64(1) << column[known].astype(np.uint64))
        return sets
