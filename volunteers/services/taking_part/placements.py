"""A place is taken, given back, or called off with everybody told.

Locks are always taken in this order: the organisation where it answers, the person, the slot, its role. So nobody
waits in a circle.
"""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import QuerySet

from accounts.models import User
from accounts.services import audit
from accounts.services.people import HasLeft
from organisations.models import Role, Slot
from organisations.models.role import RoleStatus
from organisations.services.roles import closing
from organisations.services.teams import holds
from organisations.services.times import filling, slots
from organisations.services.times.filling import SlotFull
from volunteers.models import Application, Placement, Volunteer
from volunteers.models.application import ApplicationStatus
from volunteers.services.refusals import (
    AlreadyCancelled,
    AlreadyJoined,
    Clash,
    RoleNotOpen,
    SlotMoved,
    SlotOver,
)
from volunteers.services.taking_part import queues
from volunteers.services.telling import guardian_letters, letters

ALIVE = (ApplicationStatus.ASKED, ApplicationStatus.ACCEPTED)


def lock_person(volunteer: Volunteer, *also: str) -> Volunteer:
    """Return the person's row, held until the transaction ends: one thing at a time for one person.

    *also* names what is read along with it.

    Raises
    ------
    HasLeft
        They closed their account since *volunteer* was read.
    """
    held = _locked(*also).filter(pk=volunteer.pk).first()
    if held is None:
        raise HasLeft
    return held


def lock_profile(user: User, *also: str) -> Volunteer | None:
    """Return the row of who is signed in, held as by `lock_person`; None where they have no profile."""
    return _locked(*also).filter(user=user).first()


def _locked(*also: str) -> QuerySet[Volunteer]:
    return Volunteer.objects.select_for_update(no_key=True, of=("self",)).select_related("user", "town", *also)


@transaction.atomic
def place(
    *, volunteer: Volunteer, slot: Slot, now: dt.datetime, actor: User | None, may_be_closed: bool = False
) -> Placement:
    """Give a person (or their party) places in a slot, and tell them.

    *may_be_closed*: an organisation may still answer those who asked before the role was closed or came to rest.

    Raises
    ------
    SlotFull, SlotOver, SlotMoved, RoleNotOpen, AlreadyJoined, Clash
    """
    person = lock_person(volunteer)
    placement = _insert(person, slot, now)
    _take(slot, placement.places, now, may_be_closed=may_be_closed)
    asked = Application.objects.filter(volunteer=person, slot=slot, status=ApplicationStatus.ASKED)
    asked.update(status=ApplicationStatus.ACCEPTED, answered_at=now)
    audit.record(actor=actor, action="placement.place", target=placement, now=now, slot=slot.pk)
    letters.to_volunteer(letters.PLACED, placement, now)
    return placement


@transaction.atomic
def cancel(*, placement: Placement, now: dt.datetime, actor: User | None) -> Placement:
    """Give the place back; a role that was full opens again, and its organisation hears of it.

    A place of a team goes back to the team as long as places are kept for it: nothing is free then.

    Raises
    ------
    AlreadyCancelled, SlotOver
    """
    lock_person(placement.volunteer)
    slot = filling.lock(placement.slot_id)
    if slot.ends_at <= now:
        raise SlotOver
    current = _end(placement, now)
    is_kept = holds.put_back(hold_id=current.hold_id, places=current.places)
    if not is_kept:
        filling.give_back(slot=slot, places=current.places, now=now)
    Application.objects.filter(volunteer=current.volunteer, slot=slot, status=ApplicationStatus.ACCEPTED).update(
        status=ApplicationStatus.WITHDRAWN
    )
    audit.record(actor=actor, action="placement.cancel", target=current, now=now, slot=slot.pk)
    if not is_kept:
        letters.to_organisation(letters.SOMEBODY_LEFT, current, now)
    return current


@transaction.atomic
def cancel_slot(*, slot: Slot, now: dt.datetime, actor: User | None) -> Slot:
    """Call a time off and tell everybody who comes or asked to.

    Raises
    ------
    SlotIsCancelled, SlotOver
    """
    current = filling.lock(slot.pk)
    if current.cancelled_at is not None:
        raise slots.SlotIsCancelled
    if current.ends_at <= now:
        raise SlotOver
    _send_home(current, now)
    return slots.cancel(slot=current, now=now, actor=actor)


