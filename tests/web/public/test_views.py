from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from organisations.models.organisation import Approval
from organisations.models.role import RoleStatus
from tests.factories import (
    AccessFeatureFactory,
    ActivityFactory,
    OrganisationFactory,
    PlacementFactory,
    ReviewFactory,
    RoleFactory,
    SlotFactory,
    SupportDeskFactory,
    TownFactory,
    VenueFactory,
    VolunteerFactory,
    at,
)
from web.public.looking import weekend

ROLES = "/roles/"
AT_MOST = 12


def text(client: Client, path: str, status: int = 200, **query: Any) -> str:
    response = client.get(path, query)
    assert response.status_code == status, response.content.decode()
    return response.content.decode()


def desk_with_phone() -> str:
    desk = SupportDeskFactory(organisation__phone="045-000-1234")
    return str(desk.organisation.phone)


def test_home_says_what_this_is_and_shows_what_is_next(client: Client) -> None:
    phone = desk_with_phone()
    field = ActivityFactory(ja="花と緑", code="green")
    SlotFactory(role=RoleFactory(title="花だんの水やり", activities=[ActivityFactory(parent=field)]))
    ActivityFactory(ja="だれも募集していないこと")
    page = text(client, "/")
    assert "やりたいこと" in page
    assert "どんなことをしてみたいですか" in page
    assert "だれも募集していないこと" not in page
    assert "地域ニーズ" in page
    assert "花だんの水やり" in page
    assert f"?activity={field.code}" in page
    assert phone in page


def test_home_of_an_empty_ward_still_says_where_to_ask(client: Client) -> None:
    assert "区役所" in text(client, "/")


@pytest.mark.parametrize("count", [1, 15])
def test_lists_take_few_queries_however_long(client: Client, django_assert_max_num_queries: object, count: int) -> None:
    for _ in range(count):
        role = RoleFactory(activities=[ActivityFactory(), ActivityFactory()])
        SlotFactory.create_batch(3, role=role)
    desk_with_phone()
    for path in (ROLES, "/"):
        with django_assert_max_num_queries(AT_MOST):  # type: ignore[operator]
            text(client, path)


