"""The times of a role, and the places in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import audit
from accounts.services.errors import DomainError
from organisations.models import Repeat, Role, Slot
from organisations.models.role import RoleStatus

MOST_PLACES = 1000
MOST_AT_ONCE = 60
SHORTEST_MIN, LONGEST_MIN = 5, 1440
FURTHEST_AHEAD = dt.timedelta(days=730)
LONGEST_WINDOW = dt.timedelta(days=92)


class SlotInPast(DomainError):
    code = "slot_in_past"
    message = _("もう過ぎた日時です。これからの日時を入れてください。")


class SlotTooFarAhead(DomainError):
    code = "slot_too_far_ahead"
    message = _("2年より先の日時は入れられません。日付を確かめてください。")


class EndsBeforeStart(DomainError):
    code = "ends_before_start"
    message = _("おわりの時刻が、はじまりより前になっています。時刻を確かめてください。")


class SlotAcrossMidnight(DomainError):
    code = "slot_across_midnight"
    message = _("日をまたぐ枠は作れません。日ごとに分けるか、「このうち何分」を入れてください。")


class WindowTooLong(DomainError):
    code = "window_too_long"
    message = _("期間が長すぎます。3か月までに分けてください。")


class MinutesDoNotFit(DomainError):
    code = "minutes_do_not_fit"
    message = _("「このうち何分」は5分から24時間までで、枠の長さより短くしてください。")


class TooManyTimes(DomainError):
    code = "too_many_times"
    message = _("一度に足せる日時は60回までです。期間を分けてください。")


class BadCapacity(DomainError):
    code = "bad_capacity"
    message = _("人数は1人から1000人までで入れてください。もう参加が決まった方の数より、少なくはできません。")


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


class SlotFull(DomainError):
    code = "slot_full"
    message = _("この日時は満員になりました。ほかの日時をおえらびください。")


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
        check_times(starts_at=starts_at, ends_at=ends_at, minutes=minutes, now=now)
    check_capacity(capacity, taken=0)
    locked = Role.objects.select_for_update(no_key=True).get(pk=role.pk)
    if locked.status in (RoleStatus.CLOSED, RoleStatus.CANCELLED):
        raise NoNewSlots
    alike = {"role": locked, "minutes": minutes, "capacity": capacity, "repeat": repeat}
    made = Slot.objects.bulk_create(Slot(starts_at=begin, ends_at=end, **alike) for begin, end in times)
    touch(locked.pk, now)
    settle(role_id=locked.pk, now=now)
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
    check_times(starts_at=starts_at, ends_at=ends_at, minutes=minutes, now=now)
    check_capacity(capacity, taken=0)
    locked = _lock_of_draft(slot)
    if locked.cancelled_at is not None:
        raise SlotIsCancelled
    locked.starts_at, locked.ends_at, locked.minutes, locked.capacity = starts_at, ends_at, minutes, capacity
    locked.save(update_fields=["starts_at", "ends_at", "minutes", "capacity"])
    touch(locked.role_id, now)
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
    touch(locked.role_id, now)
    locked.delete()


@transaction.atomic
def change_capacity(*, slot: Slot, capacity: int, now: dt.datetime, actor: User | None) -> Slot:
    """Change how many people may come, never below those who already do.

    Raises
    ------
    BadCapacity, SlotIsCancelled
    """
    locked = lock(slot.pk)
    if locked.cancelled_at is not None:
        raise SlotIsCancelled
    check_capacity(capacity, taken=locked.taken)
    before, locked.capacity = locked.capacity, capacity
    locked.save(update_fields=["capacity"])
    touch(locked.role_id, now)
    settle(role_id=locked.role_id, now=now)
    audit.record(actor=actor, action="slot.change_capacity", target=locked, now=now, before=before, after=capacity)
    return locked


@transaction.atomic
def cancel(*, slot: Slot, now: dt.datetime, actor: User | None) -> Slot:
    """Call a time off that nobody comes to yet; ``cancel_slot`` in `taking_part.placements` tells those who do.

    Raises
    ------
    SlotIsCancelled, SomebodyComes
    """
    locked = lock(slot.pk)
    if locked.cancelled_at is not None:
        raise SlotIsCancelled
    if locked.taken:
        raise SomebodyComes
    locked.cancelled_at = now
    locked.save(update_fields=["cancelled_at"])
    touch(locked.role_id, now)
    settle(role_id=locked.role_id, now=now)
    audit.record(actor=actor, action="slot.cancel", target=locked, now=now)
    return locked


def _lock_of_draft(slot: Slot) -> Slot:
    locked = lock(slot.pk)
    role = Role.objects.select_for_update(no_key=True).get(pk=locked.role_id)
    if role.status != RoleStatus.DRAFT:
        raise SlotIsKnown
    return locked


def lock(slot_id: int) -> Slot:
    """Return the slot's row, held until the transaction ends. Lock a person before a slot, a slot before its role."""
    return Slot.objects.select_for_update(no_key=True).get(pk=slot_id)


