"""Days on which one may expect an answer: as public offices work."""

from __future__ import annotations

import datetime as dt

import jpholiday
from django.utils import timezone

SATURDAY = 5
# By the Act on Holidays of Administrative Organs, 29 December to 3 January; the first is a national holiday anyway.
YEAR_ENDS = {(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)}
# What comes on a day off counts as if it had come when the next working day begins.
BEGINS = dt.time(9)


def is_working(on: dt.date) -> bool:
    return on.weekday() < SATURDAY and not is_day_off(on)


def is_day_off(on: dt.date) -> bool:
    """Say whether it is a public holiday or the turn of the year; a weekend is no day off by itself."""
    return (on.month, on.day) in YEAR_ENDS or bool(jpholiday.is_holiday(on))


def after(at: dt.datetime, days: int) -> dt.datetime:
    """Return the moment so many working days after *at*, at the same time of day in Japan.

    >>> after(saturday_at_10, 2)  # counts from Monday, 9:00
    wednesday_at_9
    """
    begins = timezone.localtime(at)
    if not is_working(begins.date()):
        begins = dt.datetime.combine(_next(begins.date()), BEGINS, begins.tzinfo)
    day = begins.date()
    for _day in range(days):
        day = _next(day)
    return dt.datetime.combine(day, begins.time(), begins.tzinfo)


def _next(day: dt.date) -> dt.date:
    """Return the first working day after *day*."""
    day += dt.timedelta(days=1)
    while not is_working(day):
        day += dt.timedelta(days=1)
    return day
