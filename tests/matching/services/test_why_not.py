"""Everybody may ask why something was not suggested to them."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from matching.services import why_not
from organisations.models import Role
from tests.factories import NOW, JuniorFactory, at
from tests.matching import rows
from volunteers.services import availability

pytestmark = pytest.mark.django_db


def test_each_condition_has_its_sentence() -> None:
    junior = JuniorFactory(guardian=None, town=rows.a_town())
    role = rows.role(min_age=15)
    availability.set_weekly(volunteer=junior, weekly=[0] * 7, now=NOW, actor=None)
    assert why_not.explain(volunteer=junior, role=role, now=NOW) == [
        "15歳からの活動です。",
        "18歳になるまでは、保護者の方の同意が必要です。",
        "空いている時間に合う日時がありません。",
    ]


def test_a_role_that_is_closed() -> None:
    role = rows.role(status="closed")
    assert why_not.explain(volunteer=rows.person(), role=role, now=NOW) == ["いまは受け付けていません。"]


def test_where_nothing_is_in_the_way() -> None:
    gardening = rows.gardening()
    volunteer, liked, other = rows.person(gardening), rows.role(gardening), _reading()
    rows.run_once()
    (in_the_list,) = why_not.explain(volunteer=volunteer, role=liked, now=NOW)
    (not_in_it,) = why_not.explain(volunteer=volunteer, role=other, now=NOW)
    assert "候補に入っています" in in_the_list
    assert in_the_list != not_in_it


def _reading() -> Role:
    return rows.role(title="本の整理", summary="図書室の棚を整えます。", starts_at=at(6, 9))


def test_the_language_of_the_page_is_kept() -> None:
    role = rows.role(max_age=30)
    with override("en"):
        (sentence,) = why_not.explain(volunteer=rows.person(), role=role, now=NOW)
    assert "30" in sentence
