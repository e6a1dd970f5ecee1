"""Which slots fall on the days and into the hours that somebody asks for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import F, Q
from django.db.models.functions import ExtractHour, ExtractIsoWeekDay
from django.utils import timezone

from organisations.models.role import SlotQuerySet

EARLIEST, LATEST = dt.date(1970, 1, 1), dt.date(2200, 1, 1)
EVENING_FROM = 17
FRIDAY = 5
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Hours:
    """What is asked of a slot: its first and last day, an evening from Monday to Friday, at most so many minutes."""

    from_on: dt.date | None = None
    until_on: dt.date | None = None
    is_weekday_evening: bool = False
    at_most_min: int | None = None

    @property
    def is_asked(self) -> bool:
        return self != Hours()


def within(slots: SlotQuerySet, hours: Hours) -> SlotQuerySet:
    """Return the *slots* that fit; a window of more than a day holds some evening."""
    if hours.from_on is not None:
        slots = slots.filter(ends_at__gt=midnight(hours.from_on))
    if hours.until_on is not None:
        slots = slots.filter(starts_at__lt=midnight(hours.until_on) + DAY)
    if hours.is_weekday_evening:
        zone = timezone.get_default_timezone()
        slots = slots.alias(
            _weekday=ExtractIsoWeekDay("starts_at", tzinfo=zone), _hour=ExtractHour("starts_at", tzinfo=zone)
        ).filter(Q(_weekday__lte=FRIDAY, _hour__gte=EVENING_FROM) | is_for_days())
    if hours.at_most_min is not None:
        longest = dt.timedelta(minutes=hours.at_most_min)
        fixed = Q(minutes=None, ends_at__lte=F("starts_at") + longest)
        slots = slots.filter(fixed | Q(minutes__lte=hours.at_most_min))
    return slots


def is_for_days() -> Q:
    """Windows that are open for more than a day: they belong to no single one."""
    return Q(minutes__isnull=False, ends_at__gt=F("starts_at") + DAY)


def midnight(on: dt.date) -> dt.datetime:
    """Return when the day *on* begins in the time zone of the site."""
    on = min(max(on, EARLIEST), LATEST)
    return dt.datetime.combine(on, dt.time(), timezone.get_default_timezone())
