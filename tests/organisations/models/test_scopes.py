"""Who sees which roles and organisations."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from organisations.models import Organisation, Role
from organisations.models.organisation import Approval
from organisations.models.role import RoleStatus
from tests.factories import (
    DeskMembershipFactory,
    MembershipFactory,
    OrganisationFactory,
    RoleFactory,
    SupportDeskFactory,
    UserFactory,
    VenueFactory,
)

pytestmark = pytest.mark.django_db
HIDDEN = [RoleStatus.DRAFT, RoleStatus.WAITING]


@pytest.mark.parametrize("status", RoleStatus.values)
@pytest.mark.parametrize("approval", Approval.values)
def test_the_public_sees_what_was_published_by_the_approved(status, approval):
    RoleFactory(status=status, organisation__approval=approval)
    is_public = approval == Approval.APPROVED and status not in HIDDEN
    for user in (AnonymousUser(), UserFactory()):
        assert Role.objects.visible(user).exists() == is_public


def test_a_member_sees_everything_of_their_organisation_once():
    role = RoleFactory(status=RoleStatus.DRAFT, organisation__approval=Approval.WAITING)
    membership = MembershipFactory(organisation=role.organisation)
    RoleFactory(status=RoleStatus.DRAFT)
    assert list(Role.objects.visible(membership.user)) == [role]


def test_a_coordinator_sees_the_roles_of_their_area_by_organisation_or_venue():
    organisation = OrganisationFactory()
    venue = VenueFactory()
    by_organisation = RoleFactory(status=RoleStatus.WAITING, organisation=organisation)
    by_venue = RoleFactory(status=RoleStatus.WAITING, venue=venue)
    RoleFactory(status=RoleStatus.WAITING)
    desks = [SupportDeskFactory(towns=[organisation.town, venue.town]) for _n in range(2)]
    user = DeskMembershipFactory(desk=desks[0]).user
    DeskMembershipFactory(user=user, desk=desks[1])
    assert sorted(Role.objects.visible(user), key=lambda role: role.pk) == [by_organisation, by_venue]


def test_who_has_left_sees_what_everybody_sees():
    role = RoleFactory(status=RoleStatus.DRAFT)
    membership = MembershipFactory(organisation=role.organisation, user__is_active=False)
    assert not Role.objects.visible(membership.user).exists()
    assert not Organisation.objects.of(membership.user).exists()


def test_organisations_of_a_person():
    membership = MembershipFactory()
    MembershipFactory()
    assert list(Organisation.objects.of(membership.user)) == [membership.organisation]
    assert not Organisation.objects.of(AnonymousUser()).exists()


def test_the_scope_is_one_query(django_assert_num_queries):
    user = MembershipFactory().user
    with django_assert_num_queries(1):
        list(Role.objects.visible(user))


def test_a_coordinator_finds_the_organisations_of_their_towns():
    here, also_here = OrganisationFactory(), OrganisationFactory(approval=Approval.WAITING)
    OrganisationFactory()
    user = DeskMembershipFactory(desk__towns=[here.town, also_here.town]).user
    assert set(Organisation.objects.in_area_of(user)) == {here, also_here}
    assert not Organisation.objects.in_area_of(UserFactory()).exists()
