"""What each part of a run found out about roles: kept as the bytes of an array, and put together at the end.

A row for each role and part would be written once, read once, and most of the writing of a run.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.dataset import tables
from matching.dataset.listed import MILLION, Items, Listed, in_millionths
from matching.dataset.rows import packs, positions
from matching.dataset.vocabulary import Ids
from matching.engine.distinct import distinct
from matching.engine.outcome import Ranking, Tally
from matching.engine.problem import Single
from matching.engine.reasons import Reason

Counts = npt.NDArray[np.int64]

_OF_RUN = """
    SELECT {column} FROM matching_finding f JOIN matching_shard s ON s.id = f.shard_id
    WHERE s.run_id = %s ORDER BY s.number
"""


@dataclass(frozen=True, slots=True)
class Reports:
    """How many people each role could reach, and whom which condition shuts out: a `Tally` of all parts (m rows).

    Parameters
    ----------
    role_ids : int64 (m,), ascending.
    could_come, listed : int64 (m,); shut_out, only_by : int64 (m, reasons)
    """

    role_ids: Ids
    could_come: Counts
    listed: Counts
    shut_out: Counts
    only_by: Counts


def pack_reports(role_ids: Ids, ranking: Ranking, tally: Tally, *, all_roles: bool) -> bytes:
    """Return the report of a part; a role that has nobody of it around is left out, unless *all_roles*."""
    listed = np.bincount(ranking.role, minlength=len(role_ids)).astype(np.int32)
    counts = np.column_stack([tally.could_come, listed, tally.shut_out, tally.only_by])
    bits, some = tables.without_zeros(counts)
    said = bits.any(axis=1) | all_roles
    return tables.packed([role_ids[said], bits[said], some])


def pack_reserves(found: Sequence[Items]) -> bytes:
    """Return whom a part keeps in reserve."""
    columns = (np.concatenate([getattr(some, name) for some in found]) for name in Items.__slots__)
    return tables.packed(list(columns)) if found else b""


def pack_lists(items: Items) -> tuple[bytes, bytes]:
    """Return what a part put on lists: what everybody is shared out by, and what is only said of what they are given.

    So the last step of a run reads no list that a part wrote, row by row.
    """
    first = np.flatnonzero(np.diff(items.volunteer, prepend=items.volunteer[:1] - 1))
    lengths = np.diff(first, append=len(items))
    shared = (items.volunteer[first], lengths, items.role, items.slot, in_millionths(items.score))
    return tables.packed(shared), tables.packed([items.km, *map(in_millionths, items.parts.T)])


def read_reports(run_id: int) -> Reports:
    """Add up what all parts of a run found."""
    found = list(_tables("reports", run_id))
    role_ids = distinct(np.concatenate([np.zeros(0, np.int64), *(roles for roles, *_counts in found)]))
    counts = np.zeros((len(role_ids), 2 + 2 * len(Reason)), np.int64)
    for roles, bits, some in found:
        row, column = tables.places(bits, counts.shape[1])
        counts[positions(role_ids, roles)[row], column] += some
    shut_out, only_by = np.split(counts[:, 2:], 2, axis=1)
    return Reports(role_ids, counts[:, 0], counts[:, 1], shut_out, only_by)


def read_lists(run_id: int) -> Listed:
    """Return what all parts of a run put on lists, whatever has become of these."""
    nothing = [np.zeros(0, np.int64)] * 5
    whose, lengths, role, slot, score = map(np.concatenate, zip(nothing, *_tables("lists", run_id), strict=True))
    return Listed(np.repeat(whose, lengths), role, slot, score)


def read_details(run_id: int, items: Ids, signals: int) -> tuple[Single, Single]:
    """Return km and parts, by so many signals, of the *items* of `read_lists`, by their number there."""
    km, parts, first = np.zeros(len(items), np.float32), np.zeros((len(items), signals), np.float32), 0
    for of_part in _tables("details", run_id):
        here = np.flatnonzero((items >= first) & (items < first + len(of_part[0])))
        at = items[here] - first
        km[here] = of_part[0][at]
        parts[here] = np.column_stack([of_signal[at] for of_signal in of_part[1:]]) / MILLION
        first += len(of_part[0])
    return km, parts


def read_reserves(run_id: int, signals: int) -> Items:
    """Return whom all parts of a run keep in reserve, by so many signals."""
    ids, single = np.zeros(0, np.int64), np.zeros(0, np.float32)
    nobody = Items(ids, ids, ids, single, single, single.reshape(0, signals))
    columns = zip((getattr(nobody, name) for name in Items.__slots__), *_tables("reserves", run_id), strict=True)
    return Items(*map(np.concatenate, columns))


def _tables(column: str, run_id: int) -> Iterator[list[tables.Column]]:
    """Yield what each part found, by the number of the part; of a part that found nothing, nothing."""
    found = packs(_OF_RUN.replace("{column}", column), (run_id,))
    return (tables.unpacked(one) for one in found if len(one))
