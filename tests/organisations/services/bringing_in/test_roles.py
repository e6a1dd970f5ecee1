from __future__ import annotations

import pytest

from accounts.models import User
from organisations.models import Organisation, Role, Town
from organisations.models.role import RoleStatus
from organisations.services import search
from organisations.services.bringing_in import roles
from tests.factories import (
    NOW,
    ActivityFactory,
    OrganisationFactory,
    RoleFactory,
    SkillFactory,
    SlotFactory,
    VenueFactory,
    at,
)
from tests.organisations.services.bringing_in.sheets import sheet


@pytest.fixture
def club(home: Town) -> Organisation:
    ActivityFactory(ja="花の世話")
    ActivityFactory(ja="公園の草取り")
    SkillFactory(ja="写真")
    organisation: Organisation = OrganisationFactory(name="花とみどりの会", town=home)
    return organisation


WATERING = {
    "団体": "花とみどりの会",
    "募集の名前": "花だんの水やり",
    "すること": "駅前の花に水をやります。",
    "活動分野": "花の世話、公園の草取り",
    "会場": "駅前広場",
    "会場の町": "鶴ケ峰本町1丁目",
    "日にち": "令和9年3月6日",
    "はじまり": "9:00",
    "おわり": "10:30",
    "人数": "3人",
}
AGAIN = {key: WATERING[key] for key in ("団体", "募集の名前", "はじまり", "おわり", "人数")} | {"日にち": "2027/3/13"}


def planned(coordinator: User, *lines: dict[str, str]):
    return roles.plan(table=sheet(*lines), user=coordinator, now=NOW)


def brought(coordinator: User, *lines: dict[str, str]):
    plan = planned(coordinator, *lines)
    assert plan.faults == []
    roles.write(fine=plan.fine, now=NOW, actor=coordinator)
    return plan


def test_the_lines_of_one_name_become_one_role_with_its_times(coordinator: User, club: Organisation):
    brought(coordinator, {**WATERING, "得意なこと": "", "あるとうれしい得意なこと": "写真"}, AGAIN)
    role = Role.objects.get()
    assert (role.status, role.submitted_at, role.title) == (RoleStatus.WAITING, NOW, "花だんの水やり")
    assert [one.activity.ja for one in role.role_activities.all()] == ["花の世話", "公園の草取り"]
    assert [skill.ja for skill in role.skills.all()] == ["写真"]
    assert [(slot.starts_at, slot.ends_at, slot.capacity) for slot in role.slots.all()] == [
        (at(5, 9), at(5, 10, 30), 3),
        (at(12, 9), at(12, 10, 30), 3),
    ]
    assert role.venue is not None
    assert (role.venue.name, role.venue.organisation, role.venue.lat) == ("駅前広場", club, role.venue.town.lat)


def test_a_role_that_was_brought_in_is_found_by_its_words_once_it_is_open(coordinator: User, club: Organisation):
    brought(coordinator, WATERING)
    Role.objects.update(status=RoleStatus.OPEN, published_at=NOW)
    assert search.find(now=NOW, text="駅前広場 水やり").count() == 1


def test_a_venue_that_is_there_is_used_and_a_new_one_is_made_once(coordinator: User, club: Organisation):
    there = VenueFactory(organisation=club, name="つるがみね 集会所")
    brought(
        coordinator,
        {**WATERING, "募集の名前": "A", "会場": "つるがみね　集会所", "会場の町": ""},
        {**WATERING, "募集の名前": "B"},
        {**WATERING, "募集の名前": "C"},
    )
    assert Role.objects.get(title="A").venue == there
    assert club.venues.count() == 2


def test_a_new_time_of_a_role_that_is_there_is_added_to_it(coordinator: User, club: Organisation):
    role = RoleFactory(organisation=club, title="花だんの水やり")
    SlotFactory(role=role, starts_at=at(5, 9), ends_at=at(5, 10, 30))
    plan = planned(coordinator, WATERING, AGAIN)
    assert ([one.number for one in plan.known], [one.number for one in plan.fine]) == ([2], [3])
    roles.write(fine=plan.fine, now=NOW, actor=coordinator)
    assert role.slots.count() == 2
    assert Role.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "column", "said"),
    [
        ({"団体": "知らない会"}, "団体", "見つかりません"),
        ({"すること": ""}, "すること", "はじめの行"),
        ({"活動分野": ""}, "活動分野", "はじめの行"),
        ({"会場の町": ""}, "会場の町", "町を書いて"),
        ({"会場": "", "会場の町": ""}, "", "会場をえらんで"),
        ({"日にち": "2027/2/1"}, "はじまり", "過ぎた"),
        ({"おわり": "8:00"}, "はじまり", "おわりの時刻"),
        ({"人数": "0"}, "はじまり", "1人から1000人"),
        ({"人数": "何人でも"}, "人数", "数字"),
        ({"何歳から": "30", "何歳まで": "20"}, "", "年齢"),
        ({"保険": "たぶん"}, "保険", "見つかりません"),
        ({"募集の名前": "あ" * 81}, "募集の名前", "80文字"),
    ],
)
def test_what_is_wrong_is_said_beside_its_row(coordinator: User, club: Organisation, change, column, said):
    (fault,) = planned(coordinator, {**WATERING, **change}).faults
    assert (fault.row, fault.column) == (2, column)
    assert said in fault.sentence


def test_lines_of_one_role_must_not_contradict_each_other(coordinator: User, club: Organisation):
    plan = planned(coordinator, WATERING, {**AGAIN, "すること": "別のこと"}, {**AGAIN, "日にち": "2027/3/6"})
    assert [(fault.row, fault.column) for fault in plan.faults] == [(3, "すること"), (4, "日にち")]


def test_organisations_of_other_areas_are_not_there(coordinator: User, club: Organisation):
    OrganisationFactory(name="遠くの会")
    (fault,) = planned(coordinator, {**WATERING, "団体": "遠くの会"}).faults
    assert fault.column == "団体"


def test_what_is_half_written_stays_with_its_organisation(coordinator: User, club: Organisation):
    SlotFactory(role=RoleFactory(organisation=club, status=RoleStatus.DRAFT, summary="", venue=None))
    assert list(roles.rows(coordinator, NOW)) == []
    brought(coordinator, WATERING)
    names = [column.name for column in roles.columns(coordinator)]
    [row] = [["" if cell is None else str(cell) for cell in row] for row in roles.rows(coordinator, NOW)]
    Role.objects.all().delete()
    assert planned(coordinator, dict(zip(names, row, strict=True))).faults == []


def test_what_is_taken_away_can_be_brought_in_again_and_changes_nothing(coordinator: User, club: Organisation):
    window = {
        **WATERING,
        "募集の名前": "声かけ",
        "おわりの日": "2027/3/8",
        "このうち何分": "30",
        "家からできる": "はい",
    }
    brought(coordinator, {**WATERING, "体力": "力仕事", "何歳から": "15"}, AGAIN, window)
    Role.objects.update(status=RoleStatus.OPEN, published_at=NOW)
    names = [column.name for column in roles.columns(coordinator)]
    rows = [
        dict(zip(names, ("" if cell is None else str(cell) for cell in row), strict=True))
        for row in roles.rows(coordinator, NOW)
    ]
    assert len(rows) == 3
    plan = planned(coordinator, *rows)
    assert (plan.fine, len(plan.known), plan.faults) == ([], 3, [])
    before = [list(row.values()) for row in rows]
    Role.objects.all().delete()
    brought(coordinator, *rows)
    assert [["" if cell is None else str(cell) for cell in row] for row in roles.rows(coordinator, NOW)] == before
