"""What each part of a run found out about roles: kept as the bytes of an array, and put together at the end.

A row for each role and part would be written once, read once, and most of the writing of a run.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from matching.dataset.listed import Items
from matching.dataset.rows import positions, texts
from matching.dataset.vocabulary import Ids
from matching.engine.outcome import Ranking, Tally

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
    columns: dict[str, npt.NDArray[Any]] = {
        "role": role_ids,
        "could_come": tally.could_come,
        "listed": listed.astype(np.int32),
        "shut_out": tally.shut_out,
        "only_by": tally.only_by,
    }
    return _bytes({name: column[said] for name, column in columns.items()})


def pack_reserves(found: Sequence[Items]) -> bytes:
    """Return whom a part keeps in reserve."""
    if not found:
        return b""
    names = Items.__slots__
    return _bytes({name: np.concatenate([getattr(some, name) for some in found]) for name in names})


def read_reports(run_id: int) -> Reports:
    """Add up what all parts of a run found."""
    tables = _tables("reports", run_id)
    role_ids = np.unique(np.concatenate([np.zeros(0, np.int64), *(table["role"] for table in tables)]))
    summed: dict[str, Counts] = {}
    for name in Reports.__slots__[1:]:
        summed[name] = np.zeros((len(role_ids), *(tables[0][name].shape[1:] if tables else ())), np.int64)
        for table in tables:
            summed[name][positions(role_ids, table["role"])] += table[name]
    return Reports(role_ids, **summed)


def read_reserves(run_id: int, signals: int) -> Items:
    """Return whom all parts of a run keep in reserve, by so many signals."""
    ids, single = np.zeros(0, np.int64), np.zeros(0, np.float32)
    nobody = Items(ids, ids, ids, single, single, single.reshape(0, signals))
    tables = _tables("reserves", run_id)
    columns = ([getattr(nobody, name), *(table[name] for table in tables)] for name in Items.__slots__)
    return Items(*map(np.concatenate, columns))


def _bytes(columns: dict[str, npt.NDArray[np.generic]]) -> bytes:
    """Return a table that says itself what its columns are."""
    layout = np.dtype([(name, column.dtype, column.shape[1:]) for name, column in columns.items()])
    table = np.zeros(len(next(iter(columns.values()))), layout)
    for name, column in columns.items():
        table[name] = column
    file = io.BytesIO()
    np.save(file, table, allow_pickle=False)
    return file.getvalue()


def _tables(column: str, run_id: int) -> list[npt.NDArray[np.void]]:
    packed = texts(_OF_RUN.replace("{column}", column), (run_id,))
    return [np.load(io.BytesIO(one), allow_pickle=False) for (one,) in packed if len(one)]
