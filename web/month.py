"""A month as calendars hang on Japanese walls: weeks from Sunday to Saturday, and the months before and after."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import TypeVar

from django.http import Http404

Day = TypeVar("Day")


def asked_for(text: str) -> dt.date:
    """Return the first day of the month that an address names as 「2027-03」; any other text is not there."""
    if not re.fullmatch(r"20[0-9]{2}-(0[1-9]|1[0-2])", text):
        raise Http404
    return dt.date.fromisoformat(f"{text}-01")


def later(on: dt.date, months: int) -> dt.date:
    """Return the first day of the month that is so many *months* after that of *on*, or before."""
    year, month0 = divmod(on.year * 12 + on.month - 1 + months, 12)
    return dt.date(year, month0 + 1, 1)


def last_day(first: dt.date) -> dt.date:
    return later(first, 1) - dt.timedelta(days=1)


def neighbours(first: dt.date, *, earliest: dt.date, latest: dt.date) -> dict[str, dt.date | None]:
    """Return the months before and after, where they are not beyond *earliest* and *latest*."""
    before, after = later(first, -1), later(first, 1)
    return {"before": before if before >= earliest else None, "after": after if after <= latest else None}


def weekdays(first: dt.date) -> list[dt.date]:
    """Return one day of each name, in their order."""
    return _dates(first)[0]


def weeks(
    first: dt.date, days: Mapping[dt.date | None, Day], *, empty: Callable[[dt.date], Day], begins: dt.date
) -> list[list[Day | None]]:
    """Return the weeks of the month that are not over on *begins*; None stands for days of another month."""
    coming = [week for week in _dates(first) if week[-1] >= begins]
    return [[days.get(on) or empty(on) if on.month == first.month else None for on in week] for week in coming]


def _dates(first: dt.date) -> list[list[dt.date]]:
    return calendar.Calendar(calendar.SUNDAY).monthdatescalendar(first.year, first.month)
