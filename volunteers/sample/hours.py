"""Hours as the sample's files write them: ``weekdays: "9:00-12:00 13:00-15:00"``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from volunteers.services.people import availability

DAYS = {day: [number] for number, day in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
GROUPS = {**DAYS, "weekdays": [0, 1, 2, 3, 4], "weekend": [5, 6], "daily": [0, 1, 2, 3, 4, 5, 6]}


def weekdays(text: str) -> list[int]:
    """Return the weekdays of ``"mon weekend"``, Monday = 0."""
    return [number for word in text.split() for number in GROUPS[word]]


def spans(text: str) -> list[tuple[int, int]]:
    """Return the minutes after midnight of ``"9:00-12:00 13:00-15:00"``, as (start, end)."""
    return [(_minutes(start), _minutes(end)) for start, _, end in (part.partition("-") for part in text.split())]


def half_hours(text: str) -> int:
    """Return the free half hours of a day, as bits."""
    mask = 0
    for start, end in spans(text):
        mask |= availability.bits(start, end)
    return mask


def week(free: Mapping[str, str]) -> list[int]:
    """Return the free half hours of Monday to Sunday."""
    masks = [0] * 7
    for days, text in free.items():
        for number in weekdays(days):
            masks[number] |= half_hours(text)
    return masks


def coming(today: dt.date, weekday: int, weeks: int = 0) -> dt.date:
    """Return the first such weekday after *today*, or one that many weeks later: 1 to 28 days ahead for 0 to 3."""
    return today + dt.timedelta(days=(weekday - today.weekday() - 1) % 7 + 1 + 7 * weeks)


def times(entry: Mapping[str, Any], today: dt.date) -> list[tuple[dt.datetime, dt.datetime]]:
    """Return when the slots of *entry* begin and end.

    ``days`` and ``weeks`` name the days; without ``days`` a slot lasts the whole seven days of each week.
    """
    ((start, end),) = spans(entry["at"])
    weeks = [int(number) for number in str(entry["weeks"]).split()]
    if "days" in entry:
        days = [(on, on) for week in weeks for on in (coming(today, day, week) for day in weekdays(entry["days"]))]
    else:
        days = [(today + dt.timedelta(days=7 * week + 1), today + dt.timedelta(days=7 * week + 7)) for week in weeks]
    return [(_moment(first, start), _moment(last, end)) for first, last in days]


def ago(at: str, days: int, today: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """Return when something began and ended that was at *at*, so many days before *today*."""
    ((start, end),) = spans(at)
    on = today - dt.timedelta(days=days)
    return _moment(on, start), _moment(on, end)


def _moment(on: dt.date, minutes: int) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(on, dt.time()) + dt.timedelta(minutes=minutes))


def _minutes(text: str) -> int:
    hour, _, minute = text.partition(":")
    return int(hour) * 60 + int(minute)
