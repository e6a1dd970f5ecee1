"""What is asked of a person beside one row, before any page asks it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.contrib.auth.models import AnonymousUser
from rules.predicates import Predicate

from organisations.models.organisation import Approval
from tests.factories import (
    DeskMembershipFactory,
    MembershipFactory,
    PlacementFactory,
    RoleFactory,
    TownFactory,
    UserFactory,
    VenueFactory,
    VolunteerFactory,
)
from web.permissions.predicates.cases import looks_after_case
from web.permissions.predicates.contributing import coordinates_cooperation
from web.permissions.predicates.coordinator import (
    coordinates,
    coordinates_addressee,
    coordinates_home,
    coordinates_town_of,
    has_area,
    is_in_own_area,
    may_look_second,
    sits_at_desk_of,
)
from web.permissions.predicates.needs import keeps_need
from web.permissions.predicates.organisation import acts_for, is_host_of_approved, is_invited

pytestmark = pytest.mark.django_db


@dataclass
class Invited:
    user_id: int


def test_a_host_of_an_approved_organisation() -> None:
    role, waiting = RoleFactory(), RoleFactory(organisation__approval=Approval.WAITING, organisation__approved_at=None)
    host = MembershipFactory(organisation=role.organisation).user
    new = MembershipFactory(organisation=waiting.organisation).user
    assert is_host_of_approved.test(host, role)
    assert is_host_of_approved.test(host)
    assert not is_host_of_approved.test(host, waiting)
    assert not is_host_of_approved.test(new, waiting)
    assert not is_host_of_approved.test(new)
    assert not is_host_of_approved.test(AnonymousUser(), role)


def test_whoever_acts_for_an_organisation_acts_for_its_venues_and_its_people() -> None:
    taken = PlacementFactory()
    host = MembershipFactory(organisation=taken.slot.role.organisation).user
    for posted in (taken, taken.slot, taken.slot.role, taken.slot.role.venue, taken.slot.role.organisation):
        assert acts_for.test(host, posted)
        assert not acts_for.test(MembershipFactory().user, posted)


def test_an_invitation_is_for_the_person_it_names() -> None:
    user = UserFactory()
    assert is_invited.test(user, Invited(user.pk))
    assert not is_invited.test(UserFactory(), Invited(user.pk))
    assert not is_invited.test(AnonymousUser(), Invited(user.pk))


def test_an_area_is_asked_about_by_town_by_person_and_by_what_happens_there() -> None:
    here, there = TownFactory(), TownFactory()
    coordinator = DeskMembershipFactory(desk__towns=[here]).user
    for town, is_theirs in ((here, True), (there, False)):
        person = VolunteerFactory(town=town)
        assert is_in_own_area.test(coordinator, town) == is_theirs
        assert coordinates_home.test(coordinator, person) == is_theirs
        assert coordinates_home.test(coordinator, PlacementFactory(volunteer=person)) == is_theirs
        assert coordinates.test(coordinator, VenueFactory(town=town)) == is_theirs


OF_COORDINATORS = (
    *(coordinates, coordinates_addressee, coordinates_cooperation, coordinates_home, coordinates_town_of),
    *(has_area, is_in_own_area, keeps_need, looks_after_case, may_look_second, sits_at_desk_of),
)


@pytest.mark.parametrize("predicate", OF_COORDINATORS, ids=lambda predicate: predicate.name)
def test_without_a_row_it_is_asked_whether_somebody_coordinates_at_all(predicate: Predicate) -> None:
    assert predicate.test(DeskMembershipFactory().user)
    assert not predicate.test(MembershipFactory().user)
    assert not predicate.test(AnonymousUser())
