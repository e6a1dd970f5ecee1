"""What two working days are, in ordinary weeks and over the holidays."""

from __future__ import annotations

import datetime as dt

import pytest

from organisations.services.times import working_days
from tests.factories import TOKYO


def moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=TOKYO)


@pytest.mark.parametrize(
    ("asked", "days", "due"),
    [
        ("2027-03-01 10:00", 2, "2027-03-03 10:00"),  # Monday
        ("2027-03-04 18:30", 2, "2027-03-08 18:30"),  # Thursday, over the weekend
        ("2027-03-06 10:00", 2, "2027-03-10 09:00"),  # Saturday counts as Monday morning
        ("2027-03-07 23:59", 4, "2027-03-12 09:00"),
        ("2027-03-19 10:00", 2, "2027-03-24 10:00"),  # 21 March is a Sunday, so the 22nd is off
        ("2027-04-28 10:00", 2, "2027-05-06 10:00"),  # Golden Week: the 29th, the weekend, the 3rd to the 5th
        ("2026-12-28 10:00", 2, "2027-01-05 10:00"),  # offices close from 29 December to 3 January
        ("2026-12-28 10:00", 6, "2027-01-12 10:00"),  # and 11 January is Coming of Age Day
        ("2026-12-31 12:00", 2, "2027-01-06 09:00"),
    ],
)
def test_so_many_working_days_later(asked: str, days: int, due: str) -> None:
    assert working_days.after(moment(asked), days) == moment(due)


def test_it_is_the_day_in_japan_that_counts() -> None:
    sunday_evening = dt.datetime(2027, 3, 7, 16, tzinfo=dt.UTC)  # Monday, 1:00, in Japan
    assert working_days.after(sunday_evening, 1) == moment("2027-03-09 01:00")


@pytest.mark.parametrize("days", range(1, 8))
def test_an_answer_is_always_due_on_a_working_day(days: int) -> None:
    for hours in range(0, 24 * 365, 7):
        asked = moment("2026-12-20 00:00") + dt.timedelta(hours=hours)
        due = working_days.after(asked, days)
        assert working_days.is_working(due.date())
        assert due >= asked + dt.timedelta(days=days)
