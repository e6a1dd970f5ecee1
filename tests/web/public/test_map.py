"""The map draws public venues of what the list found, and nothing else."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from config import tiles
from organisations.services.places import spots
from tests.factories import (
    OrganisationFactory,
    RoleFactory,
    SlotFactory,
    SupportDeskFactory,
    TownFactory,
    VenueFactory,
    VolunteerFactory,
)
from tests.web.public.test_views import AT_MOST, text

MAP = "/roles/map/"


def drawing(page: str) -> Any:
    found = re.search(r'<script id="drawing" type="application/json">(.+?)</script>', page)
    assert found
    return json.loads(found[1])


def test_venues_stand_once_with_their_roles_and_their_towns_name(client: Client) -> None:
    venue = VenueFactory(name="花の広場", lat=35.4701, lng=139.5402, town__name="鶴ケ峰本町")
    first, second = RoleFactory(title="水やり", venue=venue), RoleFactory(title="草とり", venue=venue)
    SlotFactory(role=first)
    SlotFactory(role=second)
    SlotFactory(role__title="家の会", role__is_online=True, role__venue=None)
    VolunteerFactory(town__name="だれかの町")
    page = text(client, MAP)
    assert all(title in page for title in ("水やり", "草とり", "家の会"))
    drawn = drawing(page)
    when = "3月6日(土) 朝9時"
    assert drawn["spots"] == [
        {
            "lat": 35.4701,
            "lng": 139.5402,
            "name": "花の広場",
            "more": 0,
            "roles": [
                {"title": "水やり", "url": f"/roles/{first.pk}/", "when": when},
                {"title": "草とり", "url": f"/roles/{second.pk}/", "when": when},
            ],
        }
    ]
    assert [town["name"] for town in drawn["towns"]] == ["鶴ケ峰本町"]
    assert "だれかの町" not in json.dumps(drawn, ensure_ascii=False)
    assert drawn["tiles"] == ""


def test_the_map_answers_the_same_question_as_the_list(client: Client) -> None:
    here = TownFactory()
    SlotFactory(role__title="近い会", role__venue=VenueFactory(town=here))
    SlotFactory(role__title="遠い会", role__venue=VenueFactory(lat=35.6, lng=139.7))
    page = text(client, MAP, town=here.pk, within="0.92")
    assert [spot["roles"][0]["title"] for spot in drawing(page)["spots"]] == ["近い会"]
    assert drawing(page)["walk"] == {"name": here.name, "lat": here.lat, "lng": here.lng, "metres": 920.0}
    assert f'href="/roles/calendar/?town={here.pk}&amp;within=0.92#answer"' in page
    assert drawing(text(client, MAP, town=here.pk, within="here"))["walk"] is None


def test_titles_cannot_end_the_block_of_data(client: Client) -> None:
    SlotFactory(role__title="</script><b>")
    page = text(client, MAP)
    assert drawing(page)["spots"][0]["roles"][0]["title"] == "</script><b>"
    assert "</script><b>" not in page


def test_nothing_to_draw_draws_nothing_and_leads_on(client: Client) -> None:
    phone = SupportDeskFactory(organisation__phone="045-000-1234").organisation.phone
    SlotFactory(role__title="家の会", role__is_online=True, role__venue=None)
    assert "leaflet" not in text(client, MAP)
    empty = text(client, MAP, words="ない")
    assert "合う募集は見つかりませんでした" in empty
    assert phone in empty
    assert phone in text(client, MAP, status=400, online="maybe")


@pytest.mark.parametrize("count", [1, 30])
def test_a_map_takes_few_queries_however_full(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    SlotFactory.create_batch(count)
    with django_assert_max_num_queries(AT_MOST):
        text(client, MAP)


def test_a_map_holds_so_many_venues_and_no_more(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spots, "MOST_SPOTS", 2)
    host = OrganisationFactory()
    venues = VenueFactory.create_batch(3, organisation=host)
    for venue in (*venues, venues[0]):
        SlotFactory(role=RoleFactory(organisation=host, venue=venue))
    assert [len(spot["roles"]) for spot in drawing(text(client, MAP))["spots"]] == [2, 1]


def test_tiles_are_allowed_from_their_own_host_only() -> None:
    assert tiles.hosts("") == []
    assert tiles.hosts("/tiles/{z}/{x}/{y}.png") == []
    assert tiles.hosts("https://tiles.example/{z}/{x}/{y}.png") == ["https://tiles.example"]
    assert tiles.hosts("https://{s}.tiles.example:8443/{z}/{x}/{y}.png?key=1") == ["https://*.tiles.example:8443"]


@pytest.mark.parametrize("wrong", ["tiles.example/{z}", "javascript:alert(1)", "https:///{z}", "//tiles.example/{z}"])
def test_an_address_of_tiles_that_is_none_stops_the_start(wrong: str) -> None:
    with pytest.raises(ValueError, match="MAP_TILES"):
        tiles.hosts(wrong)
