"""Text is made readable before it is kept, and folded before it is compared."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organisations.models import Organisation, Role
from organisations.services import words


@pytest.mark.parametrize("written", ["鶴ヶ峰", "鶴ケ峰", "鶴が峰", "鶴ヵ峰", "鶴ｹ峰", " 鶴ヶ峰 "], ids=ascii)
def test_one_place_however_it_is_written(written):
    assert words.fold(written) == "鶴ケ峰"


def test_width_case_and_spaces_do_not_matter():
    assert words.fold("ＰＣ　サロン\n  Café") == "pc サロン café"


@given(st.text(st.characters(codec="cp932", exclude_characters="¢£¬‖−〜")))
def test_folding_twice_changes_nothing_more(text):
    once = words.fold(text)
    assert words.fold(once) == once


@pytest.mark.parametrize("text", ["a\x00b", "\ud83d", "\udc00x", "\x1b[0m", "x\x7f"])
def test_characters_that_nobody_can_read_are_refused(text):
    with pytest.raises(words.UnreadableText, match="読み取れない文字"):
        words.readable(text, at_most=10, field="x")


def test_line_ends_become_plain_and_outer_spaces_go():
    assert words.readable(" 一行目\r\n二行目\r三行目\t。 ", at_most=20, field="x") == "一行目\n二行目\n三行目\t。"


def test_five_megabytes_are_refused_at_once_and_say_how_long_is_right():
    began = time.perf_counter()
    with pytest.raises(words.TextTooLong, match="「すること」は2000文字まで"):
        words.checked(Role, {"summary": "あ" * 5_000_000})
    assert time.perf_counter() - began < 0.1


def test_a_length_is_counted_without_outer_spaces():
    assert words.readable(" " + "あ" * 10 + " ", at_most=10, field="x") == "あ" * 10
    with pytest.raises(words.TextTooLong):
        words.readable("あ" * 11, at_most=10, field="x")


@given(st.text(max_size=60))
def test_whatever_is_accepted_can_be_stored(text):
    try:
        kept = words.readable(text, at_most=50, field="x")
    except (words.UnreadableText, words.TextTooLong):
        return
    assert "\x00" not in kept
    assert len(kept.encode()) <= 200  # no lone surrogate: it has bytes


@pytest.mark.parametrize(
    ("model", "values", "error"),
    [
        (Role, {"title": "  "}, words.TextMissing),
        (Role, {"insurance": "magic"}, words.BadValue),
        (Role, {"effort": 9}, words.BadValue),
        (Role, {"min_age": -1}, words.BadValue),
        (Role, {"min_age": "ten"}, words.BadValue),
        (Organisation, {"email": "nobody"}, words.BadValue),
        (Organisation, {"website": "javascript:alert(1)"}, words.BadValue),
        (Organisation, {"kind": ""}, words.TextMissing),
    ],
)
def test_a_bad_value_names_its_field(model, values, error):
    [name] = values
    with pytest.raises(error, match=str(model._meta.get_field(name).verbose_name)):
        words.checked(model, values)


def test_a_field_that_is_not_there_is_a_mistake_of_the_program():
    with pytest.raises(TypeError, match="colour"):
        words.checked(Role, {"colour": "red"})
