"""Texts as n-grams: Japanese first, English too."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.engine.text import TextModel, fold, pieces

ROLES = [
    "花壇の手入れ。駅前の花に水をやります。ガーデニング 園芸 flower beds, watering",
    "絵本の読み聞かせ。子どもに本を読みます。おはなし会 紙芝居 reading picture books to children",
    "スマートフォン教室。高齢の方に使い方を教えます。スマホ IT デジタル teaching smartphones to older people",
    "鶴ケ峰の防災訓練。炊き出しと受付をします。避難 地震 disaster drill, soup kitchen",
    "ごみ拾いと公園の清掃。落ち葉を集めます。掃除 ゴミ cleaning the park, litter",
]
MODEL = TextModel.fit(ROLES)


def _likeness(wish: str) -> np.ndarray:
    return np.asarray((MODEL.transform([wish]) @ MODEL.transform(ROLES).T).toarray()[0])


@pytest.mark.parametrize(
    ("wish", "role"),
    [
        ("お花の世話が好き", 0),
        ("園芸をやってみたい", 0),
        ("子供に読み聞かせをしたいです", 1),
        ("スマホを教えられます", 2),
        ("地震のときに役に立ちたい", 3),
        ("ゴミをひろう", 4),
        ("I would like to read a picture book", 1),
        ("Gardening and flowers", 0),
        ("I can teach people how to use a smartphone", 2),
        ("clean parks", 4),
    ],
)
def test_a_wish_finds_its_role(wish: str, role: int) -> None:
    assert int(_likeness(wish).argmax()) == role


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


def test_no_piece_reaches_over_the_end_of_a_sentence_or_word() -> None:
    assert "年子" not in pieces("来年。子ども")
    assert pieces("花 壇") == ["花", "壇"]
    assert pieces("to go") == [" to", "to ", " to ", " go", "go ", " go "]
    assert pieces("\x00\ud800🌸!?\n") == []


def test_endings_are_no_pieces() -> None:
    assert not {"し", "たい", "ます"} & set(pieces("手伝いをします。したい"))


def test_words_that_no_role_said_make_a_wish_less_alike() -> None:
    assert _likeness("園芸").max() > 2 * _likeness("園芸、宇宙旅行、量子物理学、化石、天体望遠鏡").max() > 0


def test_everyday_words_are_hardly_alike() -> None:
    assert _likeness("何かお手伝いできることがあればしたいと思っています。よろしくお願いします。").max() < 0.06


def test_rows_have_length_1_or_0() -> None:
    rows = MODEL.transform(["花", "Ω≈∂", "", "clean 花"])

    assert rows.dtype == np.float32
    assert np.sqrt(rows.multiply(rows).sum(axis=1)).ravel().tolist() == pytest.approx([1.0, 0.0, 0.0, 1.0], abs=1e-6)


@pytest.mark.parametrize("role_texts", [[], [""], ["。", "!"]])
def test_nothing_is_like_anything_where_no_role_says_a_word(role_texts: list[str]) -> None:
    model = TextModel.fit(role_texts)

    assert (model.transform(["花"]) @ model.transform(role_texts).T).nnz == 0
    assert model.transform([]).shape[0] == 0


@settings(max_examples=30, deadline=None, derandomize=True, database=None)
@given(texts=st.lists(st.text(st.sampled_from("花壇の水やりデケヶabéＡ。 1\ud800\x00"), max_size=12), max_size=4))
def test_any_text_gives_the_same_row_alone_and_among_others(texts: list[str]) -> None:
    together = MODEL.transform(texts).toarray()

    for row, text in zip(together, texts, strict=True):
        np.testing.assert_array_equal(MODEL.transform([text]).toarray()[0], row)
        assert fold(fold(text)) == fold(text)
