from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from volunteers.sample import hours, reading

EVERY_SLOT = [
    entry for owner in reading.documents(reading.DATA / "ward") for role in owner["roles"] for entry in role["slots"]
]
LOADING_DAYS = [dt.date(2026, 12, 31), dt.date(2027, 1, 1), dt.date(2028, 2, 29), dt.date(2028, 2, 2)] + [
    dt.date(2026, 11, 23) + dt.timedelta(days=ahead) for ahead in range(7)
]


def test_week_joins_groups_of_days_and_several_stretches() -> None:
    week = hours.week({"weekdays": "9:00-10:00", "mon": "12:00-13:30", "weekend": ""})
    assert week == [0b111 << 24 | 0b11 << 18, *[0b11 << 18] * 4, 0, 0]


def test_an_unknown_day_is_an_error() -> None:
    with pytest.raises(KeyError):
        hours.week({"someday": "9:00-10:00"})


@pytest.mark.parametrize("today", LOADING_DAYS)
def test_every_slot_of_the_ward_lies_in_the_28_days_after_the_loading_day(today: dt.date) -> None:
    moments = [moment for entry in EVERY_SLOT for span in hours.times(entry, today) for moment in span]
    days = {timezone.localtime(moment).date() - today for moment in moments}
    assert min(days) >= dt.timedelta(days=1)
    assert max(days) <= dt.timedelta(days=28)
    assert len(days) >= 26  # spread, not heaped


@pytest.mark.parametrize("today", LOADING_DAYS)
def test_coming_is_the_asked_weekday(today: dt.date) -> None:
    for weekday in range(7):
        for weeks in range(4):
            assert hours.coming(today, weekday, weeks).weekday() == weekday