@transaction.atomic
def take(*, slot: Slot, places: int, now: dt.datetime) -> Role:
    """Take *places* if that many are left: one statement, so that no two people can have the same one.

    A time that was moved since *slot* was read has none. Returns the role, held until the transaction ends.

    Raises
    ------
    SlotFull
    """
    same = Slot.objects.filter(pk=slot.pk, starts_at=slot.starts_at, ends_at=slot.ends_at, cancelled_at=None)
    took = same.filter(taken__lte=F("capacity") - places).update(taken=F("taken") + places)
    if not took:
        raise SlotFull
    return settle(role_id=slot.role_id, now=now)


@transaction.atomic
def give_back(*, slot: Slot, places: int, now: dt.datetime) -> None:
    """Free *places* again; a role that was full opens."""
    Slot.objects.filter(pk=slot.pk).update(taken=F("taken") - places)
    settle(role_id=slot.role_id, now=now)


def settle(*, role_id: int, now: dt.datetime) -> Role:
    """Lock the role; call it full when no slot has a place left, and open when one has."""
    locked = Role.objects.select_for_update(no_key=True, of=("self",)).select_related("organisation")
    role = locked.get(pk=role_id)
    if role.status not in (RoleStatus.OPEN, RoleStatus.FILLED):
        return role
    has_place = Slot.objects.free(now).filter(role_id=role_id).exists()
    is_used = Slot.objects.filter(role_id=role_id, cancelled_at=None, taken__gt=0).exists()
    status = RoleStatus.FILLED if is_used and not has_place else RoleStatus.OPEN
    if status == RoleStatus.FILLED or has_place:
        Role.objects.filter(pk=role_id).exclude(status=status).update(status=status)
        role.status = status
    return role


def check_times(*, starts_at: dt.datetime, ends_at: dt.datetime, minutes: int | None, now: dt.datetime) -> None:
    """Refuse times that nobody could come to, or that were surely meant otherwise."""
    if ends_at <= starts_at:
        raise EndsBeforeStart
    if (ends_at if minutes else starts_at) <= now:
        raise SlotInPast
    if ends_at > now + FURTHEST_AHEAD:
        raise SlotTooFarAhead
    if minutes is None:
        # Until midnight is still the same day.
        last = timezone.localtime(ends_at - dt.timedelta(microseconds=1))
        if last.date() != timezone.localtime(starts_at).date():
            raise SlotAcrossMidnight
        return
    if ends_at - starts_at > LONGEST_WINDOW:
        raise WindowTooLong
    fits = dt.timedelta(minutes=minutes) <= ends_at - max(starts_at, now)
    if not (SHORTEST_MIN <= minutes <= LONGEST_MIN and fits):
        raise MinutesDoNotFit


def is_over(slot: Slot, now: dt.datetime) -> bool:
    """Say whether it is too late to join: begun, or too little of the window left."""
    if slot.minutes is None:
        return slot.starts_at <= now
    return slot.ends_at < now + dt.timedelta(minutes=slot.minutes)


def last_begin(slot: Slot) -> dt.datetime:
    """Return by when somebody must have begun: at the start or, of a window, while its minutes are still left."""
    return slot.starts_at if slot.minutes is None else slot.ends_at - dt.timedelta(minutes=slot.minutes)


def when(slot: Slot) -> str:
    """Return day and hours in the active language: 「11月30日(日) 9:00〜12:00」."""
    stretch = span(slot.starts_at, slot.ends_at)
    if slot.minutes is None:
        return stretch
    return gettext("%(span)sのあいだの%(minutes)s分") % {"span": stretch, "minutes": slot.minutes}


def span(starts_at: dt.datetime, ends_at: dt.datetime) -> str:
    """Return a stretch of time in the active language; the day stands once where it is one."""
    first, last = timezone.localtime(starts_at), timezone.localtime(ends_at)
    # Translators: a day and its hours as Django date formats.
    day, hour = gettext("n月j日(D)"), gettext("G:i")
    begin = f"{date_format(first, day)} {date_format(first, hour)}"
    is_one_day = (last - dt.timedelta(microseconds=1)).date() == first.date()
    end = date_format(last, hour) if is_one_day else f"{date_format(last, day)} {date_format(last, hour)}"
    return gettext("%(begin)s〜%(end)s") % {"begin": begin, "end": end}


def until(moment: dt.datetime) -> str:
    """Return until when something is so, in the active language; what ends at midnight ends with the day before."""
    last = timezone.localtime(moment)
    # Translators: a day and its hours as Django date formats.
    day, hour = gettext("n月j日(D)"), gettext("G:i")
    if last.time() == dt.time():
        return date_format(last - dt.timedelta(days=1), day)
    return f"{date_format(last, day)} {date_format(last, hour)}"


def check_capacity(capacity: int, *, taken: int) -> None:
    if not max(1, taken) <= capacity <= MOST_PLACES:
        raise BadCapacity


def touch(role_id: int, now: dt.datetime) -> None:
    """Note that a role looks otherwise now."""
    Role.objects.filter(pk=role_id).update(changed_at=now)
