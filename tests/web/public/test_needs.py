"""What the neighbourhoods need, for everybody: a list, a map, one need; never a worry."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from organisations.models import Need
from organisations.models.need import NeedStatus
from organisations.models.offer import Help
from organisations.models.pattern import When
from organisations.services.needs import finding
from tests.factories import (
    NOW,
    ActivityFactory,
    NeedFactory,
    PledgeFactory,
    RoleFactory,
    SkillFactory,
    TownFactory,
    VolunteerFactory,
)
from tests.web.conftest import signed_in
from tests.web.public.test_map import drawing
from tests.web.public.test_views import text

NEEDS, MAP = "/needs/", "/needs/map/"


def need(title: str, **fields: object) -> Need:
    made: Need = NeedFactory(title=title, **fields)
    finding.index(needs=Need.objects.filter(pk=made.pk))
    return made


def test_home_and_the_list_of_roles_lead_to_needs(client: Client) -> None:
    assert 'href="/needs/"' in text(client, "/")
    assert 'href="/needs/"' in text(client, "/roles/")


def test_each_answer_of_the_form_is_in_the_address(client: Client) -> None:
    here = TownFactory()
    field = ActivityFactory(code="green")
    need("庭の草取り", town=here, activities=[field], wanted_until=dt.date(2027, 3, 20))
    need("部屋を貸してほしい", helps=[Help.ROOM])
    for asked in (
        {"words": "草取り"},
        {"town": here.pk},
        {"activity": "green"},
        {"helps": "people"},
        {"until": "2027-03-20"},
    ):
        page = text(client, NEEDS, **asked)
        assert "庭の草取り" in page, asked
        assert "部屋を貸してほしい" not in page, asked
    assert "見本ケアプラザ" in text(client, NEEDS, status=400, helps="x")


def test_a_need_says_where_when_what_and_whom_to_ask(client: Client) -> None:
    made = NeedFactory(
        when=[When.SAT_AM, When.SUN_AM],
        minutes=45,
        people=3,
        helps=[Help.PEOPLE, Help.GOODS],
        desk__organisation__phone="045-000-1234",
        activities=[ActivityFactory(ja="花と緑")],
    )
    made.skills.set([SkillFactory(ja="草刈り機が使える")])
    page = text(client, f"{NEEDS}{made.pk}/")
    for said in (
        made.title,
        made.town.name,
        "土曜の午前、日曜の午前",
        "1回45分くらい",
        "人手、物",
        "3人くらい",
        "花と緑",
        "草刈り機が使える",
        "045-000-1234",
        "力になれます",
    ):
        assert said in page, said
    assert f'href="/my/needs/{made.pk}/pledge/"' in page


def test_what_is_over_says_so_and_what_became_a_role_leads_there(client: Client) -> None:
    for over in (
        NeedFactory(status=NeedStatus.CLOSED),
        NeedFactory(wanted_until=NOW.date() - dt.timedelta(days=1)),
    ):
        page = text(client, f"{NEEDS}{over.pk}/")
        assert "終わりました" in page
        assert "/pledge/" not in page
    role = RoleFactory()
    page = text(client, f"{NEEDS}{NeedFactory(status=NeedStatus.TAKEN_UP, role=role).pk}/")
    assert f'href="/roles/{role.pk}/"' in page
    assert "/pledge/" not in page
    text(client, f"{NEEDS}{NeedFactory(status=NeedStatus.DRAFT).pk}/", status=404)


def test_how_many_would_help_is_never_told_of_few(client: Client) -> None:
    made = NeedFactory()
    PledgeFactory.create_batch(4, need=made)
    assert "人以上の方が" not in text(client, f"{NEEDS}{made.pk}/")
    PledgeFactory.create_batch(5, need=made)
    assert "5人以上の方が" in text(client, f"{NEEDS}{made.pk}/")


def test_who_has_said_so_already_is_thanked(client: Client) -> None:
    made, volunteer = NeedFactory(), VolunteerFactory()
    PledgeFactory(need=made, volunteer=volunteer)
    assert "受け取りました" in text(signed_in(volunteer.user), f"{NEEDS}{made.pk}/")
    assert "受け取りました" not in text(client, f"{NEEDS}{made.pk}/")


def test_the_map_draws_towns_with_links_and_says_that_they_are_no_homes(client: Client) -> None:
    made = NeedFactory(town__name="鶴ケ峰本町", wanted_until=dt.date(2027, 3, 20))
    page = text(client, MAP)
    assert drawing(page)["spots"] == [
        {
            "lat": made.town.lat,
            "lng": made.town.lng,
            "name": "鶴ケ峰本町",
            "more": 0,
            "roles": [{"title": made.title, "url": f"/needs/{made.pk}/", "when": "3月20日(土)"}],
        }
    ]
    assert "家の場所ではありません" in page


def test_a_need_without_a_point_is_in_the_list_alone(client: Client) -> None:
    made = NeedFactory(town__lat=None, town__lng=None)
    page = text(client, MAP)
    assert made.title in page
    assert "leaflet" not in page


@pytest.mark.parametrize("path", [NEEDS, MAP])
def test_pages_that_there_are_not_are_not_there(client: Client, path: str) -> None:
    assert client.get(path, {"page": "x"}).status_code == 404
