"""A month made by hand: what the report must say can be counted on the fingers."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from accounts.models import User
from matching.models import Feedback
from matching.services.coordinating import figures
from matching.services.coordinating.figures import Figures
from organisations.models import District, Organisation, Town
from tests.factories import (
    TOKYO,
    AttendanceFactory,
    DeskMembershipFactory,
    DistrictFactory,
    OrganisationFactory,
    RoleFactory,
    SlotFactory,
    TownFactory,
    VenueFactory,
    VolunteerFactory,
)
from tests.matching import rows
from volunteers.models import Volunteer

pytestmark = pytest.mark.django_db
OCTOBER = dt.date(2026, 10, 1)


def on(month: int, day: int, hour: int = 10) -> dt.datetime:
    return dt.datetime(2026, month, day, hour, tzinfo=TOKYO)


@pytest.fixture
def east() -> District:
    return DistrictFactory(name="東", position=1)


@pytest.fixture
def town(east: District) -> Town:
    return TownFactory(district=east)


@pytest.fixture
def lone(east: District) -> Town:
    return TownFactory(district=None)


@pytest.fixture
def coordinator(town: Town, lone: Town) -> User:
    member: User = DeskMembershipFactory(desk__towns=[town, lone]).user
    return member


def person(town: Town, signed_up: dt.datetime) -> Volunteer:
    return VolunteerFactory(town=town, created_at=signed_up)


def came(who: Volunteer, host: Organisation, at: dt.datetime, **more: Any) -> None:
    role = RoleFactory(organisation=host, venue=VenueFactory(organisation=host, town=host.town))
    AttendanceFactory(placement__volunteer=who, placement__slot=SlotFactory(role=role, starts_at=at), **more)


def reached(who: Volunteer, at: dt.datetime | None, answers: tuple[dt.datetime | None, ...] = (), **more: Any) -> None:
    found = rows.suggestion(who, rows.role(), sent_at=at, seen_at=None, planned_at=on(10, 1), **more)
    for undone_at in answers:
        Feedback.objects.create(suggestion=found, answer="decline", answered_at=on(10, 20), undone_at=undone_at)


def test_a_month_made_by_hand(coordinator: User, town: Town, lone: Town, east: District):
    garden, books, elsewhere = (OrganisationFactory(town=one) for one in (town, lone, TownFactory()))
    # First comes after 4, 9 and 20 days: 9 in the middle.
    four, nine, twenty = (person(town, on(10, day)) for day in (1, 2, 3))
    came(four, garden, on(10, 5))
    came(nine, garden, on(10, 11))
    came(twenty, elsewhere, on(10, 23))
    # Somebody who has been before is no first-timer, but new to the books.
    regular = person(town, on(8, 1))
    came(regular, garden, on(9, 1))
    came(regular, books, on(10, 2))
    came(regular, garden, on(10, 3))
    # Not at all: who stayed away, who had cancelled, who came after the month's last midnight.
    came(person(town, on(10, 1)), books, on(10, 9), came=False, minutes=0)
    came(person(town, on(10, 1)), books, on(10, 9), placement__cancelled_at=on(10, 8))
    came(person(town, on(10, 1)), books, on(11, 1, 0))
    # Four reached, two of them answered: one took it back, and one was only planned.
    reached(four, on(10, 4), (None,))
    reached(nine, on(10, 31, 23), (on(10, 21), None))
    reached(twenty, on(10, 4), (on(10, 21),))
    reached(regular, on(10, 4))
    reached(regular, None, status="planned")
    reached(regular, on(9, 30, 23), (None,))
    assert figures.by_district(coordinator=coordinator, month=OCTOBER) == [
        Figures(east, first_activity_days=9, asked=4, answered=2, first_timers=3, groups_helped=1),
        Figures(None, first_activity_days=None, asked=0, answered=0, first_timers=0, groups_helped=1),
    ]


def test_a_share_of_nothing_is_nothing():
    assert Figures(None).answered_share is None
    assert Figures(None, asked=4, answered=1).answered_share == 0.25


def test_who_came_before_signing_up_waited_no_day(coordinator: User, town: Town):
    came(person(town, on(10, 9)), OrganisationFactory(), on(10, 5))
    assert figures.by_district(coordinator=coordinator, month=OCTOBER)[0].first_activity_days == 0


def test_of_another_area_nothing_is_counted(coordinator: User, town: Town, east: District):
    other = TownFactory(district=east)
    came(person(other, on(10, 1)), OrganisationFactory(town=other), on(10, 5))
    reached(person(other, on(10, 1)), on(10, 4), (None,))
    assert figures.by_district(coordinator=coordinator, month=OCTOBER) == [Figures(east), Figures(None)]


def test_a_town_of_two_desks_of_one_coordinator_counts_once(coordinator: User, town: Town):
    DeskMembershipFactory(user=coordinator, desk__towns=[town])
    came(person(town, on(10, 1)), OrganisationFactory(town=town), on(10, 5))
    reached(person(town, on(10, 1)), on(10, 4), (None,))
    found = figures.by_district(coordinator=coordinator, month=OCTOBER)[0]
    assert (found.asked, found.answered, found.first_timers, found.groups_helped) == (1, 1, 1, 1)


def test_the_last_month_of_a_year_ends_with_it():
    assert figures.bounds(dt.date(2026, 12, 5)) == (on(12, 1, 0), dt.datetime(2027, 1, 1, tzinfo=TOKYO))
