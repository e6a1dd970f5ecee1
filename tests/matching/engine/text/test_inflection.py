"""Words as they stand in sentences."""

from __future__ import annotations

import pytest

from matching.engine.text.inflection import inflected, inflected_english, respelt


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("拾う", {"拾い", "拾わ", "拾っ", "拾え", "拾お"}),
        ("教える", {"教え"}),
        ("書く", {"書き", "書い", "書か"}),
        ("作る", {"作り", "作っ", "作ら"}),
        ("見る", {"見"}),
        ("寂しい", {"寂しく", "寂しかっ", "寂しさ", "寂し"}),
        ("高い", {"高く", "高かっ"}),
    ],
)
def test_verbs_and_adjectives_change_their_ends(word: str, forms: set[str]) -> None:
    assert forms <= set(inflected(word))


def test_nouns_stay() -> None:
    assert [list(inflected(word)) for word in ("花", "パン", "学校", "")] == [[], [], [], []]


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("受け付け", "受付"),
        ("受け付け", "受付け"),
        ("御祭り", "お祭り"),
        ("御飯", "ご飯"),
        ("ごみ", "ゴミ"),
        ("ポスター", "ぽすたー"),
    ],
)
def test_one_word_is_written_in_several_ways(word: str, other: str) -> None:
    assert other in set(respelt(word))


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("walk", "walking"),
        ("bake", "baking"),
        ("bake", "bakes"),
        ("knit", "knitting"),
        ("study", "studies"),
        ("run", "runners"),
    ],
)
def test_english_words_have_endings(word: str, form: str) -> None:
    assert form in set(inflected_english(word))
