"""The times of a role: added, written anew, called off, over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import audit
from accounts.services.errors import DomainError
from organisations.models import Repeat, Role, Slot
from organisations.models.role import RoleStatus
from organisations.services.times import filling, limits

MOST_AT_ONCE = 60


class TooManyTimes(DomainError):
    code = "too_many_times"
    message = _("一度に足せる日時は60回までです。期間を分けてください。")


class NoNewSlots(DomainError):
    code = "no_new_slots"
    message = _("この募集は終わっているため、枠を足せません。新しい募集を作ってください。")


class SlotIsCancelled(DomainError):
    code = "slot_is_cancelled"
    message = _("この枠はもう中止になっています。")


class SlotIsKnown(DomainError):
    code = "slot_is_known"
    message = _("この募集はもう下書きではありません。日時は、募集のページから変えるか、中止にしてください。")


class SomebodyComes(DomainError):
    code = "somebody_comes"
    message = _("参加が決まった方がいます。お知らせがとどくように、「中止にして、参加者に知らせる」を使ってください。")


def add(
    *,
    role: Role,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    capacity: int,
    now: dt.datetime,
    actor: User | None,
    minutes: int | None = None,
) -> Slot:
    """Add a time; a role that was full opens again.

    Raises
    ------
    SlotInPast, SlotTooFarAhead, EndsBeforeStart, SlotAcrossMidnight, WindowTooLong, MinutesDoNotFit, BadCapacity,
    NoNewSlots
    """
    times = [(starts_at, ends_at)]
    return add_many(role=role, times=times, capacity=capacity, minutes=minutes, now=now, actor=actor)[0]


@transaction.atomic
def add_many(
    *,
    role: Role,
    times: Sequence[tuple[dt.datetime, dt.datetime]],
    capacity: int,
    now: dt.datetime,
    actor: User | None,
    minutes: int | None = None,
    repeat: Repeat | None = None,
) -> list[Slot]:
    """Add all of *times* (begin, end) or, where one of them cannot be, none.

    Raises
    ------
    TooManyTimes, and what ``add`` raises
    """
    if len(times) > MOST_AT_ONCE:
        raise TooManyTimes
    for starts_at, ends_at in times:
        limits.check_times(starts_at=starts_at, ends_at=ends_at, minutes=minutes, now=now)
    limits.check_capacity(capacity, taken=0)
    locked = Role.objects.select_for_update(no_key=True).get(pk=role.pk)
    if locked.status in (RoleStatus.CLOSED, RoleStatus.CANCELLED):
        raise NoNewSlots
    alike = {"role": locked, "minutes": minutes, "capacity": capacity, "repeat": repeat}
    made = Slot.objects.bulk_create(Slot(starts_at=begin, ends_at=end, **alike) for begin, end in times)
    filling.touch(locked.pk, now)
    filling.settle(role_id=locked.pk, now=now)
    audit.record_all(actor=actor, action="slot.add", targets=made, now=now)
    return made


@transaction.atomic
def change(
    *,
    slot: Slot,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    capacity: int,
    now: dt.datetime,
    actor: User | None,
    minutes: int | None = None,
) -> Slot:
    """Write a time anew while its role is a draft: nobody knows of it yet.

    Raises
    ------
    SlotIsKnown, SlotIsCancelled, and what ``add`` raises
    """
    limits.check_times(starts_at=starts_at, ends_at=ends_at, minutes=minutes, now=now)
    limits.check_capacity(capacity, taken=0)
    locked = _lock_of_draft(slot)
    if locked.cancelled_at is not None:
        raise SlotIsCancelled
    locked.starts_at, locked.ends_at, locked.minutes, locked.capacity = starts_at, ends_at, minutes, capacity
    locked.save(update_fields=["starts_at", "ends_at", "minutes", "capacity"])
    filling.touch(locked.role_id, now)
    audit.record(actor=actor, action="slot.change", target=locked, now=now)
    return locked


@transaction.atomic
def remove(*, slot: Slot, now: dt.datetime, actor: User | None) -> None:
    """Take a time away while its role is a draft; later it is called off, so that whoever knows of it hears.

    Raises
    ------
    SlotIsKnown
    """
    locked = _lock_of_draft(slot)
    audit.record(actor=actor, action="slot.remove", target=locked, now=now)
    filling.touch(locked.role_id, now)
    locked.delete()


@transaction.atomic
def change_capacity(*, slot: Slot, capacity: int, now: dt.datetime, actor: User | None) -> Slot:
    """Change how many people may come, never below those who already do.

    Raises
    ------
    BadCapacity, SlotIsCancelled
    """
    locked = filling.lock(slot.pk)
    if locked.cancelled_at is not None:
        raise SlotIsCancelled
    limits.check_capacity(capacity, taken=locked.taken)
    before, locked.capacity = locked.capacity, capacity
    locked.save(update_fields=["capacity"])
    filling.touch(locked.role_id, now)
    filling.settle(role_id=locked.role_id, now=now)
    audit.record(actor=actor, action="slot.change_capacity", target=locked, now=now, before=before, after=capacity)
    return locked


@transaction.atomic
def cancel(*, slot: Slot, now: dt.datetime, actor: User | None) -> Slot:
    """Call a time off that nobody comes to yet; ``cancel_slot`` in `taking_part.placements` tells those who do.

    Raises
    ------
    SlotIsCancelled, SomebodyComes
    """
    locked = filling.lock(slot.pk)
    if locked.cancelled_at is not None:
        raise SlotIsCancelled
    if locked.taken:
        raise SomebodyComes
    locked.cancelled_at = now
    locked.save(update_fields=["cancelled_at"])
    filling.touch(locked.role_id, now)
    filling.settle(role_id=locked.role_id, now=now)
    audit.record(actor=actor, action="slot.cancel", target=locked, now=now)
    return locked


def is_over(slot: Slot, now: dt.datetime) -> bool:
    """Say whether it is too late to join: begun, or too little of the window left."""
    if slot.minutes is None:
        return slot.starts_at <= now
    return slot.ends_at < now + dt.timedelta(minutes=slot.minutes)


def last_begin(slot: Slot) -> dt.datetime:
    """Return by when somebody must have begun: at the start or, of a window, while its minutes are still left."""
    return slot.starts_at if slot.minutes is None else slot.ends_at - dt.timedelta(minutes=slot.minutes)


def _lock_of_draft(slot: Slot) -> Slot:
    locked = filling.lock(slot.pk)
    role = Role.objects.select_for_update(no_key=True).get(pk=locked.role_id)
    if role.status != RoleStatus.DRAFT:
        raise SlotIsKnown
    return locked
