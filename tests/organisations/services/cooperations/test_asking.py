"""Who may ask for what; whoever asks has agreed."""

from __future__ import annotations

import datetime as dt

import pytest

from organisations.models.cooperation import CooperationStatus, ProposedBy, Side
from organisations.models.need import NeedStatus
from organisations.models.offer import OfferStatus
from organisations.models.organisation import Approval
from organisations.services.cooperations import asking
from organisations.services.cooperations.sides import waiting_for
from organisations.services.roles.approval import NotApproved
from tests.factories import NOW, NeedFactory, OfferFactory, OrganisationFactory, RoleFactory
from tests.organisations.services.cooperations.given import TIME, ask

pytestmark = pytest.mark.django_db


def test_who_asks_has_agreed():
    row = ask(**TIME)
    assert (row.status, row.host_agreed_at) == (CooperationStatus.PROPOSED, NOW)
    assert waiting_for(row) == [Side.OFFER, Side.DESK]


def test_a_desk_that_proposes_has_agreed_and_the_service_has_not():
    assert waiting_for(ask(proposed_by=ProposedBy.DESK)) == [Side.OFFER, Side.HOST]
    found = ask(proposed_by=ProposedBy.SERVICE, score=0.7, parts={"words": 0.7})
    assert waiting_for(found) == list(Side)
    assert (found.score, found.parts) == (0.7, {"words": 0.7})


def test_a_host_says_what_for():
    with pytest.raises(asking.PurposeMissing):
        ask(purpose=" ")
    need = NeedFactory()
    assert ask(purpose="", need=need, host=need.desk.organisation).need == need


@pytest.mark.parametrize("change", [{"status": OfferStatus.CLOSED}, {"ends_on": dt.date(2027, 2, 28)}])
def test_only_what_is_to_be_had(change):
    with pytest.raises(asking.OfferNotOpen):
        ask(OfferFactory(**change))


def test_only_approved_groups_and_not_oneself():
    with pytest.raises(NotApproved):
        ask(host=OrganisationFactory(approval=Approval.WAITING))
    offer = OfferFactory()
    with pytest.raises(asking.OwnOffer):
        ask(offer, offer.organisation)


def test_a_need_or_a_role_once():
    offer, need, role = OfferFactory(), NeedFactory(), RoleFactory()
    ask(offer, need.desk.organisation, need=need)
    ask(offer, role.organisation, role=role)
    with pytest.raises(asking.AlreadyProposed):
        ask(offer, need.desk.organisation, need=need)
    with pytest.raises(asking.AlreadyProposed):
        ask(offer, role.organisation, role=role)


def test_only_a_need_that_is_open_and_a_role_of_the_host():
    with pytest.raises(asking.NotWanted):
        ask(need=NeedFactory(status=NeedStatus.CLOSED))
    with pytest.raises(asking.NotWanted):
        ask(role=RoleFactory())
