"""Texts as n-grams."""

from __future__ import annotations

from matching.engine.text.pieces import pieces


def test_no_piece_reaches_over_the_end_of_a_sentence_word_or_script() -> None:
    assert pieces("来年。子") == ["来", "年", "来年", "子"]
    assert pieces("花 壇") == ["花", "壇"]
    assert pieces("花だんデザイン") == ["花", "デザ", "ザイ", "イン", "デザイ", "ザイン"]
    assert pieces("to go") == [" to", "to ", " to ", " go", "go ", " go "]


def test_every_script_has_its_lengths() -> None:
    assert pieces("園芸") == ["園", "芸", "園芸"]
    assert pieces("ひまわり") == ["ひまわ", "まわり"]
    assert pieces("パン") == ["パン"]


def test_endings_and_signs_are_no_pieces() -> None:
    assert pieces("です") == []
    assert pieces("\x00\ud800🌸!?\n") == []
