"""A day and its hours, as somebody said them, as moments."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone


def span(day: dt.date, begins: dt.time, ends: dt.time) -> tuple[dt.datetime, dt.datetime]:
    """Return begin and end of what lasts from hour to hour of one day. Midnight ends the day it belongs to."""
    return at(day, begins), at(day + dt.timedelta(days=ends == dt.time()), ends)


def at(day: dt.date, hour: dt.time) -> dt.datetime:
    """Return the moment at which a clock on the wall says so."""
    return dt.datetime.combine(day, hour, timezone.get_current_timezone())
