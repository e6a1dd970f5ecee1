"""Everybody may ask why something was not suggested to them."""

from __future__ import annotations

import pytest
from django.db.models import F
from django.utils.translation import override

from matching.models import Shortlist
from matching.services.explaining import why_not
from matching.services.listing import lists
from organisations.models import Role, Slot
from tests.factories import NOW, JuniorFactory, PlacementFactory, at
from tests.matching import rows
from volunteers.models import Volunteer
from volunteers.services.people import availability

pytestmark = pytest.mark.django_db


def said(volunteer: Volunteer, role: Role) -> list[str]:
    return why_not.explain(volunteer=volunteer, role=Role.objects.get(pk=role.pk), now=NOW)


def test_each_condition_has_its_sentence() -> None:
    junior = JuniorFactory(guardian=None, town=rows.a_town())
    role = rows.role(min_age=15)
    availability.set_weekly(volunteer=junior, weekly=[0] * 7, now=NOW, actor=None)
    assert said(junior, role) == [
        "15歳からの活動です。",
        "18歳になるまでは、保護者の方の同意が必要です。",
        "空いている時間に合う日時がありません。",
    ]


@pytest.mark.parametrize("status", ["closed", "cancelled", "filled"])
def test_a_role_that_is_not_open(status: str) -> None:
    assert said(rows.person(), rows.role(status=status)) == ["いまは受け付けていません。"]


def test_a_role_that_is_not_open_says_what_else_is_in_the_way() -> None:
    role = rows.role(status="closed", min_age=60)
    assert said(rows.person(), role) == ["いまは受け付けていません。", "60歳からの活動です。"]


def test_a_role_that_is_full() -> None:
    role = rows.role()
    Slot.objects.update(taken=F("capacity"))
    assert said(rows.person(), role) == ["人数分の空きがありません。"]


def test_a_role_that_is_over_is_not_called_full() -> None:
    role = rows.role(starts_at=at(-3, 9))
    assert said(rows.person(), role) == ["これからの日にちはありません。"]


def test_a_role_that_is_too_soon_or_far_ahead_is_not_at_the_wrong_time() -> None:
    volunteer = rows.person()
    assert said(volunteer, rows.role(starts_at=at(0, 14))) == [
        "もう始まったか、もうすぐ始まるため、おすすめには間に合いませんでした。"
    ]
    assert said(volunteer, rows.role(starts_at=at(40, 9))) == [
        "まだ先の活動です。日が近づいたら、おすすめの候補になります。"
    ]


def test_what_one_has_joined_already() -> None:
    volunteer, role = rows.person(), rows.role()
    PlacementFactory(volunteer=volunteer, slot=role.slots.get())
    assert "すでに申し込んだか、お返事をいただいた活動です。" in said(volunteer, role)


def test_where_nothing_is_in_the_way_the_place_in_the_list_is_told() -> None:
    gardening = rows.gardening()
    volunteer = rows.person(gardening)
    roles = {rows.role(gardening).pk, rows.role(gardening).pk}
    rows.run_once()
    first, second = rows.listed(volunteer)
    assert {first, second} == roles
    for place, pk in enumerate((first, second), 1):
        told = said(volunteer, Role.objects.get(pk=pk))
        assert told == [f"条件は合っていて、おすすめの候補の{place}番目に入っています。"]


def test_where_nothing_is_in_the_way_but_nobody_would_want_it() -> None:
    volunteer, other = rows.person(), rows.role(rows.gardening())
    rows.run_once()
    assert said(volunteer, other) == ["条件は合っています。ただ、やりたいことと近いところが見つかりませんでした。"]


def test_where_the_list_is_full_of_others() -> None:
    gardening = rows.gardening()
    volunteer, role = rows.person(gardening), rows.role(gardening)
    rows.run_once()
    nearer = {"roles": [0] * lists.TOP, "slots": [0] * lists.TOP, "scores": [1] * lists.TOP, "km": [0] * lists.TOP}
    Shortlist.objects.filter(pk=volunteer.pk).update(**nearer)
    assert said(volunteer, role) == ["条件は合っています。ほかの活動のほうが、やりたいことに近いようでした。"]


def test_what_has_not_been_looked_at_yet_is_not_said_to_be_worse() -> None:
    gardening = rows.gardening()
    volunteer = rows.person(gardening)
    later = "条件は合っています。次におすすめをえらぶときに、候補になります。"
    assert said(volunteer, rows.role(gardening)) == [later]
    rows.run_once()
    assert said(volunteer, rows.role(gardening)) == [later]


def test_the_language_of_the_page_is_kept() -> None:
    role = rows.role(max_age=30)
    with override("en"):
        (sentence,) = said(rows.person(), role)
    assert "30" in sentence