@transaction.atomic
def cancel_role(*, role: Role, now: dt.datetime, actor: User | None) -> Role:
    """Call a whole role off and tell everybody who comes or asked to.

    Raises
    ------
    WrongStatus
    """
    # All slots before the role: a join holds its slot while it waits for the role.
    ahead = Slot.objects.select_for_update(no_key=True, of=("self",)).filter(role=role, cancelled_at=None)
    for slot in ahead.filter(ends_at__gt=now).order_by("pk"):
        _send_home(slot, now)
    return closing.cancel(role=role, now=now, actor=actor)


def busy(slot: Slot) -> DateTimeTZRange | None:
    """Return the time that a place in *slot* fills; none where its hour is agreed by word."""
    return DateTimeTZRange(slot.starts_at, slot.ends_at) if slot.minutes is None else None


def check_is_free(person: Volunteer, slot: Slot) -> None:
    """Refuse who is at this slot already, or somewhere else at its time; the person is locked.

    Raises
    ------
    AlreadyJoined, Clash
    """
    active = Placement.objects.active().filter(volunteer=person)
    if active.filter(slot=slot).exists():
        raise AlreadyJoined
    other = clashing(person, slot).first()
    if other is not None:
        raise Clash(other.slot)


def clashing(person: Volunteer, slot: Slot) -> QuerySet[Placement]:
    """Return where else a person is at the time of *slot*, the earliest first."""
    hours = busy(slot)
    if hours is None:
        return Placement.objects.none()
    elsewhere = Placement.objects.active().filter(volunteer=person, busy__overlap=hours).exclude(slot=slot)
    return elsewhere.select_related("slot__role").order_by("slot__starts_at", "pk")


def check_stands(slot: Slot, current: Slot) -> None:
    """Refuse a time that was called off or moved since *slot* was read; *current* is how it is.

    Raises
    ------
    SlotOver, SlotMoved
    """
    if current.cancelled_at is not None:
        raise SlotOver
    if (current.starts_at, current.ends_at) != (slot.starts_at, slot.ends_at):
        raise SlotMoved


def _insert(person: Volunteer, slot: Slot, now: dt.datetime) -> Placement:
    values = {"volunteer": person, "slot": slot, "places": person.party_size, "busy": busy(slot), "agreed_at": now}
    try:
        with transaction.atomic():
            return Placement.objects.create(**values)
    except IntegrityError:
        check_is_free(person, slot)  # says by name which promise of the schema was about to be broken
        raise


def _take(slot: Slot, places: int, now: dt.datetime, *, may_be_closed: bool) -> None:
    try:
        role = filling.take(slot=slot, places=places, now=now)
    except SlotFull:
        check_stands(slot, Slot.objects.get(pk=slot.pk))
        raise
    if slots.is_over(slot, now):
        raise SlotOver
    closed = {RoleStatus.CLOSED, RoleStatus.RESTING} if may_be_closed else set()
    if role.status not in {RoleStatus.OPEN, RoleStatus.FILLED} | closed or not role.organisation.is_approved:
        raise RoleNotOpen


def _end(placement: Placement, now: dt.datetime) -> Placement:
    whole = Placement.objects.select_related("volunteer__user", "slot__role__venue")
    current = whole.select_for_update(no_key=True, of=("self",)).get(pk=placement.pk)
    if current.cancelled_at is not None:
        raise AlreadyCancelled
    current.cancelled_at = now
    current.save(update_fields=["cancelled_at"])
    return current


def _send_home(slot: Slot, now: dt.datetime) -> None:
    """End every placement, application and waiting of a slot that is locked, and tell the people."""
    whole = ("volunteer__user", "slot__role__venue")
    coming = list(Placement.objects.active().filter(slot=slot).select_related(*whole))
    asking = list(Application.objects.filter(slot=slot, status=ApplicationStatus.ASKED).select_related(*whole))
    Placement.objects.filter(pk__in=[one.pk for one in coming]).update(cancelled_at=now)
    Application.objects.filter(slot=slot, status__in=ALIVE).update(status=ApplicationStatus.DECLINED, answered_at=now)
    filling.give_back(slot=slot, places=sum(one.places for one in coming), now=now)
    holds.send_home(slot, now)
    queues.send_home(slot, now)
    told: list[Placement | Application] = [*coming, *asking]
    for row in told:
        letters.to_volunteer(letters.SLOT_CANCELLED, row, now)
    for one in coming:
        guardian_letters.follow(guardian_letters.CALLED_OFF, one, now)
