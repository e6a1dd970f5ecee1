from __future__ import annotations

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.factories import (
    NOW,
    TOKYO,
    AttendanceFactory,
    PlacementFactory,
    SlotFactory,
    ThanksFactory,
    VolunteerFactory,
    at,
)
from volunteers.models import Volunteer
from volunteers.services.attendance import hours

pytestmark = pytest.mark.django_db


@pytest.fixture
def volunteer() -> Volunteer:
    return VolunteerFactory()


def attended(volunteer: Volunteer, starts_at: dt.datetime, minutes: int = 60, came: bool = True) -> None:
    placement = PlacementFactory(volunteer=volunteer, slot=SlotFactory(starts_at=starts_at))
    AttendanceFactory(placement=placement, minutes=minutes, came=came)


def test_only_what_was_written_down_counts(volunteer: Volunteer) -> None:
    attended(volunteer, at(-3, 9), 90)
    attended(volunteer, at(-10, 9), 45)
    attended(volunteer, at(-4, 9), 0, came=False)
    PlacementFactory(volunteer=volunteer, slot=SlotFactory(starts_at=at(-5, 9)))
    PlacementFactory(volunteer=volunteer, slot=SlotFactory(starts_at=at(5, 9)))
    attended(VolunteerFactory(), at(-3, 9), 600)
    record = hours.of(volunteer, now=NOW)
    assert (record.minutes, record.times) == (135, 2)
    assert [line.came for line in record.lines] == [True, False, False, True]
    assert [line.written is None for line in record.lines] == [False, False, True, False]


def test_who_gave_the_place_back_was_not_there(volunteer: Volunteer) -> None:
    AttendanceFactory(placement=PlacementFactory(volunteer=volunteer, cancelled_at=NOW))
    assert hours.of(volunteer, now=at(9, 9)).lines == ()


def test_what_goes_on_is_there_once_it_is_written_down(volunteer: Volunteer) -> None:
    attended(volunteer, at(0, 9))
    assert hours.of(volunteer, now=NOW).times == 1


def test_a_year_begins_at_midnight_in_japan(volunteer: Volunteer) -> None:
    midnight = dt.datetime(2027, 1, 1, tzinfo=TOKYO)
    for later in (-3, 0.5, 9):
        attended(volunteer, midnight + dt.timedelta(hours=later))
    record = hours.of(volunteer, now=NOW)
    assert record.years == [2027, 2026]
    assert {year: record.of_year(year).times for year in (2025, 2026, 2027)} == {2025: 0, 2026: 1, 2027: 2}


def test_one_query_however_many(volunteer: Volunteer, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for day in range(1, 8):
        attended(volunteer, at(-day, 9))
        ThanksFactory(placement=volunteer.placements.latest("pk"), text="ありがとう")
    with django_assert_num_queries(1):
        record = hours.of(volunteer, now=NOW)
        assert {(line.thanks, line.slot.role.organisation.name != "") for line in record.lines} == {
            ("ありがとう", True)
        }
