"""Joining a slot: a place at once, or a question to the organisation first."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from organisations.models import Slot
from organisations.models.role import RoleStatus
from organisations.services import slots
from organisations.services.slots import SlotFull
from volunteers.models import Application, Placement, Volunteer
from volunteers.services import applications, placements
from volunteers.services.conditions import COORDINATOR_UNDER, check_allowed
from volunteers.services.refusals import (
    AlreadyJoined,
    Clash,
    NeedsGuardian,
    NeedsQualification,
    NoGroups,
    NotAllowed,
    RoleNotOpen,
    SlotMoved,
    SlotOver,
    TooOld,
    TooYoung,
)

__all__ = [
    "COORDINATOR_UNDER",
    "AlreadyJoined",
    "Clash",
    "NeedsGuardian",
    "NeedsQualification",
    "NoGroups",
    "NotAllowed",
    "RoleNotOpen",
    "SlotFull",
    "SlotMoved",
    "SlotOver",
    "TooOld",
    "TooYoung",
    "check_allowed",
    "join",
]


@transaction.atomic
def join(
    *, volunteer: Volunteer, slot: Slot, now: dt.datetime, actor: User | None, note: str = ""
) -> Placement | Application:
    """Take part: a place at once, or an application where the organisation answers first or the person is under 16.

    Raises
    ------
    SlotFull, SlotOver, SlotMoved, RoleNotOpen, AlreadyJoined, Clash, NotAllowed, TextTooLong, UnreadableText
    """
    person = placements.lock_person(volunteer)
    current = Slot.objects.select_related("role__organisation", "role__venue").get(pk=slot.pk)
    role, on = current.role, timezone.localdate(now)
    _check_open(current, now)
    check_allowed(volunteer=person, role=role, on=on)
    is_young = person.age(on) < COORDINATOR_UNDER
    if not role.asks_first and not is_young:
        return placements.place(volunteer=person, slot=current, now=now, actor=actor)
    if current.places_left < person.party_size:
        raise SlotFull
    return applications.ask(volunteer=person, slot=current, now=now, actor=actor, note=note, is_released=not is_young)


def _check_open(slot: Slot, now: dt.datetime) -> None:
    if slot.cancelled_at is not None or slots.is_over(slot, now):
        raise SlotOver
    if not slot.role.organisation.is_approved or slot.role.status not in (RoleStatus.OPEN, RoleStatus.FILLED):
        raise RoleNotOpen
