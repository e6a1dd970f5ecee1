"""Who speaks for which side."""

from __future__ import annotations

import pytest

from organisations.models.cooperation import Side
from organisations.services.cooperations.sides import host_of, sides_of
from tests.factories import (
    CooperationFactory,
    DeskMembershipFactory,
    MembershipFactory,
    NeedFactory,
    OrganisationFactory,
    SupportDeskFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def test_who_may_speak_for_which_side():
    desk = DeskMembershipFactory()
    row = CooperationFactory(host=OrganisationFactory(town=desk.desk.organisation.town))
    giver, asker = MembershipFactory(organisation=row.offer.organisation), MembershipFactory(organisation=row.host)
    for who, sides in ((giver, [Side.OFFER]), (asker, [Side.HOST]), (desk, [Side.DESK]), (None, [])):
        assert sides_of(cooperation=row, user=who.user if who else UserFactory()) == sides


def test_where_a_desk_is_the_host_its_coordinator_speaks_for_both():
    desk = DeskMembershipFactory()
    need = NeedFactory(desk=desk.desk)
    row = CooperationFactory(host=host_of(need), need=need)
    assert sides_of(cooperation=row, user=desk.user) == [Side.HOST, Side.DESK]
    group = OrganisationFactory()
    assert host_of(NeedFactory(host=group, desk=SupportDeskFactory())) == group
