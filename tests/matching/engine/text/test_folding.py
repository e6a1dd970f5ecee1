"""Ways to write the same become the same."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.engine.text.folding import RUN, fold
from matching.engine.text.pieces import pieces


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("鶴ヶ峰", "鶴ケ峰"),
        ("鶴が峰", "鶴ヶ峰"),
        ("ｽﾏｰﾄﾌｫﾝ", "スマートフォン"),
        ("ＩＴ　ｄｅｓｉｇｎ", "it design"),
        ("Café", "CAFÉ"),
        ("①", "1"),
    ],
)
def test_ways_of_writing_the_same_are_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)
    assert pieces(one) == pieces(other)


def test_runs_end_where_the_writing_changes() -> None:
    assert [run[0] for run in RUN.finditer(fold("PCで花を。\ud800🌸 木ヶ根!"))] == ["pc", "で花を", "木が根"]


@settings(max_examples=50, deadline=None, derandomize=True, database=None)
@given(text=st.text(max_size=20))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
