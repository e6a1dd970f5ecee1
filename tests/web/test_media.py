"""Telling people of a role or a need: its page, its flyer, its picture, and what its public page says of itself."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import pytest
import time_machine
import zxingcpp
from django.core.cache import cache
from django.test import Client
from PIL import Image
from pypdf import PdfReader
from pytest_django import Settings

from organisations.models.offer import OfferStatus
from organisations.models.role import RoleStatus
from organisations.publicity import telling
from tests.factories import NOW, DeskMembershipFactory, MembershipFactory, SlotFactory
from tests.factories.contributing import NeedFactory, OfferFactory
from tests.web.conftest import said, signed_in


@pytest.fixture(autouse=True)
def _monday_morning(db: None, settings: Settings) -> Any:
    cache.clear()
    settings.SITE_URL = "https://yaritai.example"
    with time_machine.travel(NOW, tick=True):
        yield


def test_a_host_copies_words_and_takes_a_flyer_and_a_picture() -> None:
    slot = SlotFactory(role__title="花だんの水やり", role__organisation__phone="045-000-0000")
    host = signed_in(MembershipFactory(organisation=slot.role.organisation).user)
    page = said(host.get(f"/organisation/roles/{slot.role_id}/media/"))
    for text in re.findall(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL):
        assert "花だんの水やり" in text
        assert len(text) <= telling.LONGEST_CHAT
    flyer = host.get(f"/organisation/roles/{slot.role_id}/flyer.pdf")
    assert flyer["Content-Type"] == "application/pdf"
    assert "045-000-0000" in PdfReader(io.BytesIO(flyer.content)).pages[0].extract_text()
    assert "no-store" in flyer["Cache-Control"]


def test_anybody_sees_the_picture_and_it_leads_to_the_page(client: Client) -> None:
    slot, need, offer = SlotFactory(), NeedFactory(), OfferFactory()
    for path in (f"/roles/{slot.role_id}/", f"/needs/{need.pk}/", f"/offers/{offer.pk}/"):
        picture = Image.open(io.BytesIO(client.get(f"{path}picture.png").content))
        assert [code.text for code in zxingcpp.read_barcodes(picture)] == [f"https://yaritai.example{path}"]


def test_what_is_over_or_hidden_has_no_picture_no_flyer_and_no_words(client: Client) -> None:
    slot = SlotFactory(role__status=RoleStatus.DRAFT, role__published_at=None)
    host = signed_in(MembershipFactory(organisation=slot.role.organisation).user)
    assert client.get(f"/roles/{slot.role_id}/picture.png").status_code == 404
    assert "<textarea" not in said(host.get(f"/organisation/roles/{slot.role_id}/media/"))
    assert host.get(f"/organisation/roles/{slot.role_id}/flyer.pdf").status_code == 302


def test_a_character_that_cannot_be_printed_is_named() -> None:
    slot = SlotFactory(role__title="花だん😀")
    host = signed_in(MembershipFactory(organisation=slot.role.organisation).user)
    assert "「😀」" in said(host.get(f"/organisation/roles/{slot.role_id}/flyer.pdf"), 409)


def test_a_coordinator_tells_of_a_need_of_the_own_desk_alone() -> None:
    desk, need, other = DeskMembershipFactory(), NeedFactory(), NeedFactory()
    need.desk = desk.desk
    need.save()
    client = signed_in(desk.user)
    assert need.title in said(client.get(f"/console/needs/{need.pk}/media/"))
    assert client.get(f"/console/needs/{other.pk}/media/").status_code == 404
    assert client.get(f"/console/needs/{need.pk}/flyer.pdf")["Content-Type"] == "application/pdf"


def test_an_offer_is_told_by_who_gives_it_and_by_the_desk() -> None:
    desk = DeskMembershipFactory()
    offer = OfferFactory(organisation__town=desk.desk.organisation.town, organisation__phone="045-000-0000")
    draft = OfferFactory(organisation=offer.organisation, status=OfferStatus.DRAFT)
    giver = MembershipFactory(organisation=offer.organisation)
    for user, room in ((giver.user, "organisation"), (desk.user, "console")):
        client, address = signed_in(user), f"/{room}/offers/{offer.pk}/"
        page = said(client.get(f"{address}media/"))
        assert "使ってください" in page
        assert "https://yaritai.example/open-data/offers.atom" in page
        assert f'href="{address}media/"' in said(client.get(address))
        flyer = PdfReader(io.BytesIO(client.get(f"{address}flyer.pdf").content))
        assert "045-000-0000" in flyer.pages[0].extract_text()
        assert "<textarea" not in said(client.get(f"/{room}/offers/{draft.pk}/media/"))


def test_the_page_of_a_role_tells_machines_what_people_read(client: Client) -> None:
    slot = SlotFactory(role__title="</script><b>水やり & 草取り")
    page = said(client.get(f"/roles/{slot.role_id}/"))
    [block] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    [event] = json.loads(block)["@graph"]
    assert (event["name"], event["@type"]) == (slot.role.title, "Event")
    assert f'<meta property="og:url" content="https://yaritai.example/roles/{slot.role_id}/">' in page
    assert f'content="https://yaritai.example/roles/{slot.role_id}/picture.png"' in page


def test_the_page_of_a_role_that_is_over_tells_machines_no_time(client: Client) -> None:
    page = said(client.get(f"/roles/{SlotFactory(cancelled_at=NOW).role_id}/"))
    assert "ld+json" not in page
    assert "og:title" in page
    assert "picture.png" not in page
