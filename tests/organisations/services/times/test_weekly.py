"""Every week is said as people say it and written as calendars do; both mean the same days."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from organisations.services.times.weekly import BadRule, Weekly
from tests.factories import at

SATURDAY, SUNDAY = 5, 6
ON = dt.date(2027, 3, 6)  # a Saturday
FAR = dt.date(2027, 12, 31)
WEEKLIES = st.builds(
    Weekly,
    st.frozensets(st.integers(0, 6), min_size=1),
    st.integers(1, 4),
    st.none() | st.integers(1, 200),
)


@given(WEEKLIES, st.none() | st.dates(dt.date(2027, 1, 1), dt.date(2028, 12, 31)))
def test_a_rule_is_read_as_it_was_written(weekly: Weekly, until: dt.date | None) -> None:
    if until is not None:
        weekly = Weekly(weekly.weekdays, weekly.interval, None, until)
    weekly.check()
    assert Weekly.read(weekly.rule, first_on=ON) == weekly


def test_a_rule_that_names_no_day_means_that_of_the_first() -> None:
    assert Weekly.read("FREQ=WEEKLY", first_on=ON) == Weekly(frozenset({SATURDAY}))


def days(weekly: Weekly, first_on: dt.date = ON, until_on: dt.date = FAR) -> list[dt.date]:
    return list(weekly.days(first_on=first_on, until_on=until_on))


def test_every_other_week_takes_both_days_of_the_same_week() -> None:
    found = days(Weekly(frozenset({SATURDAY, SUNDAY}), 2, count=4))
    assert found == [dt.date(2027, 3, day) for day in (6, 7, 20, 21)]


def test_the_last_day_is_one_of_them() -> None:
    assert days(Weekly(frozenset({SATURDAY}), until_on=dt.date(2027, 3, 20)))[-1] == dt.date(2027, 3, 20)
    assert days(Weekly(frozenset({SATURDAY})), until_on=dt.date(2027, 3, 20))[-1] == dt.date(2027, 3, 20)


@given(WEEKLIES, st.dates(dt.date(2026, 1, 1), dt.date(2028, 1, 1)))
def test_the_first_day_is_the_nearest_and_all_are_of_their_weekday(weekly: Weekly, on: dt.date) -> None:
    first = weekly.first(on)
    assert dt.timedelta(0) <= first - on < dt.timedelta(days=7)
    found = days(weekly, first, first + dt.timedelta(days=120))
    assert found[0] == first
    assert {day.weekday() for day in found} <= weekly.weekdays
    mondays = [day - dt.timedelta(days=day.weekday()) for day in found]
    assert {(monday - mondays[0]).days % (7 * weekly.interval) for monday in mondays} == {0}


@pytest.mark.parametrize(
    "wrong",
    [
        Weekly(frozenset()),
        Weekly(frozenset({7})),
        Weekly(frozenset({1}), 0),
        Weekly(frozenset({1}), 5),
        Weekly(frozenset({1}), count=0),
        Weekly(frozenset({1}), count=201),
        Weekly(frozenset({1}), count=3, until_on=FAR),
    ],
)
def test_what_is_no_rule_is_refused(wrong: Weekly) -> None:
    with pytest.raises(BadRule):
        wrong.check()


@pytest.mark.parametrize(
    ("weekly", "skips", "japanese", "english"),
    [
        (
            Weekly(frozenset({SATURDAY})),
            True,
            "毎週 土曜日 9:00〜11:00、祝日と年末年始は休み",
            "every week on Saturday, 9:00 to 11:00, not on public holidays or at New Year",
        ),
        (
            Weekly(frozenset({SATURDAY, 1}), 2, count=10),
            False,
            "2週に1回 火曜日・土曜日 9:00〜11:00、10回",
            "every 2 weeks on Tuesday, Saturday, 9:00 to 11:00, 10 times",
        ),
        (
            Weekly(frozenset({0}), until_on=dt.date(2027, 3, 31)),
            False,
            "毎週 月曜日 9:00〜11:00、2027年3月31日まで",
            "every week on Monday, 9:00 to 11:00, until 31 Mar 2027",
        ),
    ],
)
def test_a_rule_is_said_in_plain_words(weekly: Weekly, skips: bool, japanese: str, english: str) -> None:
    assert weekly.in_words(at(5, 9), at(5, 11), skips_days_off=skips) == japanese
    with override("en"):
        assert weekly.in_words(at(5, 9), at(5, 11), skips_days_off=skips) == english
