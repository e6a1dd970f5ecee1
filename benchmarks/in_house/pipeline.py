"""A run part by part, as a worker does it, in seconds by stage: medians of repeats that take turns.

Keys of the last line: ``first_read_s`` with all texts to work out, then ``read_s``, ``score_s``, ``allocate_s``,
``write_s`` with all that a run leaves behind, ``lists_s`` the part of it that writes lists; ``io_share`` is (read +
write) ÷ all four; ``raw_copy_s`` a plain COPY with one row for each pair of the lists, ``raw_arrays_s`` one of the same
lists into a bare table; ``raw_share`` what io_share would be if nothing were read, and that plain COPY all that is
written; ``write_ratio`` write ÷ raw_copy, ``lists_ratio`` lists ÷ raw_copy; ``orm_factor`` how many times as long
reading and writing take by plain querysets and bulk_create, measured on some people; ``peak_mb`` of memory. Before each
repeat the database looks at its rows and tidies up what the repeats before have left.
"""

from __future__ import annotations

import datetime as dt
import json
import resource
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice

import numpy as np
from django.db import connection, transaction

from benchmarks.in_house.settlement import analyse, settle, sizes
from matching import dataset
from matching.dataset import Dataset, asked, findings
from matching.engine.allocation.allocate import allocate
from matching.engine.fast import FastEngine
from matching.engine.outcome import Ranking, Tally
from matching.engine.scoring import USUAL
from matching.models import Run, Shortlist
from matching.services.listing import listed, lists
from matching.services.running import shards
from matching.services.sharing import due, market, reserves, shares
from volunteers.models import Volunteer

REPEATS = 3
ORM_PEOPLE = 500
TICKED = (
    "interests",
    "avoids",
    "skills",
    "access_needs",
    "held_qualifications",
    "availability_exceptions",
    "placements",
)
Part = tuple[Dataset, Ranking, Tally]


class Clock:
    """Adds up seconds by stage."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)

    @contextmanager
    def on(self, stage: str) -> Iterator[None]:
        begun = time.perf_counter()
        yield
        self.seconds[stage] += time.perf_counter() - begun


def whole_run(now: dt.datetime, run: Run, clock: Clock) -> list[Part]:
    """Do all of a run; return what was ranked."""
    done: list[Part] = []
    with clock.on("read"):
        side = asked.read(now)
        shards.cut(run)
        listed.begin_run(now=now)
    for shard in run.shards.select_related("run"):
        with clock.on("read"):
            data = dataset.load(now=now, who=shards.people_of(shard), side=side)
        with clock.on("score"):
            engine = FastEngine(data.problem)
            ranking, tally = lists.rank(engine, USUAL), engine.tally()
            kept = reserves.find(data, engine, ranking, tally, run=run, weights=USUAL)
        with clock.on("write"), transaction.atomic():
            with clock.on("lists"):
                items = lists.items(data, ranking)
                lists.write_shortlists(data, ranking, items, run_id=run.pk, computed_at=now)
            is_first = shard.number == 0
            lists.write_findings(data, ranking, tally, items, kept.items, shard_id=shard.pk, is_first=is_first)
            shards.mark_done(shard)
        reserves.heard_of(run.pk).update(kept.heard)
        done.append((data, ranking, tally))
    with clock.on("read"):
        people = market.read(run)
    with clock.on("allocate"):
        allocation = allocate(people.candidates, people.asks, people.places, shown=due.PICKS, readers=people.readers)
        shares.trace(people, allocation)
    with clock.on("write"), transaction.atomic():
        shares.write(people, allocation, run=run)
        lists.write_reports(findings.read_reports(run.pk), run_id=run.pk)
        lists.forget_findings(run.pk)
    return done


def raw(parts: list[Part], now: dt.datetime, clock: Clock) -> None:
    """Write the same by plain COPY into bare tables."""
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute("CREATE TABLE raw_pair (volunteer bigint, role bigint, slot bigint, score float8)")
        cursor.execute("CREATE TABLE raw_arrays (LIKE matching_shortlist)")
        for data, ranking, _tally in parts:
            volunteers = np.repeat(data.volunteer_ids, np.diff(ranking.start)).tolist()
            columns = (
                data.role_ids[ranking.role].tolist(),
                data.slot_ids[ranking.slot].tolist(),
                ranking.score.tolist(),
            )
            with clock.on("raw_copy"), cursor.copy("COPY raw_pair FROM STDIN") as copy:
                for row in zip(volunteers, *columns, strict=True):
                    copy.write_row(row)
            with clock.on("raw_arrays"):
                items = lists.items(data, ranking)
                lists.copy_shortlists(cursor, "raw_arrays", data, ranking, items, run_id=None, computed_at=now)
        cursor.execute("DROP TABLE raw_pair, raw_arrays")


def by_orm(clock: Clock) -> None:
    """Read and write some people as one would without thinking of it."""
    people = Volunteer.objects.select_related("user", "town", "availability").prefetch_related(
        *TICKED, "user__consents"
    )
    with clock.on("orm"):
        for volunteer in people[:ORM_PEOPLE]:
            for name in TICKED:
                list(getattr(volunteer, name).all())
    rows = list(islice(Shortlist.objects.order_by("pk").iterator(), ORM_PEOPLE))
    Shortlist.objects.filter(pk__in=[row.pk for row in rows]).delete()
    with clock.on("orm"):
        Shortlist.objects.bulk_create(rows)


def report(volunteers: int, roles: int, seed: int) -> str:
    now = settle(volunteers, roles, seed)
    first = Clock()
    with first.on("read"):
        dataset.load(now=now)
    FastEngine(dataset.load(now=now, volunteer_ids=[1]).problem).rank(top=1, floor=0.0)  # compiled, or read, once
    clocks = []
    for _ in range(REPEATS):
        analyse()
        clock = Clock()
        run = Run.objects.create(as_of=now, requested_at=now, status="failed")
        parts = whole_run(now, run, clock)
        raw(parts, now, clock)
        by_orm(clock)
        clocks.append(clock)
    seconds = {name: statistics.median(clock.seconds[name] for clock in clocks) for name in clocks[0].seconds}
    io, work = seconds["read"] + seconds["write"], seconds["score"] + seconds["allocate"]
    figures = {
        "benchmark": "pipeline",
        "volunteers": volunteers,
        "roles": roles,
        "listed": sum(len(ranking.role) for _, ranking, _ in parts),
        "first_read_s": round(first.seconds["read"], 3),
        **{f"{name}_s": round(seconds[name], 3) for name in ("read", "score", "allocate", "write", "lists")},
        "raw_copy_s": round(seconds["raw_copy"], 3),
        "raw_arrays_s": round(seconds["raw_arrays"], 3),
        "lists_ratio": round(seconds["lists"] / seconds["raw_copy"], 3),
        "write_ratio": round(seconds["write"] / seconds["raw_copy"], 3),
        "io_share": round(io / (io + work), 3),
        "raw_share": round(seconds["raw_copy"] / (seconds["raw_copy"] + work), 3),
        "orm_factor": round(seconds["orm"] * volunteers / min(volunteers, ORM_PEOPLE) / io, 1),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    return json.dumps(figures)


if __name__ == "__main__":
    given = sizes("pipeline").parse_args(sys.argv[1:])
    print(report(given.volunteers, given.roles, given.seed))
