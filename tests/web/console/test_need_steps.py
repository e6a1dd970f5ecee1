"""What comes after a need, for the coordinators of its desk."""

from __future__ import annotations

from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client

from accounts.models import AuditEntry
from notifications.models import Channel, ContactPoint
from organisations.models import HostingRequest, Need, Role
from organisations.models.need import NeedStatus
from organisations.models.pattern import When
from organisations.models.role import RoleStatus
from organisations.services.taking_up import hosting
from tests.factories import (
    NOW,
    DeskMembershipFactory,
    JuniorFactory,
    NeedFactory,
    OrganisationFactory,
    PledgeFactory,
    RoleFactory,
    SupportDeskFactory,
    TownFactory,
    UserFactory,
    VenueFactory,
    at,
)
from tests.web.conftest import said, send, signed_in

ANSWERS = {"title": "電球の交換", "summary": "電球をかえます。", "capacity": "2"}
SATURDAY = {"day": "2027-03-06", "begins": "9:00", "ends": "12:00", "minutes": "30"}


@pytest.fixture
def need() -> Need:
    town = TownFactory()
    desk = SupportDeskFactory(organisation__town=town)
    made: Need = NeedFactory(title="電球の交換", desk=desk, town=town, when=[When.SAT_AM], minutes=30, people=2)
    return made


@pytest.fixture
def desk(need: Need) -> Client:
    return signed_in(DeskMembershipFactory(desk=need.desk).user)


def looks() -> int:
    return AuditEntry.objects.filter(action="looked_at", detail={"through": "pledge"}).count()


def test_who_would_help_is_read_with_a_line_for_each(desk: Client, need: Need) -> None:
    path = f"/console/needs/{need.pk}/pledges/"
    assert "まだ、どなたもいません" in said(desk.get(path))
    neighbour = PledgeFactory(need=need, volunteer__town=need.town, volunteer__user__name="花子", words="脚立あり")
    ContactPoint.objects.create(user=neighbour.volunteer.user, channel=Channel.CALL_LIST, address="045-000-2005")
    PledgeFactory(need=need, volunteer=JuniorFactory(user__name="みゆ"))
    PledgeFactory(need=need, volunteer__user__name="やめた人", withdrawn_at=at(0, 9))
    page = said(desk.get(path))
    for one in (
        "花子",
        "脚立あり",
        "045-000-2005",
        "みゆ",
        "16歳未満",
        f"/console/people/{neighbour.volunteer_id}/",
    ):
        assert one in page, one
    assert "やめた人" not in page
    assert looks() == 2
    assert desk.head(path).status_code == 200
    assert looks() == 2


def test_other_desks_do_not_read_it(need: Need) -> None:
    other = signed_in(DeskMembershipFactory(desk__towns=[need.town]).user)
    for page in ("pledges", "role", "hosts"):
        assert other.get(f"/console/needs/{need.pk}/{page}/").status_code == 404


def test_a_role_is_proposed_as_the_need_says_and_goes_on_to_be_looked_through(desk: Client, need: Need) -> None:
    path = f"/console/needs/{need.pk}/role/"
    page = said(desk.get(path))
    for one in ('value="電球の交換"', 'value="2027-03-06"', 'value="09:00"', 'value="30"', f"{need.place}のどこか"):
        assert one in page, one
    answer = send(desk, path, **ANSWERS, **SATURDAY, place=f"town:{need.town_id}")
    role = Role.objects.get()
    assert answer["Location"] == f"/console/roles/{role.pk}/"
    assert role.status == RoleStatus.WAITING
    said(desk.get(f"/console/roles/{role.pk}/"))
    assert "もう募集の下書きができています" in said(send(desk, path, **ANSWERS, place=""), 409)


def test_a_venue_of_the_desk_can_be_chosen_and_what_is_not_known_yet_left_open(desk: Client, need: Need) -> None:
    venue = VenueFactory(organisation=need.desk.organisation)
    path = f"/console/needs/{need.pk}/role/"
    answer = send(desk, path, **ANSWERS, place=f"venue:{venue.pk}")
    role = Role.objects.get()
    assert answer["Location"] == f"/organisation/roles/{role.pk}/check/"
    assert (role.status, role.venue) == (RoleStatus.DRAFT, venue)
    said(desk.get(answer["Location"]))