def test_role_page_takes_few_queries(client: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    role = RoleFactory(activities=[ActivityFactory()])
    SlotFactory.create_batch(15, role=role)
    client.force_login(VolunteerFactory().user, backend="django.contrib.auth.backends.ModelBackend")
    with django_assert_max_num_queries(14):
        text(client, reverse("public:role", args=[role.pk]))


def test_words_narrow_the_list_and_stay_in_the_form(client: Client) -> None:
    SlotFactory(role__title="花だんの水やり")
    SlotFactory(role__title="パソコン教室")
    page = text(client, ROLES, words="パソコン")
    assert "パソコン教室" in page
    assert "花だんの水やり" not in page
    assert 'value="パソコン"' in page
    assert "1件" in page


def test_town_finds_venues_within_a_walk(client: Client) -> None:
    here = TownFactory()
    far = TownFactory(lat=35.60, lng=139.70)
    SlotFactory(role__title="となりの集会所", role__venue=VenueFactory(town=here))
    SlotFactory(role__title="とおい集会所", role__venue=VenueFactory(town=far))
    page = text(client, ROLES, town=here.pk)
    assert "となりの集会所" in page
    assert "とおい集会所" not in page


def test_days_ways_and_full_ones(client: Client) -> None:
    SlotFactory(role__title="土曜の会")
    SlotFactory(role__title="家でできる会", role__is_online=True, role__venue=None, starts_at=at(20, 9))
    SlotFactory(role__title="いっぱいの会", capacity=1, taken=1, role__status=RoleStatus.FILLED)
    page = text(client, ROLES, from_on="2027-03-05", until_on="2027-03-07")
    assert "土曜の会" in page
    assert "家でできる会" not in page
    assert "家でできる会" in text(client, ROLES, online="yes")
    assert "いっぱいの会" not in text(client, ROLES)
    full = text(client, ROLES, full="on")
    assert "いっぱいの会" in full
    assert "満員です" in full


def test_walks_from_a_town_and_distances_of_older_addresses(client: Client) -> None:
    here = TownFactory()
    SlotFactory(
        role__title="30分の会", role__venue=VenueFactory(town=here, lat=here.lat + 0.0150, lng=here.lng)
    )  # 1.67 km
    for within, is_found in {"0.92": False, "1.84": True, "3.69": True, "0.9": False, "1.8": True, "5.7": True}.items():
        assert ("30分の会" in text(client, ROLES, town=here.pk, within=within)) == is_found
    assert '<option value="1.84" selected>歩いて30分' in text(client, ROLES, town=here.pk, within="1.8")


def test_who_can_take_part_and_when_are_asked_in_the_address(client: Client) -> None:
    steps = AccessFeatureFactory(code="step-free", is_filter=True)
    kids = AccessFeatureFactory(code="kids", is_filter=True)
    SlotFactory(role=RoleFactory(title="段差のない会", access=[steps]))
    SlotFactory(role=RoleFactory(title="子連れの会", access=[steps, kids], min_age=16))
    SlotFactory(role__title="夜の短い会", role__min_age=18, starts_at=at(2, 18), ends_at=at(2, 19))
    SlotFactory(role__title="すぐ終わる会", role__min_age=18, starts_at=at(2, 9), ends_at=at(2, 12), minutes=30)
    found = {
        "access=step-free": {"段差のない会", "子連れの会"},
        "access=step-free&access=kids": {"子連れの会"},
        "junior=on": {"段差のない会"},
        "evening=on": {"夜の短い会"},
        "lasting=60&evening=on": {"夜の短い会"},
        "lasting=30": {"すぐ終わる会"},
        "lasting=15": set(),
    }
    for query, titles in found.items():
        page = text(client, f"{ROLES}?{query}")
        assert {
            title for title in ("段差のない会", "子連れの会", "夜の短い会", "すぐ終わる会") if title in page
        } == titles
        assert "<details open>" in page
    assert 'value="kids" id="id_access_0" checked' in text(client, f"{ROLES}?access=step-free&access=kids")


def test_only_marked_features_can_be_asked_for(client: Client) -> None:
    AccessFeatureFactory(code="quiet")
    assert "一覧からえらんでください" in text(client, ROLES, status=400, access="quiet")


def test_ready_questions_are_added_to_the_question_and_taken_back(client: Client) -> None:
    page = text(client, ROLES, words="花", page=1)
    assert 'href="/roles/?words=%E8%8A%B1&amp;from_on=2027-03-06&amp;until_on=2027-03-07#answer"' in page
    assert 'href="/roles/?words=%E8%8A%B1&amp;lasting=60#answer"' in page
    page = text(client, ROLES, words="花", lasting="60")
    assert 'href="/roles/?words=%E8%8A%B1#answer" aria-current="true">1時間以内' in page


@pytest.mark.parametrize(("today", "first", "last"), [(1, 6, 7), (5, 6, 7), (6, 6, 7), (7, 7, 7), (8, 13, 14)])
def test_this_weekend_is_what_is_left_of_it(today: int, first: int, last: int) -> None:
    assert weekend(dt.date(2027, 3, today)) == (dt.date(2027, 3, first), dt.date(2027, 3, last))


def test_an_activity_includes_what_is_under_it(client: Client) -> None:
    green = ActivityFactory(code="green")
    SlotFactory(role=RoleFactory(title="水やり", activities=[ActivityFactory(parent=green)]))
    SlotFactory(role__title="教室")
    page = text(client, ROLES, activity="green")
    assert "水やり" in page
    assert "教室" not in page


def test_an_empty_result_says_what_to_do_next_and_whom_to_call(client: Client) -> None:
    phone = desk_with_phone()
    page = text(client, ROLES, words="見つからないことば")
    assert "合う募集は見つかりませんでした" in page
    assert "すべての募集を見る" in page
    assert phone in page


def test_pages_keep_the_question(client: Client) -> None:
    for _ in range(13):
        SlotFactory(role__title="花の会", role__venue=None, role__is_online=True)
    page = text(client, ROLES, words="花")
    assert "13件" in page
    assert "page=2" in page
    second = text(client, ROLES, words="花", page=2)
    assert "2ページ中 2ページ目" in second
    assert "page=1" in second


@pytest.mark.parametrize("number", ["0x", "-1", "９", "99999999999999999999", ""])
def test_a_page_number_that_is_none_is_not_there(client: Client, number: str) -> None:
    SlotFactory()
    assert client.get(ROLES, {"page": number}).status_code == 404


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ({"words": "あ\x00い"}, "読めない文字"),
        ({"words": "あ" * 101}, "100文字まで"),
        ({"town": "99999999999999999999999"}, "その町は見つかりませんでした"),
        ({"town": "鶴ケ峰"}, "その町は見つかりませんでした"),
        ({"activity": "no-such"}, "その活動分野は見つかりませんでした"),
        ({"from_on": "きのう"}, "日にちは"),
        ({"from_on": "2027-03-09", "until_on": "2027-03-08"}, "後の日にしてください"),
        ({"within": "1e400"}, "一覧からえらんでください"),
        ({"online": "maybe"}, "一覧からえらんでください"),
    ],
)
def test_bad_questions_are_named_kept_and_answered_with_a_desk(
    client: Client, query: dict[str, str], says: str
) -> None:
    phone = desk_with_phone()
    page = text(client, ROLES, status=400, **query)
    assert says in page
    assert phone in page


