"""At most two desks to ask, and whose area a town is in."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from organisations.models.organisation import Approval
from organisations.services.coordinating import desks
from tests.factories import DeskMembershipFactory, SupportDeskFactory, TownFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_the_desks_of_a_town_come_and_no_others():
    town = TownFactory()
    SupportDeskFactory()
    own = [SupportDeskFactory(towns=[town, TownFactory()]) for _n in range(2)]
    assert desks.for_town(town) == own


def test_never_more_than_two():
    town = TownFactory()
    SupportDeskFactory.create_batch(3, towns=[town])
    assert len(desks.for_town(town)) == 2
    assert len(desks.for_town(None)) == 2


def test_a_town_that_nobody_looks_after_gets_desks_of_its_ward_first():
    far = SupportDeskFactory(organisation__town__ward_code="14101")
    near = SupportDeskFactory()
    assert desks.for_town(TownFactory()) == [near, far]


def test_a_desk_that_is_not_approved_is_not_named():
    SupportDeskFactory(organisation__approval=Approval.WAITING)
    assert desks.for_town(None) == []


def test_the_list_needs_one_query_and_its_names_none(django_assert_num_queries):
    town = TownFactory()
    SupportDeskFactory(towns=[town])
    with django_assert_num_queries(1):
        assert [(str(desk), str(desk.organisation.town)) for desk in desks.for_town(town)]


def test_a_coordinator_has_the_towns_of_their_desk():
    membership = DeskMembershipFactory()
    town = membership.desk.towns.get()
    assert desks.is_coordinator_of(membership.user, town)
    assert not desks.is_coordinator_of(membership.user, TownFactory())
    assert not desks.is_coordinator_of(UserFactory(), town)
    assert not desks.is_coordinator_of(AnonymousUser(), town)
    assert desks.coordinators_of(town) == [membership.user]


def test_who_has_left_coordinates_nothing():
    membership = DeskMembershipFactory(user__is_active=False)
    town = membership.desk.towns.get()
    assert not desks.is_coordinator_of(membership.user, town)
    assert desks.coordinators_of(town) == []
