"""A host learns how many, never who, and never few."""

from __future__ import annotations

import datetime as dt

import pytest
from pytest_django import Settings

from matching.engine.reasons import Reason
from matching.services.explaining import counts
from organisations.models import Role, Slot, Venue
from tests.factories import NOW, QualificationFactory, at
from tests.matching import rows
from volunteers.services.people import availability

pytestmark = pytest.mark.django_db


def tipping(role: Role, of: str = "could_come") -> int:
    """Return how many people more than five it takes until a host is told of five: what nobody outside may know."""
    return next(more for more in range(5) if counts.coarse(5 + more, role=role, of=of))


def test_before_any_run() -> None:
    assert counts.for_role(role=rows.role()) == counts.HostCounts()


@pytest.mark.parametrize(("people", "at_most"), [(0, 0), (1, 0), (4, 0), (9, 5), (14, 10)])
def test_every_number_is_a_multiple_of_five(people: int, at_most: int) -> None:
    gardening = rows.gardening()
    role = rows.role(gardening)
    for _ in range(people):
        rows.suggestion(rows.person(gardening), role, sent_at=NOW)
        never = rows.person(gardening)
        availability.set_weekly(volunteer=never, weekly=[0] * 7, now=NOW, actor=None)
    rows.run_once()
    found = counts.for_role(role=role)
    assert (found.could_come, found.told) == (at_most, at_most)
    assert found.shut_out == ({"時間": at_most} if at_most else {})


def test_how_far_people_live_is_not_counted_out() -> None:
    role = rows.role()
    Venue.objects.filter(roles=role).update(lat=35.6)
    for _ in range(6):
        rows.person()
    rows.run_once()
    assert counts.for_role(role=role) == counts.HostCounts()


@pytest.mark.parametrize("of", ["could_come", "told", "TIME"])
def test_a_number_is_nought_or_five_and_never_more_than_there_are(of: str) -> None:
    role = rows.role()
    told = [counts.coarse(people, role=role, of=of) for people in range(30)]
    assert told == sorted(told)
    assert all(number % 5 == 0 and 0 <= people - number < 9 for people, number in enumerate(told))


def test_asking_again_or_of_a_copy_says_the_same(settings: Settings) -> None:
    role = rows.role(title="花だんの水やり")
    copy = rows.role(title="花だんの草とり", organisation=role.organisation, venue=role.venue)
    Role.objects.filter(pk=role.pk).update(summary="べつのことば。", changed_at=at(1, 9))
    role.refresh_from_db()
    for number in range(10):
        settings.SECRET_KEY = f"key {number}"
        assert tipping(role) == tipping(role) == tipping(copy)


def test_a_role_that_differs_in_one_condition_tips_elsewhere_though_it_reaches_the_same_people() -> None:
    role = rows.role()
    tips: dict[str, set[int]] = {"age": set(), "time": set(), "qualification": set()}
    for number in range(1, 20):
        tips["age"].add(tipping(Role(organisation=role.organisation, venue=role.venue, pk=role.pk, min_age=number)))
        Slot.objects.update(ends_at=at(5, 11) + dt.timedelta(minutes=number))
        tips["time"].add(tipping(role))
    for _ in range(15):
        role.qualifications.add(QualificationFactory())
        tips["qualification"].add(tipping(role))
    assert all(len(places) >= 3 for places in tips.values())


def test_each_number_of_a_role_tips_by_itself() -> None:
    role = rows.role()
    assert len({tipping(role, reason.name or "") for reason in Reason}) > 1


def test_whatever_is_told_of_two_roles_one_person_fewer_is_neither_shown_nor_ruled_out(settings: Settings) -> None:
    role = rows.role()
    other = Role(pk=role.pk, organisation=role.organisation, venue=role.venue, min_age=31)
    told: dict[int, set[tuple[int, int]]] = {0: set(), 1: set()}
    for number in range(60):
        settings.SECRET_KEY = f"key {number}"
        for people in range(15, 20):
            of_role = counts.coarse(people, role=role, of="could_come")
            for gone, pairs in told.items():
                pairs.add((of_role, counts.coarse(people - gone, role=other, of="could_come")))
    assert told[0] == told[1] == {(one, two) for one in (10, 15) for two in (10, 15)}
