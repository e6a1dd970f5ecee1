from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest

from organisations.publicity import metadata
from organisations.publicity.published import State
from tests.organisations.publicity.golden import golden
from tests.organisations.publicity.samples import EACH, FROM_HOME, OVER, ROOM, WATERING, WEEDING


def said(published: Any) -> Any:
    return json.loads(json.dumps(metadata.json_ld(published)))


@pytest.mark.parametrize("name", EACH)
def test_a_page_says_of_itself_what_it_said(name: str) -> None:
    found = {
        "json_ld": metadata.json_ld(EACH[name]),
        "open_graph": list(metadata.open_graph(EACH[name], picture="https://yaritai.example/p.png")),
    }
    assert json.loads(json.dumps(found)) == json.loads(golden(f"{name}.metadata.json"))


def test_each_time_of_a_role_is_an_event_with_what_search_engines_ask_for() -> None:
    first, second = said(WATERING)["@graph"]
    assert first["@type"] == "Event"
    assert (first["startDate"], first["endDate"]) == ("2027-03-06T00:00:00Z", "2027-03-06T02:00:00Z")
    assert first["@id"] != second["@id"]
    assert first["location"]["geo"] == {"@type": "GeoCoordinates", "latitude": 35.475, "longitude": 139.549}
    assert first["isAccessibleForFree"] is True


def test_from_home_is_nowhere_and_not_said_to_be_free() -> None:
    [event] = said(FROM_HOME)["@graph"]
    assert event["location"]["@type"] == "VirtualLocation"
    assert event["eventAttendanceMode"].endswith("/OnlineEventAttendanceMode")
    assert "isAccessibleForFree" not in event


def test_a_need_is_a_demand_and_an_offer_an_offer() -> None:
    assert (said(WEEDING)["@type"], said(WEEDING)["availabilityEnds"]) == ("Demand", "2027-04-30")
    assert (said(ROOM)["@type"], said(ROOM)["offeredBy"]["name"]) == ("Offer", "見本の食堂")
    gone = dataclasses.replace(ROOM, state=State.FULL)
    assert said(gone)["availability"].endswith("/SoldOut")


def test_a_need_names_no_point() -> None:
    assert "geo" not in json.dumps(metadata.json_ld(WEEDING))


def test_what_is_over_says_nothing() -> None:
    assert metadata.json_ld(OVER) is None
    assert metadata.json_ld(dataclasses.replace(WATERING, times=())) is None
