"""Rounds of suggestions for everybody: asked for, carried out in parts by any number of workers, finished once.

`carry_out` is no single transaction: starting, each part, and finishing are one each, so that a worker that dies
loses at most the part in its hands.
"""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Q, Sum
from django.db.models.functions import Now

from accounts.models import User
from accounts.services import audit
from matching import dataset
from matching.dataset import asked, looks
from matching.engine.fast import FastEngine
from matching.models import Allotment, Finding, RolePrice, RoleReport, Run, RunStatus, Shard
from matching.services.listing import listed, lists, weights
from matching.services.running import allotments, shards
from matching.services.sharing import reserves

logger = logging.getLogger(__name__)

# So many roles that wait for their lists take longer than all lists together: a new vocabulary, a large import.
MANY_ROLES = 200
# Without any change, people's free days still move on.
OLDEST = dt.timedelta(hours=24)
KEEP_REPORTS = dt.timedelta(days=28)


@dataclass(frozen=True)
class Progress:
    """How far a run is; ``run_id`` is None where there is none to carry out."""

    run_id: int | None = None
    volunteers_done: int = 0
    volunteers_all: int = 0
    seconds: float = 0.0
    parts_done_here: int = 0


def request(*, now: dt.datetime, actor: User | None = None) -> Run:
    """Ask for a run; one that was asked for already, and has not begun, is returned instead."""
    waiting = Run.objects.filter(status=RunStatus.REQUESTED).first()
    if waiting is not None:
        return waiting
    try:
        with transaction.atomic():
            run = Run.objects.create(as_of=now, requested_at=now, requested_by=actor)
            audit.record(actor=actor, action="run.requested", target=run, now=now)
            return run
    except IntegrityError:  # somebody else was quicker
        return Run.objects.filter(status__in=[RunStatus.REQUESTED, RunStatus.RUNNING, RunStatus.DONE])[0]


def request_when_due(*, now: dt.datetime) -> Run | None:
    """Ask for a run where a day has gone by since the last one, or weights or many roles have changed; None where not.

    What a few changed roles, and profiles, mean for the lists is worked out at once, without a run.
    """
    if Run.objects.filter(status__in=[RunStatus.REQUESTED, RunStatus.RUNNING]).exists():
        return None
    last = latest()
    if last is None or last.as_of <= now - OLDEST or _is_much_new(last) or last.weight_set != weights.active():
        return request(now=now)
    return None


def _is_much_new(last: Run) -> bool:
    return len(looks.changed(since=last.as_of, limit=MANY_ROLES)) == MANY_ROLES


def latest() -> Run | None:
    """Return the newest run that is done."""
    return Run.objects.filter(status=RunStatus.DONE).first()


def carry_out(*, now: dt.datetime, at_most: int | None = None) -> Progress:
    """Do what there is to do of all runs, at most so many parts; safe by several workers at once.

    ``as_of`` of a run that begins here becomes *now*, and is its only clock from then on.
    """
    _start(now)
    done = 0
    while (at_most is None or done < at_most) and (shard := shards.claim()) is not None:
        done += _carry_out(shard)
        _finish()
    _finish()
    run = Run.objects.exclude(started_at=None).first()
    return progress(run=run, now=now, parts_done_here=done) if run else Progress()


@transaction.atomic
def _start(now: dt.datetime) -> None:
    run = Run.objects.select_for_update(skip_locked=True).filter(status=RunStatus.REQUESTED).first()
    if run is None:
        return
    shards.cut(run)
    listed.begin_run(now=now)
    # All parts by the same weights, whatever is switched meanwhile.
    by = weights.active()
    Run.objects.filter(pk=run.pk).update(status=RunStatus.RUNNING, as_of=now, started_at=Now(), weight_set=by)


def _carry_out(shard: Shard) -> int:
    """Return 1 where the part was done here, 0 where it was not."""
    try:
        side = asked.of_run(shard.run_id, shard.run.as_of)
        data = dataset.load(now=shard.run.as_of, who=shards.people_of(shard), side=side)
        engine = FastEngine(data.problem)
        by = weights.of(shard.run.weight_set)
        ranking, tally = lists.rank(engine, by), engine.tally()
        kept = reserves.find(data, engine, ranking, tally, run=shard.run, weights=by)
        items = lists.items(data, ranking)
        with transaction.atomic():
            shards.hold(shard)
            lists.write_shortlists(data, ranking, items, run_id=shard.run_id, computed_at=shard.run.as_of)
            is_first = shard.number == 0
            lists.write_findings(data, ranking, tally, items, kept.items, shard_id=shard.pk, is_first=is_first)
            shards.mark_done(shard)
        reserves.heard_of(shard.run_id).update(kept.heard)
    except shards.LeaseLost:
        logger.warning("part %s was taken over: it took longer than SHARD_LEASE_S", shard)
        return 0
    except Exception as mistake:
        logger.exception("part %s went wrong, try %s", shard, shard.tries)
        shards.put_back(shard, f"{type(mistake).__name__}: {mistake}")
        return 0
    return 1


def _finish() -> None:
    """Share out for the runs of which every part is done, which ends them; give up what was tried too often."""
    while allotments.carry_out():
        pass
    running = Run.objects.filter(status=RunStatus.RUNNING)
    if hopeless := [*shards.hopeless(), *allotments.hopeless()]:
        failed = running.filter(pk__in=hopeless)
        failed.filter(reason="").update(reason=f"a part was begun {shards.MOST_TRIES} times and never ended")
        failed.update(status=RunStatus.FAILED, finished_at=Now())
        listed.forget()


def progress(*, run: Run, now: dt.datetime, parts_done_here: int = 0) -> Progress:
    """Say how many people of *run* are done, and how long it has taken."""
    run.refresh_from_db()
    people = Shard.objects.filter(run=run).aggregate(
        done=Sum("volunteers", filter=Q(done_at__isnull=False)), all=Sum("volunteers")
    )
    seconds = ((run.finished_at or now) - run.started_at).total_seconds() if run.started_at else 0.0
    return Progress(run.pk, people["done"] or 0, people["all"] or 0, max(seconds, 0.0), parts_done_here)


@transaction.atomic
def forget(*, now: dt.datetime) -> int:
    """Remove what runs leave behind that nobody needs any more, never of the newest that is done; the runs stay.

    Whom a run would put before what is of no use once another one is done; its parts, reports and prices are kept a
    while.
    """
    newest = Run.objects.filter(status=RunStatus.DONE).values("pk")[:1]
    over = Run.objects.filter(status__in=[RunStatus.DONE, RunStatus.FAILED]).exclude(pk__in=newest)
    old = over.filter(finished_at__lt=now - KEEP_REPORTS)
    gone = [
        Finding.objects.filter(shard__run__in=over),
        Allotment.objects.filter(run__in=over),
        *(model._default_manager.filter(run__in=old) for model in (Shard, RoleReport, RolePrice)),
    ]
    return sum(some.delete()[0] for some in gone)
