"""An offer is written one thing at a time, handed in, changed and closed; others' are not there."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from organisations.models import Offer, Organisation
from organisations.models.offer import Help, OfferStatus
from organisations.services.offers import writing
from tests.factories import NOW, AccessFeatureFactory, ActivityFactory, MembershipFactory, OfferFactory, VenueFactory
from tests.web.conftest import said, send, signed_in
from web.organisation.offer_steps import ASKING

SAFE = {"is_food": "on", "is_unopened": "on", "keeps_at_room_temperature": "on"}


@pytest.fixture
def organisation() -> Organisation:
    made: Organisation = MembershipFactory().organisation
    return made


@pytest.fixture
def host(organisation: Organisation) -> Client:
    return signed_in(organisation.memberships.get().user)


@pytest.fixture
def offer(organisation: Organisation) -> Offer:
    return OfferFactory(organisation=organisation)


def at(offer: Offer, name: str = "") -> str:
    return f"/organisation/offers/{offer.pk}/{name}"


def answer(client: Client, offer: Offer, name: str, **answers: Any) -> Any:
    offer.refresh_from_db()
    return send(client, at(offer, f"{name}/"), seen_at=offer.changed_at.isoformat(), **answers)


def test_from_its_kind_to_the_desk(host: Client, organisation: Organisation) -> None:
    venue, field = VenueFactory(organisation=organisation), ActivityFactory()
    ramp = AccessFeatureFactory(is_about_place=True)
    new = f"/organisation/{organisation.pk}/offers/new/"
    assert "?kind=room" in said(host.get(new))
    begun = send(host, f"{new}?kind=room", title="土曜に、交流室を使えます")
    offer = Offer.objects.get()
    assert (offer.kind, begun["Location"]) == (Help.ROOM, at(offer, "what/"))
    town = organisation.town_id
    way: list[tuple[str, dict[str, Any]]] = [
        ("what", {"title": offer.title, "summary": "机8つといす20こ。", "activities": [field.pk]}),
        ("details", {"people": "20", "venue": venue.pk, "town": town, "access": [ramp.pk]}),
        ("when", {"when": ["sat-am", "sat-pm"], "notice_days": "7", "ends_on": "2027-12-31"}),
        ("terms", {"conditions": "机を戻してください。", "not_possible": "火は使えません。"}),
    ]
    for (name, answers), then in zip(way, ["details", "when", "terms", "check"], strict=True):
        assert answer(host, offer, name, **answers)["Location"] == at(offer, f"{then}/")
    text = said(host.get(at(offer, "check/")))
    for words in ("机8つといす20こ。", "20人まで使えます", venue.name, "土曜の午前", "7日前まで", "火は使えません。"):
        assert words in text
    assert send(host, at(offer, "check/"))["Location"] == at(offer)
    offer.refresh_from_db()
    assert (offer.status, offer.venue, list(offer.access.all())) == (OfferStatus.WAITING, venue, [ramp])


def test_a_draft_keeps_its_gaps_and_says_what_it_lacks(host: Client, organisation: Organisation) -> None:
    offer = writing.draft(organisation=organisation, kind=Help.PEOPLE, title="社員が行きます", now=NOW, actor=None)
    text = said(host.get(at(offer)))
    assert at(offer, "what/?then=check") in text
    assert at(offer, "details/?then=check") in text
    assert "まだ足りないものがあります" in said(send(host, at(offer, "check/")), 409)


def test_back_and_to_the_check_and_nothing_written_without_a_change(host: Client, organisation: Organisation) -> None:
    offer = writing.draft(organisation=organisation, kind=Help.KNOW_HOW, title="防災の話", now=NOW, actor=None)
    before = offer.changed_at
    same = {"town": offer.town_id, "within_km": ""}
    assert answer(host, offer, "details", go="back", **same)["Location"] == at(offer, "what/")
    offer.refresh_from_db()
    assert offer.changed_at == before
    assert answer(host, offer, "details", within_km="5.0", town=offer.town_id)["Location"] == at(offer, "when/")
    offer.refresh_from_db()
    assert offer.within_km == 5.0
    seen = offer.changed_at.isoformat()
    there = send(host, at(offer, "when/?then=check"), seen_at=seen, notice_days="3")
    assert there["Location"] == at(offer, "check/")


def test_how_far_it_comes_stays_although_no_longer_offered(host: Client, organisation: Organisation) -> None:
    offer = OfferFactory(organisation=organisation, kind=Help.PEOPLE, within_km=3.0)
    assert 'value="3.0"' in said(host.get(at(offer, "details/")))


def test_each_kind_is_asked_what_it_needs(host: Client, organisation: Organisation) -> None:
    bus = AccessFeatureFactory(is_about_place=True, is_filter=False)
    AccessFeatureFactory(is_about_place=True, is_filter=True)
    asked = {
        Help.GOODS: ("best_before", "quantity"),
        Help.ROOM: ("venue", "access"),
        Help.VEHICLE: ("people", "within_km"),
    }
    for kind, names in asked.items():
        offer = writing.draft(organisation=organisation, kind=kind, title="もの", now=NOW, actor=None)
        text = said(host.get(at(offer, "details/")))
        assert all(f'name="{name}"' in text for name in names)
        assert ('name="is_food"' in text) == (kind == Help.GOODS)
        assert (bus.label in text) == (kind == Help.ROOM)
        assert ("どこまで届けられますか" in text) == (kind == Help.GOODS)


def test_food_that_is_too_old_is_refused_with_the_reason(host: Client, organisation: Organisation) -> None:
    fields: dict[str, Any] = {"title": "お米", "summary": "5kg", "is_food": True, "is_unopened": True}
    offer = writing.draft(organisation=organisation, kind=Help.GOODS, now=NOW, actor=None, **fields)
    soon = (NOW + dt.timedelta(days=30)).date().isoformat()
    answer(host, offer, "details", town=offer.town_id, best_before=soon, **SAFE)
    assert "2か月以上" in said(send(host, at(offer, "check/")), 409)


def test_what_a_colleague_wrote_is_not_written_over(host: Client, offer: Offer) -> None:
    then = offer.changed_at.isoformat()
    writing.change(offer=offer, now=NOW + dt.timedelta(minutes=1), actor=None, conditions="同僚が書いた")
    assert "ほかの方がこの提供を変えました" in said(
        send(host, at(offer, "terms/"), seen_at=then, conditions="わたし"), 409
    )


def test_an_end_before_the_beginning_stands_beside_its_question(host: Client, offer: Offer) -> None:
    sent = {"starts_on": "2027-05-01", "ends_on": "2027-04-01", "notice_days": "0"}
    assert 'href="#id_ends_on"' in said(answer(host, offer, "when", **sent), 409)


def test_closed_taken_back_and_thrown_away(host: Client, offer: Offer) -> None:
    waiting = OfferFactory(organisation=offer.organisation, status=OfferStatus.WAITING)
    for one, name, status in ((offer, "close/", "closed"), (waiting, "withdraw/", "draft")):
        assert at(one, name) in said(host.get(at(one)))
        assert send(host, at(one, name))["Location"] == at(one)
        one.refresh_from_db()
        assert one.status == status
    assert send(host, at(waiting, "discard/"))["Location"] == "/organisation/offers/"
    assert not Offer.objects.filter(pk=waiting.pk).exists()


def test_the_list_has_drafts_too_and_an_empty_one_says_what_next(host: Client, organisation: Organisation) -> None:
    assert "まだ、提供はありません" in said(host.get("/organisation/offers/"))
    OfferFactory(organisation=organisation, status=OfferStatus.DRAFT, title="書きかけの提供")
    assert "書きかけの提供" in said(host.get("/organisation/offers/"))


@pytest.mark.parametrize("name", ["", *(f"{step}/" for step in ASKING), "check/", "close/", "discard/", "withdraw/"])
def test_those_of_others_are_not_there(host: Client, name: str) -> None:
    assert host.get(at(OfferFactory(), name)).status_code == 404
