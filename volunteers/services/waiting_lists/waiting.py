"""Waiting for a place of a full slot, and answering when one is offered.

``passing_on`` beside it offers what becomes free; locks are taken as everywhere: person, slot, role.
"""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from accounts.services import audit
from organisations.models import Slot
from organisations.services.times import filling
from organisations.services.times.filling import SlotFull
from volunteers.models import Application, Placement, Volunteer, Waiting
from volunteers.models.application import ApplicationStatus
from volunteers.services.conditions import check_allowed
from volunteers.services.refusals import (
    AlreadyJoined,
    AlreadyWaiting,
    NotFull,
    NothingToUndo,
    NoTimeToWait,
    NotOffered,
    SlotMoved,
)
from volunteers.services.taking_part import applications, joining, placements, queues


@transaction.atomic
def join_queue(*, volunteer: Volunteer, slot: Slot, now: dt.datetime, actor: User | None) -> Waiting:
    """Wait for a place, on the same conditions as for joining.

    Raises
    ------
    NotFull, NoTimeToWait, AlreadyWaiting, and what ``joining.join`` raises but for SlotFull
    """
    person = placements.lock_person(volunteer)
    current = joining.lock_slot(slot)
    joining.check_open(current, now)
    check_allowed(volunteer=person, role=current.role, on=timezone.localdate(now))
    _check_is_new(person, current)
    if queues.offered_until(current, now) is None:
        raise NoTimeToWait
    if current.places_left >= person.party_size and queues.first(current, now) is None:
        raise NotFull
    waiting = Waiting.objects.create(volunteer=person, slot=current, since=now)
    audit.record(actor=actor, action="waiting.join", target=waiting, now=now, slot=current.pk)
    return waiting


def may_wait(*, volunteer: Volunteer, slot: Slot, now: dt.datetime) -> bool:
    """Say whether to offer somebody to wait for *slot*: it is full to them, and there is time."""
    if slot.cancelled_at is not None or queues.offered_until(slot, now) is None:
        return False
    return slot.places_left < volunteer.party_size or queues.first(slot, now) is not None


@transaction.atomic
def leave(*, waiting: Waiting, now: dt.datetime, actor: User | None) -> Waiting:
    """Wait no longer, or say no to what is offered: the next one is asked. Doing so twice changes nothing."""
    current = _lock(waiting)
    if current.ended_at is None:
        queues.end(current, current.slot, now)
        audit.record(actor=actor, action="waiting.leave", target=current, now=now, slot=current.slot_id)
    return current


@transaction.atomic
def accept(
    *, waiting: Waiting, now: dt.datetime, actor: User | None, seen: int | None = None
) -> Placement | Application:
    """Take the place that is held: it is theirs, or asked for where somebody else answers first.

    *seen* is how often the time had been moved (``slot.sequence``) when they read it: a yes is a yes to that time.

    Raises
    ------
    NotOffered, SlotMoved, and what ``joining.join`` raises
    """
    current = _lock(waiting)
    if not current.held:
        raise NotOffered
    if seen is not None and seen != current.slot.sequence:
        raise SlotMoved
    made = joining.join(volunteer=current.volunteer, slot=current.slot, now=now, actor=actor)
    audit.record(actor=actor, action="waiting.accept", target=current, now=now, slot=current.slot_id)
    return made


@transaction.atomic
def undo(*, waiting: Waiting, now: dt.datetime, actor: User | None) -> Waiting:
    """Take back an answer while the offer would still stand: it is held again, or where it is gone one waits as before.

    Raises
    ------
    NothingToUndo, AlreadyWaiting, and what ``placements.cancel`` raises
    """
    current = _lock(waiting)
    if current.ended_at is None or current.offered_until is None or current.offered_until <= now:
        raise NothingToUndo
    _step_back(current, now, actor)
    current.ended_at = None
    current.held = _hold(current, now)
    if not current.held:
        current.offered_at = current.offered_until = None
    try:
        with transaction.atomic():
            current.save()
    except IntegrityError as error:
        raise AlreadyWaiting from error
    audit.record(actor=actor, action="waiting.undo", target=current, now=now, slot=current.slot_id)
    return current


def _check_is_new(person: Volunteer, slot: Slot) -> None:
    placements.check_is_free(person, slot)
    if Application.objects.filter(volunteer=person, slot=slot, status__in=placements.ALIVE).exists():
        raise AlreadyJoined
    if Waiting.objects.alive().filter(volunteer=person, slot=slot).exists():
        raise AlreadyWaiting


def _lock(waiting: Waiting) -> Waiting:
    """Return the row as it is now, its person and its slot held."""
    placements.lock_person(waiting.volunteer)
    slot = joining.lock_slot(waiting.slot)
    current = Waiting.objects.select_related(*queues.WHOLE).get(pk=waiting.pk)
    current.slot = slot
    return current


def _step_back(waiting: Waiting, now: dt.datetime, actor: User | None) -> None:
    same = {"volunteer": waiting.volunteer, "slot": waiting.slot}
    for placement in Placement.objects.active().filter(**same):
        placements.cancel(placement=placement, now=now, actor=actor)
    for application in Application.objects.filter(**same, status=ApplicationStatus.ASKED):
        applications.withdraw(application=application, now=now, actor=actor)


def _hold(waiting: Waiting, now: dt.datetime) -> int:
    """Hold the place once more and say for how many, 0 where somebody else has it by now."""
    places = waiting.volunteer.party_size
    try:
        filling.take(slot=waiting.slot, places=places, now=now)
    except SlotFull:
        return 0
    return places
