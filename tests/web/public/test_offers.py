"""What organisations offer, for anybody to read; groups are led to the form, others to the desk."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest
from django.test import Client
from pytest_django import Settings

from organisations.models.offer import Help, OfferStatus
from organisations.models.organisation import Approval
from organisations.services.cooperations.bookings import book
from organisations.services.offers import search
from tests.factories import (
    NOW,
    AccessFeatureFactory,
    CooperationFactory,
    MembershipFactory,
    OfferFactory,
    SupportDeskFactory,
    TownFactory,
    VenueFactory,
    VolunteerFactory,
    at,
)
from tests.web.conftest import said, signed_in
from tests.web.public.test_map import drawing


def test_the_list_shows_what_is_to_be_had_and_nothing_else(client: Client) -> None:
    shown = OfferFactory(title="使える部屋")
    for status in (OfferStatus.DRAFT, OfferStatus.WAITING, OfferStatus.CLOSED):
        OfferFactory(title="見えない部屋", status=status)
    OfferFactory(title="見えない部屋", organisation__approval=Approval.WAITING)
    OfferFactory(title="見えない部屋", ends_on=NOW.date() - dt.timedelta(days=1))
    text = said(client.get("/offers/"))
    assert shown.title in text
    assert "見えない部屋" not in text


def test_each_question_narrows_it(client: Client) -> None:
    town, ramp = TownFactory(), AccessFeatureFactory(code="x.ramp", is_filter=True, is_about_place=True)
    offer = OfferFactory(title="白根の交流室", town=town, when=["sat-am"])
    offer.access.add(ramp)
    OfferFactory(title="軽トラック", kind=Help.VEHICLE, vehicle_checked_at=NOW, within_km=0.1, when=["mon-am"])
    search.index(offers=type(offer).objects.all())
    for asked in ("words=交流室", "kind=room", f"town={town.pk}&words=白根", "when=sat-am", "access=x.ramp"):
        text = said(client.get(f"/offers/?{asked}"))
        assert "白根の交流室" in text, asked
        assert "軽トラック" not in text, asked


def test_the_map_draws_the_venue_or_the_middle_of_the_town(client: Client) -> None:
    venue = VenueFactory(name="食堂ひなた", lat=35.4801, lng=139.5502, town__name="白根")
    room = OfferFactory(title="使える部屋", venue=venue, town=venue.town)
    van = OfferFactory(title="軽トラック", kind=Help.VEHICLE, vehicle_checked_at=NOW, organisation__town__name="左近山")
    OfferFactory(title="町の点がない", town=TownFactory(lat=None, lng=None))
    page = said(client.get("/offers/map/"))
    assert "町の点がない" in page
    drawn = {spot["name"]: spot for spot in drawing(page)["spots"]}
    assert drawn["食堂ひなた"]["roles"] == [{"title": room.title, "url": f"/offers/{room.pk}/", "when": "場所"}]
    assert (drawn["左近山"]["lat"], drawn["左近山"]["roles"][0]["title"]) == (van.town.lat, van.title)
    assert len(drawn) == 2
    assert {town["name"] for town in drawing(page)["towns"]} == {"白根", "左近山"}
    assert 'href="/offers/map/?kind=room#answer"' in said(client.get("/offers/?kind=room"))
    assert [spot["name"] for spot in drawing(said(client.get("/offers/map/?kind=room")))["spots"]] == ["食堂ひなた"]


def test_one_offer_can_be_told_to_others_and_to_machines(client: Client, settings: Settings) -> None:
    settings.SITE_URL = "https://yaritai.example"
    address = f"https://yaritai.example/offers/{OfferFactory().pk}/"
    page = said(client.get(address.removeprefix(settings.SITE_URL)))
    assert f'value="{address}"' in page
    assert "LINEで送る" in page
    assert f'<meta property="og:image" content="{address}picture.png">' in page
    [block] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert (json.loads(block)["@type"], json.loads(block)["@id"]) == ("Offer", address)


def test_what_is_left_is_counted_as_each_language_counts(client: Client) -> None:
    chairs = OfferFactory(kind=Help.GOODS, quantity=12, unit="脚")
    address = f"/offers/{chairs.pk}/"
    assert "あと12脚" in said(client.get(address))
    english = said(client.get(address, headers={"accept-language": "en"}))
    assert "12 left" in english
    assert "脚" not in english


def test_nothing_found_leads_on_and_to_a_desk(client: Client) -> None:
    desk = SupportDeskFactory()
    text = said(client.get("/offers/?words=ヘリコプター"))
    assert "合う提供は見つかりませんでした" in text
    assert desk.organisation.name in text


@pytest.mark.parametrize("asked", ["kind=castle", "when=never", "town=x", "access=no", "activity=no"])
def test_a_question_that_cannot_be_answered_says_so(client: Client, asked: str) -> None:
    assert 'class="errorlist"' in said(client.get(f"/offers/?{asked}"), 400)


def test_one_offer_says_who_gives_it_when_and_on_what_terms(client: Client) -> None:
    terms = {"conditions": "机を戻してください。", "not_possible": "火は使えません。", "when": ["sat-am"]}
    offer = OfferFactory(notice_days=7, ends_on=dt.date(2027, 12, 31), **terms)
    text = said(client.get(f"/offers/{offer.pk}/"))
    for words in (
        *(offer.organisation.name, "20人まで使えます", "土曜の午前", "2027年12月31日まで"),
        *("7日前までに", "机を戻してください。", "火は使えません。", "まだ、どの時間も空いています。"),
    ):
        assert words in text


def test_booked_times_of_a_room_are_shown_as_taken(client: Client) -> None:
    row = CooperationFactory(starts_at=at(5, 9), ends_at=at(5, 12))
    past = CooperationFactory(offer=row.offer, starts_at=at(-5, 9), ends_at=at(-5, 12))
    book(cooperation=row, now=NOW)
    book(cooperation=past, now=NOW)
    text = said(client.get(f"/offers/{row.offer_id}/"))
    assert "3月6日(土) 9:00〜12:00" in text
    assert "2月24日" not in text
    assert row.host.name not in text


def test_groups_are_led_to_the_form_and_others_to_the_desk(client: Client) -> None:
    offer, desk = OfferFactory(), SupportDeskFactory()
    form = f"/organisation/offers/{offer.pk}/ask/"
    words = "使いたいと申し込む"
    for user, is_asked in ((MembershipFactory().user, True), (VolunteerFactory().user, False)):
        text = said(signed_in(user).get(f"/offers/{offer.pk}/"))
        assert (words in text and form in text) == is_asked
        assert desk.organisation.name in text
    text = said(client.get(f"/offers/{offer.pk}/"))
    assert "おひとりで使いたいとき" in text
    assert "団体の担当者としてサインインする" in text


def test_a_closed_one_stands_still_and_says_so(client: Client) -> None:
    offer = OfferFactory(status=OfferStatus.CLOSED)
    assert "いまは、受け付けていません。" in said(client.get(f"/offers/{offer.pk}/"))
    assert client.get(f"/offers/{OfferFactory(status=OfferStatus.WAITING).pk}/").status_code == 404


def test_in_english_as_far_as_it_was_written(client: Client) -> None:
    offer = OfferFactory(title_en="A room on Saturdays", summary_en="For up to 20 people.")
    text = said(client.get(f"/offers/{offer.pk}/", headers={"accept-language": "en"}))
    assert "A room on Saturdays" in text
    assert "For up to 20 people." in text
