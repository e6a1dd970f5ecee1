"""What the engine ranked → shortlists, findings and role reports, written inside the caller's transaction."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Model

from matching.dataset import Dataset, findings
from matching.dataset.findings import Reports
from matching.dataset.lines import Bytes, Many, One, Same, packed
from matching.dataset.listed import DECIMALS, Items
from matching.dataset.rows import array, columns, positions
from matching.dataset.vocabulary import Ids
from matching.engine.fast import FastEngine
from matching.engine.outcome import Ranking, Tally
from matching.engine.problem import Bool, Single
from matching.engine.reasons import Reason
from matching.engine.scoring import FLOOR, Weights
from matching.models import Finding
from organisations.models import Role

# How many roles are kept for each person: enough for months of "not this one".
TOP = 20
# Lists are put in the order of the people in memory: about 28 MB for a part of 20,000 people.
SORTED_MB = 64
_NAMES = [(reason.name or "").lower() for reason in Reason]

_COLUMNS = "volunteer_id, run_id, roles, slots, scores, km, signals, weights, parts, besides, edge, computed_at"
_PUT = f"""
    INSERT INTO matching_shortlist ({_COLUMNS})
    SELECT {_COLUMNS} FROM shortlist_new n
    JOIN volunteers_volunteer v ON v.id = n.volunteer_id
    WHERE v.id = ANY(%s::int8[])
    ORDER BY volunteer_id FOR KEY SHARE OF v
    ON CONFLICT (volunteer_id) DO UPDATE SET
        run_id = EXCLUDED.run_id, roles = EXCLUDED.roles, slots = EXCLUDED.slots, scores = EXCLUDED.scores,
        km = EXCLUDED.km, signals = EXCLUDED.signals, weights = EXCLUDED.weights, parts = EXCLUDED.parts,
        besides = EXCLUDED.besides, edge = EXCLUDED.edge, computed_at = EXCLUDED.computed_at
    WHERE matching_shortlist.computed_at <= EXCLUDED.computed_at
"""  # noqa: S608


def rank(engine: FastEngine, weights: Weights) -> Ranking:
    return engine.rank(top=TOP, floor=FLOOR, weights=weights)


def items(dataset: Dataset, ranking: Ranking) -> Items:
    """Return what goes on the lists, as it is written and read."""
    return Items(
        volunteer=np.repeat(dataset.volunteer_ids, np.diff(ranking.start)),
        role=dataset.role_ids[ranking.role],
        slot=dataset.slot_ids[ranking.slot],
        score=rounded(ranking.score.clip(0, 1)),
        km=rounded(ranking.km),
        parts=rounded(ranking.parts),
    )


def write_shortlists(
    dataset: Dataset, ranking: Ranking, listed: Items, *, run_id: int | None, computed_at: dt.datetime
) -> None:
    """Put one row per volunteer in place of the one there, unless that one is newer.

    Always in the order of the volunteers, so that two writers wait for each other and never in a circle. Whoever closes
    their account meanwhile is left out: their row is waited for, and gone.
    """
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE shortlist_new (LIKE matching_shortlist)")
        copy_shortlists(cursor, "shortlist_new", dataset, ranking, listed, run_id=run_id, computed_at=computed_at)
        cursor.execute(f"SET LOCAL work_mem = '{SORTED_MB}MB'")
        # Named once more, so that it does not go through all of the people to find these few.
        cursor.execute(_PUT, [array(dataset.volunteer_ids)])
        cursor.execute("DROP TABLE shortlist_new")


def copy_shortlists(
    cursor: CursorWrapper,
    table: str,
    dataset: Dataset,
    ranking: Ranking,
    listed: Items,
    *,
    run_id: int | None,
    computed_at: dt.datetime,
) -> None:
    """Write one row per volunteer into a table with the columns of a shortlist."""
    with cursor.copy(f"COPY {table} ({_COLUMNS}) FROM STDIN (FORMAT binary)") as copy:
        for block in packed(_fields(dataset, ranking, listed, run_id, computed_at), len(dataset.volunteer_ids)):
            copy.write(block)


def _fields(
    dataset: Dataset, ranking: Ranking, listed: Items, run_id: int | None, computed_at: dt.datetime
) -> list[Same | One | Many]:
    """Return the values of `_COLUMNS`."""
    return [
        One(dataset.volunteer_ids),
        Same(run_id),
        Many(listed.role, ranking.start),
        Many(listed.slot, ranking.start),
        Bytes(listed.score, ranking.start),
        Bytes(listed.km, ranking.start),
        Same(ranking.signals),
        Same(rounded(ranking.weights)),
        Bytes(listed.parts, ranking.start),
        Many(dataset.role_ids[ranking.besides], ranking.besides_start),
        One(ranking.edge.astype(np.float64)),  # is compared, and so not rounded
        Same(computed_at),
    ]


def rounded(numbers: npt.NDArray[np.floating]) -> Single:
    return numbers.astype(np.float64).round(DECIMALS).astype(np.float32)


def write_findings(
    dataset: Dataset,
    ranking: Ranking,
    tally: Tally,
    listed: Items,
    reserved: Sequence[Items],
    *,
    shard_id: int,
    is_first: bool,
) -> None:
    """Keep what a part found; of the first part about every role, so that each is in a run's reports.

    Raises
    ------
    django.db.IntegrityError
        Where that has been done.
    """
    reports = findings.pack_reports(dataset.role_ids, ranking, tally, all_roles=is_first)
    sql = "COPY matching_finding (shard_id, reports, reserves, lists, details) FROM STDIN (FORMAT binary)"
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(sql) as copy:
        copy.set_types(["int8", *["bytea"] * 4])
        copy.write_row([shard_id, reports, findings.pack_reserves(reserved), *findings.pack_lists(listed)])


def forget_findings(run_id: int) -> None:
    """Keep nobody's list a second time once it has been read."""
    Finding.objects.filter(shard__run=run_id).update(lists=b"", details=b"")


def write_reports(found: Reports, *, run_id: int) -> None:
    """Write how many people each role that is still there could reach, and which condition shuts out how many."""
    there = held(Role, found.role_ids)
    rows = zip(
        found.role_ids[there].tolist(),
        found.could_come[there].tolist(),
        found.listed[there].tolist(),
        map(_by_reason, found.shut_out[there].tolist()),
        map(_by_reason, found.only_by[there].tolist()),
        strict=True,
    )
    lines = (f"{run_id}\t" + "\t".join(map(str, row)) for row in rows)
    columns = "run_id, role_id, could_come, listed, shut_out, shut_out_only_by"
    with connection.cursor() as cursor, cursor.copy(f"COPY matching_rolereport ({columns}) FROM STDIN") as copy:
        copy.write("\n".join(lines).encode())


def held(model: type[Model], ids: Ids) -> Bool:
    """Return which rows have not been deleted, and keep them from it until the end of the transaction.

    As each row that points to them would, one by one.
    """
    held = f"SELECT id::int8 FROM {model._meta.db_table} WHERE id = ANY(%s::int8[]) ORDER BY id FOR KEY SHARE"  # noqa: S608
    return positions(columns(held, [array(ids)], ints=("id",))["id"], ids) >= 0


def _by_reason(counts: list[int]) -> str:
    return json.dumps({name: count for name, count in zip(_NAMES, counts, strict=True) if count})
