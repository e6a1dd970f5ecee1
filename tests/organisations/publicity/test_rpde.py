from __future__ import annotations

import json
from typing import Any

from organisations.publicity import rpde
from tests.organisations.publicity.golden import golden
from tests.organisations.publicity.samples import ROOM, WATERING, WEEDING

BASE = "https://yaritai.example/open-data/rpde/slots/"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
ITEMS = [
    rpde.Item("ScheduledSession", 1, 500, rpde.session(WATERING, WATERING.times[0])),
    rpde.Item("ScheduledSession", 2, 501, None),
]


def page(items: list[rpde.Item], own: str = BASE) -> Any:
    return json.loads(rpde.page(items, own=own, base=BASE, licence=LICENCE))


def test_it_says_what_it_said() -> None:
    assert rpde.page(ITEMS, own=BASE, base=BASE, licence=LICENCE) == golden("slots.rpde.json")


def test_a_reader_goes_on_after_the_last_item() -> None:
    assert page(ITEMS)["next"] == f"{BASE}?afterTimestamp=501&afterId=2"
    assert page(ITEMS)["license"] == LICENCE


def test_the_last_page_is_empty_and_names_itself() -> None:
    own = f"{BASE}?afterTimestamp=501&afterId=2"
    assert page([], own=own) == {"next": own, "items": [], "license": LICENCE}


def test_what_is_gone_stays_without_its_data() -> None:
    first, gone = page(ITEMS)["items"]
    assert gone == {"state": "deleted", "kind": "ScheduledSession", "id": 2, "modified": 501}
    assert (first["state"], first["id"], first["modified"]) == ("updated", 1, 500)


def test_a_time_is_a_session_of_its_role() -> None:
    data = page(ITEMS)["items"][0]["data"]
    assert (data["@type"], data["superEvent"]["@type"]) == ("ScheduledSession", "SessionSeries")
    assert (data["startDate"], data["duration"]) == ("2027-03-06T00:00:00Z", "PT120M")
    assert data["superEvent"]["location"]["name"] == "集会所"


def test_needs_and_offers_speak_schema_org() -> None:
    assert [(rpde.thing(one) or {})["@type"] for one in (WEEDING, ROOM)] == ["Demand", "Offer"]