def test_half_a_character_is_named(client: Client) -> None:
    response = client.get(ROLES + "?words=%ED%A0%80")
    assert response.status_code == 400
    assert "読めない文字" in response.content.decode()


def test_a_town_without_a_point_is_named(client: Client) -> None:
    town = TownFactory(lat=None, lng=None)
    page = text(client, ROLES, status=400, town=town.pk)
    assert f'value="{town.pk}" selected' in page


def test_role_page_answers_what_people_ask(client: Client) -> None:
    desk = desk_with_phone()
    role = RoleFactory(
        title="水やり", cost="無料", bring="軍手", rain_rule="雨なら中止", min_age=12, insurance="civic", activities=[]
    )
    SlotFactory(role=role, capacity=3, taken=1)
    page = text(client, f"/roles/{role.pk}/")
    for said in ("3月6日(土) 朝9時", "2時間", "あと2人", "無料", "市民活動保険", "軍手", "雨なら中止", "12歳から"):
        assert said in page
    assert role.organisation.name in page
    assert "承認した団体" in page
    assert "サインインして参加する" in page
    assert desk in page


def test_role_page_says_which_slot_is_whose(client: Client) -> None:
    placement = PlacementFactory()
    role = placement.slot.role
    SlotFactory(role=role, capacity=1, taken=1, starts_at=at(6, 9))
    SlotFactory(role=role, cancelled_at=at(0, 9), starts_at=at(7, 9))
    client.force_login(placement.volunteer.user, backend="django.contrib.auth.backends.ModelBackend")
    page = text(client, f"/roles/{role.pk}/")
    assert "参加が決まっています" in page
    assert "満員です" in page
    assert "中止になりました" in page
    assert "この日に参加する" not in page


def test_hidden_roles_answer_as_if_they_did_not_exist(client: Client) -> None:
    draft = RoleFactory(status=RoleStatus.DRAFT)
    waiting = RoleFactory(organisation=OrganisationFactory(approval=Approval.WAITING))
    for number in (draft.pk, waiting.pk, 10**9):
        assert "ページが見つかりません" in text(client, f"/roles/{number}/", status=404)


def test_desks_by_town(client: Client) -> None:
    town = TownFactory()
    SupportDeskFactory(organisation__phone="045-000-7777", towns=[town])
    SupportDeskFactory(organisation__phone="045-000-8888", towns=[])
    page = text(client, "/desks/", town=town.pk)
    assert "045-000-7777" in page
    assert "045-000-8888" not in page
    assert "めやす" in page
    assert "その町は見つかりませんでした" in text(client, "/desks/", status=400, town="x")


def test_the_page_speaks_english_when_asked(client: Client) -> None:
    SlotFactory(role__title="水やり", role__title_en="Watering flowers")
    response = client.post("/language/setlang/", {"language": "en", "next": ROLES})
    assert response.status_code == 302
    page = text(client, ROLES)
    assert '<html lang="en">' in page
    assert "Watering flowers" in page


def test_pages_are_light_and_carry_no_script_or_style(client: Client) -> None:
    for day in range(20):
        SlotFactory(starts_at=at(day + 1, 9) + dt.timedelta(minutes=day))
    page = text(client, ROLES)
    assert len(page) < 60_000
    assert "<script" not in page
    assert "style=" not in page


def test_a_role_that_rests_says_kindly_that_it_will_go_on(client: Client) -> None:
    role = SlotFactory(role__status=RoleStatus.RESTING, role__title="水やりの会").role
    page = text(client, f"/roles/{role.pk}/")
    assert "返事がすむと、また参加できるようになります" in page
    assert "受付をお休みしています" in page
    assert "受付は終わりました" not in page
    assert "水やりの会" not in text(client, ROLES)


def test_a_role_says_which_desk_looked_at_it_and_what_there_is_on_the_day() -> None:
    role = RoleFactory(contact="045-000-0000(山田)", venue__toilets="1階に多目的トイレ")
    ReviewFactory(role=role, desk__organisation__name="ひなた地域ケアプラザ", by__name="佐藤コーディネーター")
    page = Client().get(f"/roles/{role.pk}/").content.decode()
    assert "2027年3月1日にひなた地域ケアプラザが確かめました" in page
    assert "佐藤コーディネーター" not in page
    assert "045-000-0000(山田)" in page
    assert "1階に多目的トイレ" in page
