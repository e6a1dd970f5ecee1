"""The time in which the tests live, in Japan."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

TOKYO = ZoneInfo("Asia/Tokyo")
NOW = dt.datetime(2027, 3, 1, 10, tzinfo=TOKYO)


def at(days: int, hour: int, minute: int = 0) -> dt.datetime:
    """The time of day, *days* after ``NOW``'s date, in Japan."""
    return dt.datetime.combine(NOW.date() + dt.timedelta(days=days), dt.time(hour, minute), TOKYO)