@pytest.mark.parametrize(
    ("wrong", "sentence", "status"),
    [
        ({"day": "2027-03-06"}, "時刻も入れてください", 400),
        ({**SATURDAY, "ends": "8:00"}, "おわりの時刻が、はじまりより前", 409),
        ({**SATURDAY, "day": "2027-02-06"}, "もう過ぎた日時です", 409),
        ({"place": "venue:0"}, "一覧からえらんでください", 400),
        ({"title": ""}, "ここを書いてください", 400),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_made(
    desk: Client, need: Need, wrong: dict[str, Any], sentence: str, status: int
) -> None:
    assert sentence in said(send(desk, f"/console/needs/{need.pk}/role/", **{**ANSWERS, "place": "", **wrong}), status)
    assert not Role.objects.exists()


def test_a_group_is_looked_for_and_asked(desk: Client, need: Need) -> None:
    group = OrganisationFactory(name="電気の会")
    path = f"/console/needs/{need.pk}/hosts/"
    assert "電気の会" in said(desk.get(path))
    assert "お願いできる団体が見つかりません" in said(desk.get(path, {"words": "ない名前"}))
    assert send(desk, path, organisation=group.pk)["Location"] == path
    assert HostingRequest.objects.get().organisation == group
    page = said(desk.get(path))
    assert "返事を待っています" in page
    assert "もうお願いしています" in said(send(desk, path, organisation=group.pk), 409)
    assert "一覧からえらんでください" in said(send(desk, path, organisation="0"), 400)
    hosting.decline(request=HostingRequest.objects.get(), now=NOW, actor=UserFactory(), why_not="time")
    assert "もう一度お願いする" in said(desk.get(path))
    send(desk, path, organisation=group.pk)
    assert "返事を待っています" in said(desk.get(path))


def test_small_needs_near_each_other_become_one_role_with_one_time(desk: Client, need: Need) -> None:
    assert "いま、まとめられるものはありません" in said(desk.get("/console/visits/"))
    other = NeedFactory(desk=need.desk, town=need.town, minutes=15, title="ゴミ出し")
    page = said(desk.get("/console/visits/"))
    path = f"/console/visits/new/?need={need.pk}&need={other.pk}"
    assert path.replace("&", "&amp;") in page
    assert "2か所、歩く時間も入れて1時間くらい" in page
    form = said(desk.get(path))
    assert 'value="10:00"' in form
    answer = send(desk, path, **ANSWERS, **{**SATURDAY, "minutes": ""}, place=f"town:{need.town_id}")
    role = Role.objects.get()
    assert answer["Location"] == f"/console/roles/{role.pk}/"
    assert set(role.needs.all()) == {need, other}
    assert role.slots.count() == 1
    again = said(desk.get(f"/console/needs/{NeedFactory(desk=need.desk, town=need.town).pk}/role/"))
    assert again.count(f"{need.place}のどこか") == 1
    assert f"{role.venue}" not in again
    assert "いま、まとめられるものはありません" in said(desk.get("/console/visits/"))


def test_a_visit_of_one_or_of_others_needs_is_none(desk: Client, need: Need) -> None:
    others = NeedFactory(town=need.town)
    for query in ("", f"?need={need.pk}", f"?need={need.pk}&need={others.pk}", "?need=x&need=٣&need=" + "9" * 30):
        assert desk.get(f"/console/visits/new/{query}")["Location"] == "/console/visits/", query


def test_the_steps_say_what_there_is_to_do_next(need: Need) -> None:
    def steps() -> str:
        return render_to_string("console/parts/need_steps.html", {"need": need})

    assert f"/console/needs/{need.pk}/role/" in steps()
    assert f"/console/needs/{need.pk}/hosts/" in steps()
    PledgeFactory(need=need)
    assert "(1人)" in steps()
    need.role = RoleFactory(status=RoleStatus.DRAFT)
    assert f"/console/roles/{need.role.pk}/" in steps()
    need.status = NeedStatus.TAKEN_UP
    assert f"/roles/{need.role.pk}/" in steps()
    need.status = NeedStatus.DRAFT
    need.role = None
    assert "/console/needs/" not in steps()
