"""The open feeds as programs get them; read by libraries that did not write them."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import feedparser
import pytest
import time_machine
import vobject
from django.test import Client
from pytest_django import Settings

from organisations.models import Slot
from organisations.models.role import RoleStatus
from organisations.services.made_public import feeds
from tests.factories import NOW, ActivityFactory, OrganisationFactory, RoleFactory, SlotFactory, at
from tests.factories.contributing import NeedFactory, OfferFactory

ROLES_ICS, ROLES_ATOM = "/open-data/roles.ics", "/open-data/roles.atom"
NEEDS_ATOM, OFFERS_ATOM = "/open-data/needs.atom", "/open-data/offers.atom"
EVENTS, EVENTS_SJIS, RPDE = "/open-data/events.csv", "/open-data/events.sjis.csv", "/open-data/rpde/slots/"
ALL = (ROLES_ICS, ROLES_ATOM, NEEDS_ATOM, OFFERS_ATOM, EVENTS, EVENTS_SJIS, RPDE)


@pytest.fixture(autouse=True)
def _site(settings: Settings) -> None:
    settings.SITE_URL = "https://yaritai.example"


def get(client: Client, path: str, **headers: str) -> Any:
    answer = client.get(path, headers=headers)
    assert answer.status_code in {200, 304}
    return answer


def titles(client: Client, name: str) -> list[str]:
    """What each medium names, by its own reader."""
    content = get(client, name).content
    if name == ROLES_ICS:
        found = vobject.readOne(content.decode())
        return [event.summary.value for event in found.contents.get("vevent", []) if event.status.value == "CONFIRMED"]
    if name.endswith(".atom"):
        return [entry.title for entry in feedparser.parse(content).entries]
    if name.endswith(".csv"):
        encoding = "cp932" if "sjis" in name else "utf-8-sig"
        return [row["イベント名"] for row in csv.DictReader(io.StringIO(content.decode(encoding)))]
    items = json.loads(content)["items"]
    return [item["data"]["superEvent"]["name"] for item in items if item["state"] == "updated"]


def test_one_posting_is_in_every_medium(client: Client) -> None:
    role = SlotFactory(role__title="花だんの水やり").role
    others = {NEEDS_ATOM: NeedFactory().title, OFFERS_ATOM: OfferFactory().title}
    feeds.note_changes(now=NOW)
    for name in ALL:
        assert titles(client, name) == [others.get(name, role.title)]


@pytest.mark.parametrize(
    "goes",
    [
        {"status": RoleStatus.CANCELLED},
        {"status": RoleStatus.RESTING},
        {"status": RoleStatus.DRAFT},
        {"status": RoleStatus.CLOSED},
    ],
)
def test_what_is_called_off_leaves_every_medium_at_once(client: Client, goes: dict[str, str]) -> None:
    slot = SlotFactory()
    feeds.note_changes(now=NOW)
    type(slot.role).objects.update(**goes)
    for name in ALL:
        assert titles(client, name) == []


def test_what_is_over_leaves_every_medium_at_once(client: Client) -> None:
    SlotFactory(starts_at=at(5, 9))
    feeds.note_changes(now=NOW)
    with time_machine.travel(at(5, 12)):
        for name in ALL:
            assert titles(client, name) == []


def test_a_calendar_hears_of_a_change_and_of_the_end_under_the_same_name(client: Client) -> None:
    slot = SlotFactory()

    def event() -> Any:
        return vobject.readOne(get(client, ROLES_ICS).content.decode()).vevent

    before = event()
    Slot.objects.update(sequence=3, starts_at=at(6, 9), ends_at=at(6, 10))
    moved = event()
    Slot.objects.update(cancelled_at=NOW)
    gone = event()
    assert before.uid.value == moved.uid.value == gone.uid.value == f"slot-{slot.pk}@yaritai.example"
    assert [int(one.sequence.value) for one in (before, moved, gone)] == [0, 3, 4]
    assert [one.status.value for one in (before, moved, gone)] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert moved.dtstart.value == at(6, 9)


@pytest.mark.parametrize("name", ALL)
def test_who_has_it_already_is_told_so(client: Client, name: str) -> None:
    slot, need, offer = SlotFactory(), NeedFactory(), OfferFactory()
    feeds.note_changes(now=NOW)
    whole = get(client, name)
    again = get(client, name, if_none_match=whole.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert {one.headers["Access-Control-Allow-Origin"] for one in (whole, again)} == {"*"}
    assert again.headers["ETag"] == whole.headers["ETag"]
    assert "no-cache" in whole.headers["Cache-Control"]
    Slot.objects.filter(pk=slot.pk).update(cancelled_at=NOW)
    for row in (need, offer):
        type(row).objects.update(title="べつの名前")
    changed = get(client, name, if_none_match=whole.headers["ETag"])
    assert changed.status_code == 200
    assert changed.headers["ETag"] != whole.headers["ETag"]


def test_a_feed_can_be_narrowed(client: Client) -> None:
    field, organisation = ActivityFactory(code="green"), OrganisationFactory()
    wanted = RoleFactory(organisation=organisation, activities=[field])
    SlotFactory(role=wanted)
    SlotFactory()
    queries = [f"organisation={organisation.pk}", "activity=green", f"town={wanted.venue.town_id}"]
    for query in queries:
        for name in (ROLES_ICS, ROLES_ATOM):
            content = get(client, f"{name}?{query}").content.decode()
            assert content.count(f"https://yaritai.example/roles/{wanted.pk}/") >= 1
    assert feedparser.parse(get(client, f"{ROLES_ATOM}?{queries[1]}").content).feed.title == f"やりたい: {field.ja}"


@pytest.mark.parametrize("query", ["organisation=x", "activity=none", "town=0", "organisation=99999999999999999999"])
def test_what_is_not_there_has_no_feed(client: Client, query: str) -> None:
    assert client.get(f"{ROLES_ICS}?{query}").status_code == 404


@pytest.mark.parametrize("query", ["afterTimestamp=1", "afterId=1", "afterTimestamp=x&afterId=1", "afterTimestamp=-1"])
def test_a_reader_says_where_it_stopped_or_nothing(client: Client, query: str) -> None:
    assert client.get(f"{RPDE}?{query}").status_code == 404
    assert client.get("/open-data/rpde/else/").status_code == 404


def test_a_reader_goes_on_to_a_last_page_that_names_itself(client: Client) -> None:
    SlotFactory.create_batch(2)
    feeds.note_changes(now=NOW)
    first = json.loads(get(client, RPDE).content)
    assert first["license"] == "https://creativecommons.org/licenses/by/4.0/"
    last = json.loads(get(client, first["next"].removeprefix("https://yaritai.example")).content)
    assert (last["items"], last["next"]) == ([], first["next"])


def test_the_page_names_every_file_and_the_terms(client: Client) -> None:
    page = client.get("/open-data/").content.decode()
    for name in ALL:
        assert f"https://yaritai.example{name}" in page
    assert "CC BY 4.0" in page
    assert "Geolonia" in page


def test_a_search_links_the_feed_of_the_same_question(client: Client) -> None:
    field = ActivityFactory(code="green")
    SlotFactory(role=RoleFactory(activities=[field]))
    page = client.get("/roles/?activity=green").content.decode()
    assert f"{ROLES_ICS}?activity=green" in page
