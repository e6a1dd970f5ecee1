from __future__ import annotations

from typing import Any

import pytest
from django import forms

from tests.factories import TownFactory
from web.fields import DayField, TextField, TownChoices, TownField, kana_row


@pytest.mark.parametrize(
    ("kana", "row"),
    [
        ("あさひ", "あ"),
        ("ぐみょう", "か"),
        ("ズーム", "さ"),
        ("ぱん", "は"),
        ("わかば", "わ"),
        ("", "…"),
        ("A", "…"),
    ],
)
def test_rows_of_the_kana_table(kana: str, row: str) -> None:
    assert kana_row(kana) == row


@pytest.mark.django_db
def test_towns_stand_under_their_row() -> None:
    TownFactory(name="若葉台", kana="わかばだい")
    TownFactory(name="今宿", kana="いまじゅく")
    TownFactory(name="川井", kana="かわい")
    choices: list[Any] = list(TownChoices(TownField(empty_label="えらぶ")))
    assert choices[0] == ("", "えらぶ")
    assert [row for row, _towns in choices[1:]] == ["あ", "か", "わ"]


@pytest.mark.parametrize("text", ["a\x00b", "a\ufffdb", chr(0xD800)])
def test_unreadable_text_is_refused(text: str) -> None:
    with pytest.raises(forms.ValidationError, match="読めない文字"):
        TextField().clean(text)


def test_too_long_says_how_much() -> None:
    with pytest.raises(forms.ValidationError, match=r"3文字まで.*いまは5文字"):
        TextField(max_length=3).clean("あいうえお")


@pytest.mark.parametrize("typed", ["2026-12-01", "2026/12/1", "２０２６-１２-０１", "2026年12月1日"])
def test_days_as_people_type_them(typed: str) -> None:
    assert str(DayField().clean(typed)) == "2026-12-01"
