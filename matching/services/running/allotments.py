"""The last step of a run: share the people out among the roles, once, by one worker.

It begins when every part of the run is done, and the run is done when it is: so whatever is done has its shares. As
with the parts, a lease by the database's clock says who works on it, and its token fences off whoever was too slow.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
import uuid

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from matching.dataset import findings
from matching.engine.allocation.allocate import allocate
from matching.models import Run, RunStatus, Shard
from matching.services.listing import lists
from matching.services.running import shards
from matching.services.sharing import due, market, shares

logger = logging.getLogger(__name__)


def carry_out() -> bool:
    """Share out for one run that waits for it; says whether one was done here."""
    run = claim()
    if run is None:
        return False
    try:
        _share(run)
    except shards.LeaseLost:
        logger.warning("the sharing of run %s was taken over: it took longer than SHARD_LEASE_S", run.pk)
        return False
    except Exception as mistake:
        logger.exception("the sharing of run %s went wrong, try %s", run.pk, run.trace["tries"])
        put_back(run, f"{type(mistake).__name__}: {mistake}")
        return False
    return True


def _share(run: Run) -> None:
    begun = time.perf_counter()
    people = market.read(run)
    read = time.perf_counter()
    allocation = allocate(people.candidates, people.asks, people.places, shown=due.PICKS, readers=people.readers)
    trace = shares.trace(people, allocation)
    allocated = time.perf_counter()
    with transaction.atomic():
        hold(run)
        shares.write(people, allocation, run=run)
        lists.write_reports(findings.read_reports(run.pk), run_id=run.pk)
        lists.forget_findings(run.pk)
        took = {"read": read - begun, "allocate": allocated - read, "write": time.perf_counter() - allocated}
        trace["seconds"] = {step: round(seconds, 3) for step, seconds in took.items()}
        _mark_done(run, trace)


def _waiting() -> QuerySet[Run]:
    """Runs of which every part is done, and nobody shares out."""
    open_parts = Shard.objects.filter(run=OuterRef("pk"), done_at=None)
    free = Q(lease_until=None) | Q(lease_until__lt=Now())
    return Run.objects.filter(free, ~Exists(open_parts), status=RunStatus.RUNNING).order_by("pk")


@transaction.atomic
def claim() -> Run | None:
    """Take the sharing of a run that nobody works on; None where there is none.

    In a transaction of its own, after that of the last part: of two workers who end at the same moment, the later
    one sees both parts done.
    """
    may_try = Q(trace__tries__isnull=True) | Q(trace__tries__lt=shards.MOST_TRIES)
    run = _waiting().filter(may_try).select_for_update(skip_locked=True, of=("self",)).first()
    if run is None:
        return None
    run.lease_token, run.trace = uuid.uuid4(), {"tries": run.trace.get("tries", 0) + 1}
    lease = dt.timedelta(seconds=settings.SHARD_LEASE_S)
    Run.objects.filter(pk=run.pk).update(lease_token=run.lease_token, lease_until=Now() + lease, trace=run.trace)
    return Run.objects.select_related("weight_set").get(pk=run.pk)


def hold(run: Run) -> None:
    """Lock the run until the end of the transaction, so that nobody takes it over while its shares are written.

    Raises
    ------
    LeaseLost
    """
    mine = Run.objects.select_for_update(of=("self",)).filter(pk=run.pk, lease_token=run.lease_token)
    if mine.filter(status=RunStatus.RUNNING).first() is None:
        raise shards.LeaseLost


def _mark_done(run: Run, trace: dict[str, object]) -> None:
    Run.objects.filter(pk=run.pk).update(
        status=RunStatus.DONE,
        allocated_at=Now(),
        finished_at=Now(),
        lease_until=None,
        lease_token=None,
        reason="",
        trace=trace,
    )


@transaction.atomic
def put_back(run: Run, reason: str) -> None:
    """Let the step be tried again in a moment, and write down what went wrong."""
    mine = Run.objects.filter(pk=run.pk, lease_token=run.lease_token, status=RunStatus.RUNNING)
    longest = Run._meta.get_field("reason").max_length or 0
    mine.update(lease_token=None, lease_until=Now() + shards.PAUSE * run.trace["tries"], reason=reason[:longest])


def hopeless() -> list[int]:
    """Return the runs whose sharing was tried too often."""
    return list(_waiting().filter(trace__tries__gte=shards.MOST_TRIES).values_list("pk", flat=True))
