"""When somebody is free: half hours of the week, and dates that differ."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import audit
from accounts.services.errors import DomainError
from volunteers.models import Availability, AvailabilityException, Volunteer
from volunteers.models.availability import ALL_DAY, HALF_HOURS

DAY_MIN = 1440
STEP_MIN = DAY_MIN // HALF_HOURS
DAYS = 7


# The parts of a day that people speak of: code, name, hours of the clock.
PARTS: list[tuple[str, str | Promise, int, int]] = [
    ("early", _("早朝"), 6, 9),
    ("morning", _("午前"), 9, 12),
    ("afternoon", _("午後"), 12, 17),
    ("evening", _("夜"), 17, 21),
]


class BadTime(DomainError):
    code = "bad_time"
    message = _("空いている時間を確かめてください。0時から24時までで、おわりははじまりより後にしてください。")


class BadWeek(DomainError):
    code = "bad_week"
    message = _("空いている時間を読み取れませんでした。月曜から日曜まで、もう一度えらんでください。")


class DayInPast(DomainError):
    code = "day_in_past"
    message = _("もう過ぎた日です。これからの日をえらんでください。")


def bits(start_min: int, end_min: int) -> int:
    """Return the half hours that lie wholly between two times of a day, in minutes after midnight.

    Raises
    ------
    BadTime
    """
    if not 0 <= start_min < end_min <= DAY_MIN:
        raise BadTime
    first, last = -(-start_min // STEP_MIN), end_min // STEP_MIN
    return ((1 << last) - 1) & ~((1 << first) - 1) if first < last else 0


def ranges(mask: int) -> list[tuple[int, int]]:
    """Return the stretches of *mask* as (start, end) in minutes after midnight, each as long as can be.

    Raises
    ------
    BadWeek
    """
    _check(mask)
    found: list[tuple[int, int]] = []
    at = 0
    while mask >> at:
        at += ((mask >> at) & -(mask >> at)).bit_length() - 1  # skips the zeros
        length = ((~(mask >> at)) & ((mask >> at) + 1)).bit_length() - 1  # counts the ones
        found.append((at * STEP_MIN, (at + length) * STEP_MIN))
        at += length
    return found


@transaction.atomic
def set_weekly(*, volunteer: Volunteer, weekly: list[int], now: dt.datetime, actor: User | None) -> Availability:
    """Say which half hours of a usual week are free, Monday first.

    Raises
    ------
    BadWeek
    """
    if len(weekly) != DAYS:
        raise BadWeek
    for day in weekly:
        _check(day)
    availability, _is_new = Availability.objects.update_or_create(volunteer=volunteer, defaults={"weekly": weekly})
    _touch(volunteer, now)
    audit.record(actor=actor, action="availability.set_weekly", target=volunteer, now=now)
    return availability


@transaction.atomic
def set_day(*, volunteer: Volunteer, on: dt.date, free: int | None, now: dt.datetime, actor: User | None) -> None:
    """Say what is free on one date instead of the usual; 0: nothing; None: as usual again.

    Raises
    ------
    BadWeek, DayInPast
    """
    if on < timezone.localdate(now):
        raise DayInPast
    if free is None:
        AvailabilityException.objects.filter(volunteer=volunteer, on=on).delete()
    else:
        _check(free)
        AvailabilityException.objects.update_or_create(volunteer=volunteer, on=on, defaults={"free": free})
    _touch(volunteer, now)
    audit.record(actor=actor, action="availability.set_day", target=volunteer, now=now, on=on)


def coming_days(*, volunteer: Volunteer, now: dt.datetime) -> QuerySet[AvailabilityException]:
    """Return the dates from today on that differ from the usual week, the next first."""
    rows = AvailabilityException.objects.filter(volunteer=volunteer, on__gte=timezone.localdate(now))
    return rows.order_by("on")


def _check(mask: int) -> None:
    if not 0 <= mask <= ALL_DAY:
        raise BadWeek


def _touch(volunteer: Volunteer, now: dt.datetime) -> None:
    Volunteer.objects.filter(pk=volunteer.pk).update(changed_at=now)
    volunteer.changed_at = now
