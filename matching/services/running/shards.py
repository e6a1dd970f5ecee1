"""The parts of a run: who may work on which, for how long, and what happens when one goes wrong.

A lease by the database's clock says who works on a part; its token fences off whoever was too slow: what they
computed is thrown away, because somebody else has begun anew.
"""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from matching.dataset import ground
from matching.dataset.scope import Who
from matching.models import Run, RunStatus, Shard

MOST_TRIES = 5
# After a mistake the same part waits a little, and longer each time, for the cause to pass.
PAUSE = dt.timedelta(seconds=2)


class LeaseLost(Exception):
    """Another worker has taken this part over; nothing may be written for it here."""


def cut(run: Run) -> None:
    """Cut a run into parts of at most ``SHARD_SIZE`` people: of neighbouring towns, or of a town that has more.

    Parts that are done after one another lie far apart: so it is soon known of most roles, wherever they are, that
    enough people hear of them (`matching.services.sharing.reserves.heard_of`).
    """
    parts = list(ground.parts(ground.pieces(settings.SHARD_SIZE), settings.SHARD_SIZE))
    Shard.objects.bulk_create(
        Shard(
            run=run,
            number=number,
            towns=[piece.town for piece in part],
            first_volunteer=min(piece.first for piece in part),
            last_volunteer=max(piece.last for piece in part),
            volunteers=sum(piece.people for piece in part),
        )
        for number, part in enumerate(parts[place] for place in ground.far_apart(len(parts)))
    )


def people_of(shard: Shard) -> Who:
    """Return whom the part is about.

    Who changed something since the run began is left to the refresh of lists that follows from it: else who moves to
    another town meanwhile would be in two parts.
    """
    return Who(
        towns=shard.towns,
        first=shard.first_volunteer,
        last=shard.last_volunteer,
        unchanged_since=shard.run.as_of,
    )


def _free() -> Q:
    return Q(done_at=None) & (Q(lease_until=None) | Q(lease_until__lt=Now()))


@transaction.atomic
def claim() -> Shard | None:
    """Take the next part that nobody works on; None where there is none."""
    free = Shard.objects.filter(_free(), run__status=RunStatus.RUNNING, tries__lt=MOST_TRIES)
    shard = free.select_for_update(skip_locked=True, of=("self",)).order_by("run_id", "number").first()
    if shard is None:
        return None
    lease = dt.timedelta(seconds=settings.SHARD_LEASE_S)
    shard.lease_token, shard.tries = uuid.uuid4(), shard.tries + 1
    Shard.objects.filter(pk=shard.pk).update(
        lease_token=shard.lease_token, lease_until=Now() + lease, tries=shard.tries
    )
    return Shard.objects.select_related("run").get(pk=shard.pk)


def hold(shard: Shard) -> None:
    """Lock the part until the end of the transaction, so that nobody takes it over while its results are written.

    Raises
    ------
    LeaseLost
    """
    mine = Shard.objects.select_for_update().filter(pk=shard.pk, lease_token=shard.lease_token, done_at=None)
    if mine.first() is None:
        raise LeaseLost


def mark_done(shard: Shard) -> None:
    Shard.objects.filter(pk=shard.pk).update(done_at=Now(), lease_until=None, lease_token=None)


@transaction.atomic
def put_back(shard: Shard, reason: str) -> None:
    """Let the part be tried again in a moment, and write down on the run what went wrong."""
    mine = Shard.objects.filter(pk=shard.pk, lease_token=shard.lease_token, done_at=None)
    if mine.update(lease_token=None, lease_until=Now() + PAUSE * shard.tries):
        longest = Run._meta.get_field("reason").max_length or 0
        Run.objects.filter(pk=shard.run_id).update(reason=f"{shard}: {reason}"[:longest])


def hopeless() -> list[int]:
    """Return the runs of which a part was tried too often."""
    shards = Shard.objects.filter(_free(), run__status=RunStatus.RUNNING, tries__gte=MOST_TRIES)
    return list(shards.values_list("run_id", flat=True).distinct())
