"""A time that came round comes round no more: the days that nobody comes to are called off."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from organisations.models import Repeat, Slot
from organisations.models.role import RoleStatus
from organisations.services.times import repeats, slots
from volunteers.models import Application
from volunteers.models.application import ApplicationStatus
from volunteers.services.taking_part import placements


@transaction.atomic
def end(*, repeat: Repeat, now: dt.datetime, actor: User | None) -> int:
    """End *repeat* and call off the times ahead that are empty; says how many.

    A time that somebody comes to, or asked the organisation for, stays. What an organisation has not been told yet
    keeps none: that it stayed would tell of it. Whoever asked hears that it is called off.

    Raises
    ------
    RepeatIsOver
    """
    list(_empty(repeat, now).select_for_update(no_key=True, of=("self",)))  # times before their role
    repeats.end(repeat=repeat, now=now, actor=actor)
    is_draft = repeat.role.status == RoleStatus.DRAFT
    take_off = slots.remove if is_draft else placements.cancel_slot
    gone = list(_empty(repeat, now))
    for slot in gone:
        take_off(slot=slot, now=now, actor=actor)
    return len(gone)


def empty(repeat: Repeat, *, now: dt.datetime) -> int:
    """Say how many times ahead ``end`` would call off."""
    return _empty(repeat, now).count()


def _empty(repeat: Repeat, now: dt.datetime) -> QuerySet[Slot]:
    asked = Application.objects.filter(status=ApplicationStatus.ASKED, released_at__isnull=False)
    ahead = Slot.objects.filter(repeat=repeat, cancelled_at=None, starts_at__gt=now, taken=0)
    return ahead.exclude(pk__in=asked.values("slot")).order_by("pk")
