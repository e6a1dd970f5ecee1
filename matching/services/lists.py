"""What the engine ranked → shortlists and role reports, written by COPY inside the caller's transaction."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt
from django.db import connection
from django.db.backends.utils import CursorWrapper

from matching.dataset import Dataset
from matching.dataset.lines import Many, One, Same, packed
from matching.dataset.listed import Reserved
from matching.engine.fast import FastEngine
from matching.engine.outcome import Ranking, Tally
from matching.engine.problem import Single
from matching.engine.reasons import Reason
from matching.engine.scoring import FLOOR, Weights

# How many roles are kept for each person: enough for months of "not this one".
TOP = 20
DECIMALS = 6
_NAMES = [(reason.name or "").lower() for reason in Reason]

_COLUMNS = "volunteer_id, run_id, roles, slots, scores, km, signals, weights, parts, besides, edge, computed_at"
_PUT = f"""
    INSERT INTO matching_shortlist ({_COLUMNS})
    SELECT {_COLUMNS} FROM shortlist_new n
    WHERE EXISTS (SELECT FROM volunteers_volunteer v WHERE v.id = n.volunteer_id)
    ORDER BY volunteer_id
    ON CONFLICT (volunteer_id) DO UPDATE SET
        run_id = EXCLUDED.run_id, roles = EXCLUDED.roles, slots = EXCLUDED.slots, scores = EXCLUDED.scores,
        km = EXCLUDED.km, signals = EXCLUDED.signals, weights = EXCLUDED.weights, parts = EXCLUDED.parts,
        besides = EXCLUDED.besides, edge = EXCLUDED.edge, computed_at = EXCLUDED.computed_at
    WHERE matching_shortlist.computed_at <= EXCLUDED.computed_at
"""  # noqa: S608


def rank(engine: FastEngine, weights: Weights) -> Ranking:
    return engine.rank(top=TOP, floor=FLOOR, weights=weights)


def write_shortlists(dataset: Dataset, ranking: Ranking, *, run_id: int | None, computed_at: dt.datetime) -> None:
    """Put one row per volunteer in place of the one there, unless that one is newer.

    Always in the order of the volunteers, so that two writers wait for each other and never in a circle.
    """
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE shortlist_new (LIKE matching_shortlist)")
        copy_shortlists(cursor, "shortlist_new", dataset, ranking, run_id=run_id, computed_at=computed_at)
        cursor.execute(_PUT)
        cursor.execute("DROP TABLE shortlist_new")


def copy_shortlists(
    cursor: CursorWrapper,
    table: str,
    dataset: Dataset,
    ranking: Ranking,
    *,
    run_id: int | None,
    computed_at: dt.datetime,
) -> None:
    """Write one row per volunteer into a table with the columns of a shortlist."""
    with cursor.copy(f"COPY {table} ({_COLUMNS}) FROM STDIN (FORMAT binary)") as copy:
        for block in packed(_fields(dataset, ranking, run_id, computed_at), len(dataset.volunteer_ids)):
            copy.write(block)


def _fields(
    dataset: Dataset, ranking: Ranking, run_id: int | None, computed_at: dt.datetime
) -> list[Same | One | Many]:
    """Return the values of `_COLUMNS`."""
    return [
        One(dataset.volunteer_ids),
        Same(run_id),
        Many(dataset.role_ids[ranking.role], ranking.start),
        Many(dataset.slot_ids[ranking.slot], ranking.start),
        Many(_rounded(ranking.score.clip(0, 1)), ranking.start),
        Many(_rounded(ranking.km), ranking.start),
        Same(ranking.signals),
        Same(_rounded(ranking.weights)),
        Many(_rounded(ranking.parts), ranking.start),
        Many(dataset.role_ids[ranking.besides], ranking.besides_start),
        One(ranking.edge.astype(np.float64)),  # is compared, and so not rounded
        Same(computed_at),
    ]


def _rounded(numbers: npt.NDArray[np.floating]) -> Single:
    return numbers.astype(np.float64).round(DECIMALS).astype(np.float32)


def write_reports(dataset: Dataset, ranking: Ranking, tally: Tally, *, run_id: int, shard: int) -> None:
    """Write how many people each role could reach, and which condition shuts out how many.

    A role that has nobody of this part around it is left out, but for the first part: each role is in a run's reports.
    """
    listed = np.bincount(ranking.role, minlength=len(dataset.role_ids))
    said = np.flatnonzero((tally.could_come > 0) | tally.shut_out.any(axis=1) | (listed > 0) | (shard == 0))
    rows = zip(
        dataset.role_ids[said].tolist(),
        tally.could_come[said].tolist(),
        listed[said].tolist(),
        map(_by_reason, tally.shut_out[said].tolist()),
        map(_by_reason, tally.only_by[said].tolist()),
        strict=True,
    )
    lines = (f"{run_id}\t{shard}\t" + "\t".join(map(str, row)) for row in rows)
    columns = "run_id, shard, role_id, could_come, listed, shut_out, shut_out_only_by"
    _copy(f"COPY matching_rolereport ({columns}) FROM STDIN", lines)


def _by_reason(counts: list[int]) -> str:
    return json.dumps({name: count for name, count in zip(_NAMES, counts, strict=True) if count})


def _copy(sql: str, lines: Iterable[str]) -> None:
    with connection.cursor() as cursor, cursor.copy(sql) as copy:
        copy.write("\n".join(lines).encode())


def write_reserves(found: Iterable[Reserved], *, run_id: int, shard: int) -> None:
    """Write who is kept for roles that hardly any list holds."""
    columns = "run_id, shard, volunteer_id, role_id, slot_id, score, km, parts"
    lines = (f"{run_id}\t{shard}\t{line}" for some in found for line in _of_reserves(some))
    _copy(f"COPY matching_reserve ({columns}) FROM STDIN", lines)


def _of_reserves(some: Reserved) -> Iterator[str]:
    numbers = [some.volunteer, some.role, some.slot, *(column.astype(np.float64) for column in (some.score, some.km))]
    rows = zip(*(column.round(DECIMALS).tolist() for column in numbers), strict=True)
    for row, parts in zip(rows, some.parts.astype(np.float64).round(DECIMALS).tolist(), strict=True):
        yield "\t".join(map(str, row)) + f"\t{{{','.join(map(str, parts))}}}"
