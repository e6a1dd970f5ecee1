from __future__ import annotations

import datetime as dt

import pytest
from django.template import Context, Template
from django.utils.translation import override

from organisations.models import Role, Slot
from tests.factories import SlotFactory, at
from web.templatetags.when import holiday, lasts, next_slot, when

pytestmark = pytest.mark.django_db


def test_a_fixed_slot_says_how_long_it_lasts() -> None:
    slot = SlotFactory(starts_at=at(5, 9), ends_at=at(5, 10, 30))
    assert when(slot) == "3月6日(土) 朝9時"
    assert lasts(slot) == "1時間30分"


def test_a_window_has_said_it_already() -> None:
    assert lasts(SlotFactory(minutes=15)) == ""


def test_the_slot_of_a_card_is_the_one_the_list_goes_by() -> None:
    full, free = SlotFactory(starts_at=at(5, 9)), SlotFactory(starts_at=at(6, 9))
    assert next_slot(_role([full, free], free)) == free
    assert next_slot(_role([full], None)) == full
    assert next_slot(_role([], None)) is None


def _role(coming: list[Slot], goes_by: Slot | None) -> Role:
    role = Role()
    role.coming = coming  # type: ignore[attr-defined]
    role.next_starts_at = goes_by and goes_by.starts_at  # type: ignore[attr-defined]
    return role


def test_every_form_has_a_key_of_its_own() -> None:
    form = Template("{% load once %}{% once %}")
    assert form.render(Context()) != form.render(Context())
    assert 'name="once"' in form.render(Context())


def test_a_holiday_is_named_and_in_other_languages_said_to_be_one() -> None:
    assert holiday(dt.date(2027, 11, 3)) == "文化の日"
    assert holiday(dt.date(2027, 11, 4)) == ""
    with override("en"):
        assert holiday(dt.date(2027, 11, 3)) == "public holiday"
