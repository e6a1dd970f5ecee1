from __future__ import annotations

from typing import Any

import pytest

from organisations.models import Offer, Organisation
from organisations.models.cooperation import CooperationStatus, Side
from organisations.models.offer import Help
from organisations.services.cooperations import agreeing, asking
from organisations.services.offers import approval
from tests.factories import NOW, MembershipFactory, OfferFactory, at
from tests.web.api.conftest import Caller, caller

OFFERS = "/api/v1/organisation/offers/"
COOPERATIONS = "/api/v1/organisation/cooperations/"
TIME = {"starts_at": at(5, 9).isoformat(), "ends_at": at(5, 12).isoformat()}


@pytest.fixture
def neighbour(organisation: Organisation) -> Any:
    return MembershipFactory(organisation__town=organisation.town)


def test_an_offer_goes_from_draft_to_the_public_list(
    as_member: Caller, stranger: Caller, organisation: Organisation
) -> None:
    sent = {"organisation": organisation.pk, "kind": "room", "title": "交流室", "when": ["sat-am"]}
    made = as_member.post(OFFERS, sent)
    assert made.status_code == 201, made.json()
    address = f"{OFFERS}{made.json()['id']}/"
    incomplete = as_member.post(f"{address}submit/")
    assert (incomplete.status_code, incomplete.json()["errors"][0]["code"]) == (409, "offer_incomplete")
    seen = as_member.get(address).json()["changed_at"]
    more = {"summary": "20人まで。", "people": 20, "changed_at": seen}
    assert as_member.patch(address, more).status_code == 200
    assert as_member.patch(address, more).json()["errors"][0]["code"] == "stale_offer"
    assert as_member.post(f"{address}submit/").json()["status"] == "waiting"
    assert stranger.get("/api/v1/offers/").json()["results"] == []
    approval.publish(offer=Offer.objects.get(), now=NOW, actor=None)
    [found] = stranger.get("/api/v1/offers/?kind=room&when=sat-am&text=交流室").json()["results"]
    assert (found["title"], found["town"]["name"]) == ("交流室", organisation.town.name)
    assert "promised" not in stranger.get(f"/api/v1/offers/{found['id']}/").json()
    assert as_member.post(f"{address}close/").json()["status"] == "closed"


def test_unsafe_food_is_refused(as_member: Caller, organisation: Organisation) -> None:
    food = {"is_food": True, "best_before": "2027-12-01", "summary": "お米", "title": "お米"}
    made = as_member.post(OFFERS, {"organisation": organisation.pk, "kind": "goods", **food}).json()
    refused = as_member.post(f"{OFFERS}{made['id']}/submit/")
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "unsafe_food")


def test_groups_ask_and_both_sides_agree(as_member: Caller, neighbour: Any, organisation: Organisation) -> None:
    offer, asking = OfferFactory(organisation=organisation), caller(neighbour.user)
    sent = {"host": neighbour.organisation_id, "purpose": "茶話会", **TIME}
    assert as_member.post(f"{OFFERS}{offer.pk}/ask/", sent).status_code == 404
    made = asking.post(f"{OFFERS}{offer.pk}/ask/", sent)
    assert made.status_code == 201, made.json()
    address = f"{COOPERATIONS}{made.json()['id']}/"
    assert asking.post(f"{address}agree/", {"side": "offer"}).status_code == 400
    assert as_member.post(f"{address}agree/", {"side": "offer"}).json()["status"] == "proposed"
    row = offer.cooperations.get()
    agreeing.agree(cooperation=row, side=Side.DESK, now=NOW, actor=None)
    assert as_member.get(COOPERATIONS).json()["results"][0]["status"] == "agreed"
    ended = asking.post(f"{address}end/", {"side": "host", "reason": "雨のため"}).json()
    assert (ended["status"], ended["ended_by"]) == (CooperationStatus.ENDED, "host")


def test_nobody_asks_for_another_organisation(as_member: Caller, neighbour: Any) -> None:
    offer = OfferFactory(kind=Help.GOODS, quantity=3)
    sent = {"host": neighbour.organisation_id, "purpose": "茶話会"}
    assert as_member.post(f"{OFFERS}{offer.pk}/ask/", sent).status_code == 400


def test_what_others_agreed_on_is_not_there(as_member: Caller, neighbour: Any) -> None:
    row = asking.propose(
        offer=OfferFactory(), host=neighbour.organisation, proposed_by="host", purpose="茶話会", now=NOW
    )
    assert as_member.get(f"{COOPERATIONS}{row.pk}/").status_code == 404
