from __future__ import annotations

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.factories import NOW, ApplicationFactory, PlacementFactory, SlotFactory, VolunteerFactory, WaitingFactory, at
from volunteers.models import Volunteer
from volunteers.services.calendar import own_days
from volunteers.services.calendar.own_days import OwnDay

pytestmark = pytest.mark.django_db


@pytest.fixture
def volunteer() -> Volunteer:
    return VolunteerFactory()


def march(volunteer: Volunteer) -> dict[dt.date | None, OwnDay]:
    return own_days.by_day(volunteer=volunteer, first=dt.date(2027, 3, 1), last=dt.date(2027, 3, 31), now=NOW)


def test_what_is_agreed_asked_and_waited_for_by_day_in_japan(volunteer: Volunteer) -> None:
    own = {"volunteer": volunteer}
    ApplicationFactory(**own, slot=SlotFactory(starts_at=at(5, 14)))
    PlacementFactory(**own, slot=SlotFactory(starts_at=at(5, 9)))
    WaitingFactory(**own, slot=SlotFactory(starts_at=at(30, 23), ends_at=at(30, 23, 30)))
    PlacementFactory(**own, slot=SlotFactory(starts_at=at(31, 0)))
    PlacementFactory(slot=SlotFactory(starts_at=at(5, 9)))
    found = march(volunteer)
    assert {on: [entry.state for entry in day.entries] for on, day in found.items()} == {
        dt.date(2027, 3, 6): ["coming", "asked"],
        dt.date(2027, 3, 31): ["waiting"],
    }
    assert [day.count for day in found.values()] == [2, 1]


def test_what_is_over_stays_where_one_took_part(volunteer: Volunteer) -> None:
    over = SlotFactory(starts_at=at(0, 1), ends_at=at(0, 2))
    for factory in (PlacementFactory, ApplicationFactory, WaitingFactory):
        factory(volunteer=volunteer, slot=over)
    assert [entry.state for entry in march(volunteer)[NOW.date()].entries] == ["coming"]


def test_what_came_to_nothing_is_not_there(volunteer: Volunteer) -> None:
    PlacementFactory(volunteer=volunteer, cancelled_at=NOW)
    ApplicationFactory(volunteer=volunteer, status="declined")
    WaitingFactory(volunteer=volunteer, ended_at=NOW)
    WaitingFactory(volunteer=volunteer, slot__cancelled_at=NOW)
    assert march(volunteer) == {}


def test_a_window_of_many_days_belongs_to_none(volunteer: Volunteer) -> None:
    PlacementFactory(volunteer=volunteer, slot=SlotFactory(starts_at=at(25, 9), ends_at=at(40, 9), minutes=30))
    assert list(march(volunteer)) == [None]


def test_three_queries_however_much(volunteer: Volunteer, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for day in range(1, 9):
        PlacementFactory(volunteer=volunteer, slot=SlotFactory(starts_at=at(day, 9)))
    with django_assert_num_queries(3):
        assert len([entry.slot.role.title for day in march(volunteer).values() for entry in day.entries]) == 8
