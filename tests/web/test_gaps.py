"""Coordinators see what does not meet in their own area, everybody only coarse numbers."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.test import Client
from django.utils import timezone

from organisations.models import Activity, Town
from tests.factories import (
    ActivityFactory,
    DeskMembershipFactory,
    DistrictFactory,
    NeedFactory,
    OfferFactory,
    SupportDeskFactory,
    TownFactory,
    VolunteerFactory,
)
from tests.web.conftest import said, send, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity() -> Activity:
    made: Activity = ActivityFactory(ja="朝の体操")
    return made


def town_with_wishes(activity: Activity, people: int) -> Town:
    town: Town = TownFactory(district=DistrictFactory())
    for _each in range(people):
        VolunteerFactory(town=town).interests.add(activity)
    return town


def test_a_coordinator_sees_the_wishes_of_the_own_area_alone_and_what_to_do_next(activity: Activity) -> None:
    here, there = town_with_wishes(activity, 2), town_with_wishes(activity, 3)
    page = said(signed_in(DeskMembershipFactory(desk=SupportDeskFactory(towns=[here])).user).get("/console/gaps/"))
    assert str(here.district) in page
    assert str(there.district) not in page
    assert "朝の体操" in page
    assert "/console/needs/new/" in page


def test_everybody_sees_no_number_below_five(activity: Activity) -> None:
    few, many = town_with_wishes(activity, 3), town_with_wishes(activity, 30)
    page = said(Client().get("/gaps/"))
    assert [str(one.district) for one in (few, many) if f">{one.district}</caption>" in page] == [str(many.district)]
    assert page.count('<th scope="col">') == 2  # the field and its wishes: a column of nothing is left out


def test_where_nothing_can_be_told_there_is_a_next_step() -> None:
    assert "/needs/" in said(Client().get("/gaps/"))


def test_anybody_may_print_the_sheet_of_a_district_and_finds_the_way_to_it() -> None:
    district = DistrictFactory()
    path = f"/gaps/{district.pk}/meeting.pdf"
    assert path in said(Client().get("/gaps/"))
    answer = Client().get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF")
    assert Client().get("/gaps/999999/meeting.pdf").status_code == 404


def test_what_cannot_be_printed_is_named() -> None:
    answer = Client().get(f"/gaps/{DistrictFactory(name='𠮷野地区').pk}/meeting.pdf")
    assert "「𠮷」の文字は、この書類では表せません" in said(answer, 409)


def test_a_need_begins_with_the_activity_and_the_district_of_its_row(activity: Activity) -> None:
    here = town_with_wishes(activity, 1)
    client = signed_in(DeskMembershipFactory(desk=SupportDeskFactory(towns=[here])).user)
    path = f"/console/needs/new/?activity={activity.code}&amp;district={here.district_id}"
    assert path in said(client.get("/console/gaps/"))
    page = said(client.get(path.replace("&amp;", "&")))
    assert f'<option value="{here.district_id}" selected>' in page
    ticks = [line for line in page.split("<input") if f'name="activities" value="{activity.pk}"' in line]
    assert len(ticks) == 1
    assert "checked" in ticks[0].split(">")[0]
    assert "checked" not in said(client.get("/console/needs/new/?activity=no%00such&district=x"))


def test_a_need_of_ones_desk_leads_to_whom_one_could_ask(activity: Activity) -> None:
    here = town_with_wishes(ActivityFactory(), 1)
    desk = SupportDeskFactory(towns=[here])
    own, others = NeedFactory(desk=desk, town=here), NeedFactory(town=here)
    for need in (own, others):
        need.activities.set([activity])
    offer = OfferFactory(town=here)
    offer.activities.set([activity])
    page = said(signed_in(DeskMembershipFactory(desk=desk).user).get("/console/gaps/"))
    assert f"/console/needs/{own.pk}/hosts/" in page
    assert f"/console/needs/{others.pk}/hosts/" not in page
    assert f"/console/offers/{offer.pk}/propose/" in page


def test_a_wish_alone_leads_through_a_need_to_the_groups_one_could_ask(activity: Activity) -> None:
    here = town_with_wishes(activity, 1)
    desk = SupportDeskFactory(towns=[here])
    client = signed_in(DeskMembershipFactory(desk=desk).user)
    begin = f"/console/needs/new/?activity={activity.code}&district={here.district_id}&then=hosts"
    assert begin.replace("&", "&amp;") in said(client.get("/console/gaps/"))
    until = timezone.localdate() + dt.timedelta(days=30)
    where = {"desk": desk.pk, "district": here.district_id, "activities": [activity.pk]}
    answers = {
        **where,
        "title": "体操の会をひらく方",
        "summary": "公園で、朝に。",
        "helps": ["people"],
        "people": 2,
        "wanted_until": until,
    }
    publish = send(client, begin, **answers)
    assert publish.url.endswith("/publish/?then=hosts")
    hosts = send(client, publish.url)
    assert hosts.url.endswith("/hosts/")


def test_districts_are_folded_but_for_the_one_that_lacks_most(activity: Activity) -> None:
    few, many = town_with_wishes(activity, 1), town_with_wishes(activity, 4)
    page = said(signed_in(DeskMembershipFactory(desk=SupportDeskFactory(towns=[few, many])).user).get("/console/gaps/"))
    folded = {
        one.split('"')[1]: " open" in one.split(">")[0] for one in page.split("<details ")[1:] if "district-" in one
    }
    assert folded == {f"district-{few.district_id}": False, f"district-{many.district_id}": True}


def test_the_map_draws_a_district_in_the_middle_of_its_towns_and_leads_into_the_list(activity: Activity) -> None:
    district = DistrictFactory()
    towns = [TownFactory(district=district, lat=lat, lng=139.5) for lat in (35.4, 35.6)]
    VolunteerFactory(town=towns[0]).interests.add(activity)
    page = said(signed_in(DeskMembershipFactory(desk=SupportDeskFactory(towns=towns)).user).get("/console/gaps/"))
    drawn = json.loads(page.split('id="drawing" type="application/json">')[1].split("</script>")[0])
    (spot,) = drawn["spots"]
    assert (spot["name"], round(spot["lat"], 6)) == (district.name, 35.5)
    (line,) = spot["roles"]
    assert line["title"] == "行ける募集がない方(のべ) 1"
    assert f'id="{line["url"].removeprefix("#")}"' in page
