"""Joining a slot: a place at once, or a question to the organisation first."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.services.people import HasLeft
from organisations.models import Slot
from organisations.models.role import RoleStatus
from organisations.services.times import slots
from organisations.services.times.filling import SlotFull
from volunteers.models import Application, Placement, Volunteer
from volunteers.services.conditions import COORDINATOR_UNDER, check_allowed, is_looked_at_first
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
from volunteers.services.taking_part import applications, placements, queues

__all__ = [
    "COORDINATOR_UNDER",
    "AlreadyJoined",
    "Clash",
    "HasLeft",
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
    "check_open",
    "join",
    "lock_slot",
]


@transaction.atomic
def join(
    *, volunteer: Volunteer, slot: Slot, now: dt.datetime, actor: User | None, note: str = ""
) -> Placement | Application:
    """Take part: a place at once, or an application where the organisation answers first or a coordinator looks first.

    Who waits for the slot comes first: to everybody else it is full. Taking part ends one's own waiting.

    Raises
    ------
    HasLeft, SlotFull, SlotOver, SlotMoved, RoleNotOpen, AlreadyJoined, Clash, NotAllowed, TextTooLong, UnreadableText
    """
    person = placements.lock_person(volunteer)
    current = lock_slot(slot)
    role, on = current.role, timezone.localdate(now)
    check_open(current, now)
    check_allowed(volunteer=person, role=role, on=on)
    if not queues.take_turn(person, current, now):
        raise SlotFull
    is_looked_at = is_looked_at_first(volunteer=person, on=on)
    if not role.asks_first and not is_looked_at:
        return placements.place(volunteer=person, slot=current, now=now, actor=actor)
    if current.places_left < person.party_size:
        raise SlotFull
    return applications.ask(
        volunteer=person, slot=current, now=now, actor=actor, note=note, is_released=not is_looked_at
    )


def lock_slot(slot: Slot) -> Slot:
    """Return the slot with its role, held until the transaction ends; the person is locked before."""
    whole = Slot.objects.select_related("role__organisation", "role__venue")
    return whole.select_for_update(no_key=True, of=("self",)).get(pk=slot.pk)


def check_open(slot: Slot, now: dt.datetime) -> None:
    """Refuse what nobody can join now.

    Raises
    ------
    SlotOver, RoleNotOpen
    """
    if slot.cancelled_at is not None or slots.is_over(slot, now):
        raise SlotOver
    if not slot.role.organisation.is_approved or slot.role.status not in (RoleStatus.OPEN, RoleStatus.FILLED):
        raise RoleNotOpen
