"""A company's team on its pages: ten people, a Saturday morning, two hours."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from organisations.models import Hold, Organisation, Slot, Team
from organisations.models.organisation import Approval
from tests.factories import (
    NOW,
    AttendanceFactory,
    MembershipFactory,
    OrganisationFactory,
    QualificationFactory,
    SlotFactory,
    TeamFactory,
    at,
)
from tests.web.conftest import said, send, signed_in
from volunteers.services.teams import team_places


@pytest.fixture
def company() -> Organisation:
    made: Organisation = OrganisationFactory(name="さくら製作所", kind="company")
    return made


@pytest.fixture
def host(company: Organisation) -> Client:
    return signed_in(MembershipFactory(organisation=company).user)


@pytest.fixture
def slot() -> Slot:
    made: Slot = SlotFactory(capacity=12, role__takes_groups=True, role__title="公園の草取り")
    return made


def hold(company: Organisation, slot: Slot, places: int = 3) -> Hold:
    team = TeamFactory(organisation=company, size=10)
    return team_places.hold(team=team, slot=slot, places=places, until=at(3, 9), now=NOW, actor=None)


WISHES = {"name": "総務部", "size": "10", "days": "weekend", "part": "am", "hours": "120"}


def test_from_the_wish_to_the_places(host: Client, company: Organisation, slot: Slot) -> None:
    assert f"/organisation/{company.pk}/teams/" in said(host.get(f"/organisation/{company.pk}/"))
    assert "新しいチームを作る" in said(host.get(f"/organisation/{company.pk}/teams/"))
    answer = send(host, f"/organisation/{company.pk}/teams/new/", **WISHES)
    team = Team.objects.get()
    assert (team.size, team.when, team.minutes) == (10, ["sat-am", "sun-am"], 120)
    assert answer["Location"] == f"/organisation/teams/{team.pk}/"
    page = said(host.get(answer["Location"]))
    assert "公園の草取り" in page
    assert team.code not in page
    ask = f"/organisation/teams/{team.pk}/slots/{slot.pk}/hold/"
    slot.role.qualifications.add(QualificationFactory(ja="普通自動車免許"))
    asked = said(host.get(ask))
    assert "3月5日" in asked
    assert "必要な資格: 普通自動車免許" in asked
    assert send(host, ask, places="10", until="2027-03-04").status_code == 302
    kept = Hold.objects.get()
    assert (kept.places, kept.held_until) == (10, at(4, 0))
    page = said(host.get(f"/organisation/teams/{team.pk}/"))
    assert team.code in page
    assert "10人分(のこり10人分)" in page
    assert "<dd>3月4日(木)</dd>" in page
    assert "(土曜・日曜・午前)" in page
    again = said(host.get(f"/organisation/{company.pk}/teams/new/?like={team.pk}"))
    assert 'value="総務部"' in again
    assert '<option value="weekend" selected>' in again
    assert "svg" in said(host.get(f"/organisation/teams/{team.pk}/code/"))


@pytest.mark.parametrize(
    ("days", "part", "when"),
    [
        ("", "", []),
        ("weekend", "", ["sat-am", "sat-pm", "sat-eve", "sun-am", "sun-pm", "sun-eve"]),
        ("week", "eve", ["mon-eve", "tue-eve", "wed-eve", "thu-eve", "fri-eve"]),
        ("", "am", ["mon-am", "tue-am", "wed-am", "thu-am", "fri-am", "sat-am", "sun-am"]),
    ],
)
def test_what_is_wished_for(host: Client, company: Organisation, days: str, part: str, when: list[str]) -> None:
    send(host, f"/organisation/{company.pk}/teams/new/", **{**WISHES, "days": days, "part": part, "hours": ""})
    team = Team.objects.get()
    assert (team.when, team.minutes) == (when, None)


def test_mistakes_are_named(host: Client, company: Organisation, slot: Slot) -> None:
    assert "1以上の数字" in said(send(host, f"/organisation/{company.pk}/teams/new/", **{**WISHES, "size": "0"}), 400)
    team = TeamFactory(organisation=company, size=10)
    ask = f"/organisation/teams/{team.pk}/slots/{slot.pk}/hold/"
    assert "日にちは" in said(send(host, ask, places="5", until="あした"), 400)
    assert "1人からチームの人数まで" in said(send(host, ask, places="11", until="2027-03-04"), 409)
    assert "とっておけるのは、3月5日(金)まで" in said(send(host, ask, places="5", until="2027-03-06"), 409)
    assert not Hold.objects.exists()


def test_the_last_day_ends_when_it_must(host: Client, company: Organisation, slot: Slot) -> None:
    team = TeamFactory(organisation=company, size=10)
    send(host, f"/organisation/teams/{team.pk}/slots/{slot.pk}/hold/", places="5", until="2027-03-05")
    assert Hold.objects.get().held_until == at(4, 9)


def test_longer_and_back(host: Client, company: Organisation, slot: Slot) -> None:
    kept = hold(company, slot)
    assert "期限を変える" in said(host.get(f"/organisation/holds/{kept.pk}/"))
    send(host, f"/organisation/holds/{kept.pk}/", until="2027-03-05")
    kept.refresh_from_db()
    assert kept.held_until == at(4, 9)
    assert "のこり3人分" in said(host.get(f"/organisation/holds/{kept.pk}/release/"))
    send(host, f"/organisation/holds/{kept.pk}/release/")
    slot.refresh_from_db()
    assert slot.taken == 0
    assert host.get(f"/organisation/holds/{kept.pk}/").status_code == 404


def test_the_end_of_a_team(host: Client, company: Organisation, slot: Slot) -> None:
    kept = hold(company, slot)
    send(host, f"/organisation/teams/{kept.team_id}/close/")
    slot.refresh_from_db()
    assert slot.taken == 0
    assert "このチームは終わっています" in said(host.get(f"/organisation/teams/{kept.team_id}/"))


def test_where_nothing_has_room_there_is_a_next_step(host: Client, company: Organisation) -> None:
    team = TeamFactory(organisation=company, size=900)
    assert "条件を変えて、チームを作る" in said(host.get(f"/organisation/teams/{team.pk}/"))


def test_before_the_approval_one_hears_why(company: Organisation, host: Client) -> None:
    company.approval = Approval.WAITING
    company.save()
    assert "団体の確認が終わると" in said(host.get(f"/organisation/{company.pk}/teams/"))
    assert "承認されてから" in said(send(host, f"/organisation/{company.pk}/teams/new/", **WISHES), 409)


def test_hours_by_month_name_only_who_agreed(host: Client, company: Organisation, slot: Slot) -> None:
    kept = hold(company, slot)
    for name, is_named in (("花子", True), ("太郎", False)):
        user = {"placement__volunteer__user__name": name, "placement__is_named": is_named}
        AttendanceFactory(placement__slot=slot, placement__hold=kept, **user)
    page = said(host.get(f"/organisation/{company.pk}/teams/"))
    assert "あわせて4時間" in page
    assert "花子" in page
    assert "太郎" not in page
    assert "(2人)" not in page


def test_the_host_sees_how_many_come_from_where(company: Organisation, slot: Slot) -> None:
    hold(company, slot)
    there = signed_in(MembershipFactory(organisation=slot.role.organisation).user)
    assert "さくら製作所のチーム 3人分" in said(there.get(f"/organisation/slots/{slot.pk}/roster/"))


def test_many_teams_and_places_take_few_queries(
    host: Client, company: Organisation, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    team = TeamFactory(organisation=company, size=2)
    for _number in range(12):
        SlotFactory(role__takes_groups=True)
    for _number in range(4):
        team_places.hold(team=team, slot=SlotFactory(), places=1, until=at(3, 9), now=NOW, actor=None)
    with django_assert_max_num_queries(12):
        host.get(f"/organisation/teams/{team.pk}/")
    with django_assert_max_num_queries(12):
        host.get(f"/organisation/{company.pk}/teams/")
