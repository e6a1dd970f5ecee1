"""From a rough time of the week to a day and hours: 「土曜の午前」 to Saturday, 6 March, 9 to 12. Dates in and out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from organisations.models.pattern import When

DAYS_OF_A_WEEK = 7


def next_days(when: Iterable[str], *, first: dt.date, last: dt.date) -> list[tuple[dt.date, When]]:
    """Return the next day of each rough time from *first* on, in their order; those after *last* are left out."""
    days = [(next_day(When(code), first), When(code)) for code in dict.fromkeys(when)]
    order = list(When)
    return sorted(((on, code) for on, code in days if on <= last), key=lambda found: (found[0], order.index(found[1])))


def next_day(when: When, first: dt.date) -> dt.date:
    """Return the first day from *first* on that has the weekday of *when*."""
    return first + dt.timedelta(days=(when.weekday - first.weekday()) % DAYS_OF_A_WEEK)


def length_min(when: When) -> int:
    """Return how many minutes the part of the day has."""
    begins, ends = when.hours
    return (ends.hour - begins.hour) * 60 + ends.minute - begins.minute
