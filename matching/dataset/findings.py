"""What each part of a run found out about roles: kept as the bytes of an array, and put together at the end.

A row for each role and part would be written once, read once, and most of the writing of a run.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from matching.dataset.listed import Items, Listed, in_millionths
from matching.dataset.rows import packs, positions
from matching.dataset.vocabulary import Ids
from matching.engine.outcome import Ranking, Tally
from matching.engine.problem import Single

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
    listed = np.bincount(ranking.role, minlength=len(role_ids))
    said = (tally.could_come > 0) | tally.shut_out.any(axis=1) | (listed > 0) | all_roles
    columns = (role_ids, tally.could_come, listed.astype(np.int32), tally.shut_out, tally.only_by)
    return _bytes([column[said] for column in columns])


def pack_reserves(found: Sequence[Items]) -> bytes:
    """Return whom a part keeps in reserve."""
    return _bytes(
        [np.concatenate([getattr(some, name) for some in found]) for name in Items.__slots__] if found else []
    )


def pack_lists(items: Items) -> tuple[bytes, bytes]:
    """Return what a part put on lists: what everybody is shared out by, and what is only said of what they are given.

    So the last step of a run reads no list that a part wrote, row by row.
    """
    return _bytes([items.volunteer, items.role, items.slot, items.score]), _bytes([items.km, items.parts])


def read_reports(run_id: int) -> Reports:
    """Add up what all parts of a run found."""
    tables = _tables("reports", run_id)
    role_ids = np.unique(np.concatenate([np.zeros(0, np.int64), *(roles for roles, *_counts in tables)]))
    summed: dict[str, Counts] = {}
    for column, name in enumerate(Reports.__slots__[1:], start=1):
        summed[name] = np.zeros((len(role_ids), *(tables[0][column].shape[1:] if tables else ())), np.int64)
        for table in tables:
            summed[name][positions(role_ids, table[0])] += table[column]
    return Reports(role_ids, **summed)


def read_lists(run_id: int) -> Listed:
    """Return what all parts of a run put on lists, whatever has become of these."""
    tables = _tables("lists", run_id)
    ids, single = np.zeros(0, np.int64), np.zeros(0, np.float32)
    volunteer, role, slot, score = map(np.concatenate, zip((ids, ids, ids, single), *tables, strict=True))
    return Listed(volunteer, role, slot, in_millionths(score))


def read_details(run_id: int, items: Ids, signals: int) -> tuple[Single, Single]:
    """Return km and parts, by so many signals, of the *items* of `read_lists`, by their number there."""
    km, parts, first = np.zeros(len(items), np.float32), np.zeros((len(items), signals), np.float32), 0
    for of_part in _tables("details", run_id):
        here = np.flatnonzero((items >= first) & (items < first + len(of_part[0])))
        km[here], parts[here] = (column[items[here] - first] for column in of_part)
        first += len(of_part[0])
    return km, parts


def read_reserves(run_id: int, signals: int) -> Items:
    """Return whom all parts of a run keep in reserve, by so many signals."""
    ids, single = np.zeros(0, np.int64), np.zeros(0, np.float32)
    nobody = Items(ids, ids, ids, single, single, single.reshape(0, signals))
    columns = zip((getattr(nobody, name) for name in Items.__slots__), *_tables("reserves", run_id), strict=True)
    return Items(*map(np.concatenate, columns))


def _bytes(columns: Sequence[npt.NDArray[Any]]) -> bytes:
    """Return a table, column by column; each says itself what it is."""
    file = io.BytesIO()
    for column in columns:
        np.save(file, column, allow_pickle=False)
    return file.getvalue()


def _tables(column: str, run_id: int) -> list[list[npt.NDArray[Any]]]:
    """Return what each part found, by the number of the part; of a part that found nothing, nothing."""
    found = packs(_OF_RUN.replace("{column}", column), (run_id,))
    return [list(_columns(one)) for one in found if len(one)]


def _columns(packed: memoryview) -> Iterator[npt.NDArray[Any]]:
    file = io.BytesIO(packed)
    while file.tell() < len(packed):
        yield np.load(file, allow_pickle=False)
