"""The venue of a role: a new one, what it is called, and its pin."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from organisations.models import Organisation, Role, Venue
from organisations.models.place import FoundBy
from organisations.services.roles import writing
from tests.factories import NOW, MembershipFactory, RoleFactory, TownFactory, VenueFactory
from tests.web.conftest import said, send, signed_in


@pytest.fixture
def organisation() -> Organisation:
    made: Organisation = MembershipFactory().organisation
    return made


@pytest.fixture
def host(organisation: Organisation) -> Client:
    return signed_in(organisation.memberships.get().user)


@pytest.fixture
def draft(organisation: Organisation) -> Role:
    return writing.draft(organisation=organisation, title="花だん", now=NOW, actor=None)


def where(role: Role, name: str = "") -> str:
    return f"/organisation/roles/{role.pk}/where/{name}"


def test_a_place_is_found_by_its_address(host: Client, draft: Role) -> None:
    town = TownFactory(name="白根一丁目", lat=35.48, lng=139.56)
    answers = {"name": "地区センター", "address": "横浜市旭区白根1丁目4-12", "toilets": "1階にあります"}
    assert send(host, where(draft, "new/"), **answers)["Location"] == where(draft, "pin/")
    draft.refresh_from_db()
    venue = Venue.objects.get()
    assert draft.venue == venue
    assert (venue.town, venue.address, venue.lat, venue.found_by) == (town, "4-12", 35.48, FoundBy.ADDRESS)
    assert venue.toilets == "1階にあります"
    assert "白根一丁目のまん中です" in said(host.get(where(draft, "pin/")))


def test_or_by_its_town_alone(host: Client, draft: Role) -> None:
    town = TownFactory()
    assert send(host, where(draft, "new/"), name="集会所", town=town.pk).status_code == 302
    assert (Venue.objects.get().lat, Venue.objects.get().found_by) == (town.lat, FoundBy.TOWN)


@pytest.mark.parametrize(
    ("answers", "status", "says"),
    [
        ({"address": "どこか"}, 409, "この住所は見つかりませんでした"),
        ({}, 400, "住所を入れるか、町をえらんでください"),
        ({"address": "どこか", "name": ""}, 400, "ここを書いてください"),
    ],
)
def test_what_is_not_found_names_the_next_step(
    host: Client, draft: Role, answers: dict[str, str], status: int, says: str
) -> None:
    page = said(send(host, where(draft, "new/"), **{"name": "集会所", **answers}), status)
    assert says in page
    assert not Venue.objects.exists()


def test_a_town_without_a_point_and_a_name_that_is_there_are_said_beside_the_question(
    host: Client, draft: Role
) -> None:
    nowhere, kept = TownFactory(lat=None, lng=None), VenueFactory(organisation=draft.organisation)
    said(send(host, where(draft, "new/"), name="集会所", town=nowhere.pk), 409)
    page = said(send(host, where(draft, "new/"), name=kept.name, town=kept.town_id), 409)
    assert "同じ名前の会場がもうあります" in page


@pytest.mark.parametrize(("move", "says"), [("north50", "北へ50m"), ("west200", "西へ200m"), ("south200", "南へ200m")])
def test_the_pin_is_moved_by_buttons(host: Client, organisation: Organisation, move: str, says: str) -> None:
    role = RoleFactory(organisation=organisation)
    assert send(host, where(role, "pin/"), move=move)["Location"] == where(role, "pin/")
    page = said(host.get(where(role, "pin/")))
    assert page.count(says) == 2  # on the button, and where it is now
    assert Venue.objects.get().found_by == FoundBy.PIN


def test_the_pin_is_moved_on_the_map(host: Client, organisation: Organisation) -> None:
    role = RoleFactory(organisation=organisation)
    assert send(host, where(role, "pin/"), lat="35.4761", lng="139.5502").status_code == 302
    venue = Venue.objects.get()
    assert (venue.lat, venue.lng) == (35.4761, 139.5502)


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        ({}, 400),
        ({"move": "up"}, 400),
        ({"lat": "35.4"}, 400),
        ({"lat": "x", "lng": "y"}, 400),
        ({"lat": "nan", "lng": "1"}, 400),
        ({"lat": "36", "lng": "139.5"}, 409),
    ],
)
def test_a_pin_that_goes_nowhere_stays(
    host: Client, organisation: Organisation, answers: dict[str, Any], status: int
) -> None:
    role = RoleFactory(organisation=organisation)
    said(send(host, where(role, "pin/"), **answers), status)
    assert Venue.objects.get().lat == role.venue.lat


def test_its_name_and_toilets_are_changed(host: Client, organisation: Organisation) -> None:
    role = RoleFactory(organisation=organisation)
    said(host.get(where(role, "venue/")))
    assert send(host, where(role, "venue/"), name="新しい集会所", toilets="あります")["Location"] == where(role)
    assert Venue.objects.get().toilets == "あります"


def test_what_comes_of_it_is_said_beforehand(host: Client, organisation: Organisation) -> None:
    role = RoleFactory(organisation=organisation)
    for name in ("pin/", "venue/"):
        assert "場所が変わったことをお知らせします" in said(host.get(where(role, name)))
    Role.objects.update(is_with_children=True)
    for name in ("pin/", "venue/"):
        page = said(host.get(where(role, name)))
        assert "名前と位置は、このままです" in page
        assert "north50" not in page
    assert "新しい会場として" in said(send(host, where(role, "venue/"), name="裏山", toilets=""), 409)
    assert Venue.objects.get().name == role.venue.name


def test_a_role_without_a_venue_has_no_pin(host: Client, draft: Role) -> None:
    for name in ("pin/", "venue/"):
        assert host.get(where(draft, name)).status_code == 404


def test_others_venues_are_not_there(host: Client) -> None:
    other = RoleFactory()
    for name in ("new/", "venue/", "pin/"):
        assert (host.get(where(other, name)).status_code, send(host, where(other, name)).status_code) == (404, 404)
