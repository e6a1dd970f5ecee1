"""What an organisation sees of people: who asks and who comes, never where they live or how old they are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet

from accounts.models import User
from organisations.models import Organisation, Role, Slot
from volunteers.models import Application, Placement
from volunteers.services.taking_part import clock

# So long after its day a time is still shown to those who led it.
STAYS = dt.timedelta(days=30)


@dataclass(frozen=True)
class Asking:
    """One question that waits: until when an answer is hoped for, and whether that, or its very day, has passed.

    ``until`` is None where the day is too near to wait for an answer.
    """

    application: Application
    until: dt.datetime | None
    is_late: bool
    is_over: bool


@dataclass(frozen=True)
class Coming:
    """One time, and who comes to it in the order in which it was agreed."""

    slot: Slot
    placements: list[Placement]
    is_over: bool


def asking(role: Role, *, now: dt.datetime) -> list[Asking]:
    """Return who waits for an answer, in the order in which they asked."""
    asked = Application.objects.asked().known_to_hosts().filter(slot__role=role, slot__cancelled_at=None)
    found = []
    for row in asked.select_related("slot", "volunteer__user").order_by("asked_at", "pk"):
        until = clock.since(row.released_at or row.asked_at, row.slot).until
        found.append(Asking(row, until, until is not None and until <= now, row.slot.ends_at <= now))
    return found


def waited_for(user: User) -> QuerySet[Role]:
    """Return the roles of *user*'s organisations at which somebody waits for an answer: ``waiting`` of them each."""
    asked = Application.objects.asked().known_to_hosts().filter(slot__cancelled_at=None)
    here = Role.objects.filter(organisation__in=Organisation.objects.of(user))
    waiting = Count("slots__applications", filter=Q(slots__applications__in=asked))
    return here.annotate(waiting=waiting).filter(waiting__gt=0).order_by("-pk")


def coming(role: Role, *, now: dt.datetime) -> list[Coming]:
    """Return the times ahead, and those that were not long ago and had somebody, with their people."""
    lately = Q(ends_at__gt=now) | Q(ends_at__gt=now - STAYS, taken__gt=0)
    slots = role.slots.filter(lately, cancelled_at=None).order_by("starts_at", "pk")
    placed = Prefetch("placements", _active())
    return [Coming(slot, list(slot.placements.all()), slot.ends_at <= now) for slot in slots.prefetch_related(placed)]


def _active() -> QuerySet[Placement]:
    return Placement.objects.active().select_related("volunteer__user").order_by("agreed_at", "pk")
