"""Texts as vectors: Japanese first, English too, with word vectors and without."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from math import log, sqrt
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.settings import WORD_VECTORS
from matching.engine.text import DIMS, LENGTH, TextModel, load, rarity, surfaces, table
from matching.engine.text.pieces import pieces
from matching.engine.text.table import Table
from tests.matching.engine.text import made_up

ACTIVITIES = [["花の世話", "flower beds", "ガーデニング"], ["おはなし会", "reading to children", "紙芝居"]]
LETTERS_ONLY = TextModel(None, ACTIVITIES)
ROLES = [
    "花壇の手入れ。駅前の花に水をやります。ガーデニング 園芸 flower beds, watering",
    "絵本の読み聞かせ。子どもに本を読みます。おはなし会 紙芝居 reading picture books to children",
    "スマートフォン教室。高齢の方に使い方を教えます。スマホ IT デジタル teaching smartphones to older people",
    "鶴ケ峰の防災訓練。炊き出しと受付をします。避難 地震 disaster drill, soup kitchen",
    "ごみ拾いと公園の清掃。落ち葉を集めます。掃除 ゴミ cleaning the park, litter",
]


@pytest.fixture(scope="module", params=["words", "letters"])
def model(request: pytest.FixtureRequest, words: Table) -> TextModel:
    return TextModel(words, ACTIVITIES) if request.param == "words" else LETTERS_ONLY


@pytest.fixture(scope="module")
def real() -> TextModel:
    """The model with the table that make packs."""
    return load(WORD_VECTORS)


def _likeness(model: TextModel, one: str, other: str) -> float:
    a, b = model.vectors([one, other]).astype(np.int64)
    return float(a @ b) / LENGTH**2


def _first(model: TextModel, wish: str, roles: list[str]) -> int:
    return int((model.vectors(roles).astype(np.int64) @ model.vectors([wish])[0].astype(np.int64)).argmax())


@pytest.mark.parametrize(
    ("wish", "role"),
    [
        ("お花の世話が好き", 0),
        ("園芸をやってみたい", 0),
        ("スマホを教えられます", 2),
        ("地震のときに役に立ちたい", 3),
        ("公園の掃除", 4),
        ("I would like to read a picture book", 1),
        ("Gardening and flowers", 0),
        ("I can teach people how to use a smartphone", 2),
    ],
)
def test_a_wish_finds_its_role_by_the_letters_alone(wish: str, role: int) -> None:
    assert _first(LETTERS_ONLY, wish, ROLES) == role


def test_vectors_are_whole_numbers_of_one_length(model: TextModel) -> None:
    rows = model.vectors(["花", "Ω≈∂", "", "園芸の本を読む clean", "\ud800"])

    assert rows.dtype == np.int8
    assert rows.shape == (5, model.dims)
    np.testing.assert_allclose(np.linalg.norm(rows.astype(float), axis=1), [LENGTH, 0, 0, LENGTH, 0], atol=4)
    assert model.vectors([]).shape == (0, model.dims)
    assert model.dims % 32 == 0


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(texts=st.lists(st.text(st.sampled_from("花庭犬壇の水やりデケヶabéＡ。 1\ud800\x00"), max_size=12), max_size=9))
def test_any_text_has_the_same_vector_alone_and_among_others(model: TextModel, texts: list[str]) -> None:
    together = model.vectors(texts)

    for row, text in zip(together, texts, strict=True):
        np.testing.assert_array_equal(model.vectors([text])[0], row)
    np.testing.assert_array_equal(model.vectors(texts[::-1])[::-1], together)


def _by_whole_pieces(one: str, other: str) -> float:
    """The likeness of two texts by their letters, as it is before pieces are hashed into few dimensions."""
    of = rarity.of_pieces()
    said = [
        {piece: (1.0 + log(times)) * of(piece) for piece, times in Counter(pieces(text)).items()}
        for text in (one, other)
    ]
    lengths = [sqrt(sum(weight**2 for weight in weights.values())) for weights in said]
    return sum(weight * said[1].get(piece, 0.0) for piece, weight in said[0].items()) / (lengths[0] * lengths[1])


def test_by_letters_alone_few_pieces_fall_on_one_another() -> None:
    model, pairs = TextModel(None), list(combinations([*ROLES, *NOTICES], 2))
    amiss = [_likeness(model, *pair) - _by_whole_pieces(*pair) for pair in pairs]
    assert np.sqrt(np.mean(np.square(amiss))) < 0.04  # in 192 dimensions it is 0.07


def test_a_text_is_like_itself(model: TextModel) -> None:
    for text in [*ROLES, *made_up.words()[4:]]:
        assert text in {"好き", "活動", "人", "事"} or _likeness(model, text, text) == pytest.approx(1.0, abs=0.06)


def test_words_that_share_no_letter_are_alike(words: Table) -> None:
    model = TextModel(words)

    assert _likeness(model, "花壇", "園芸") > 0.25 > 0.1 > _likeness(model, "花壇", "料理")
    assert _likeness(model, "I like dogs", "犬") > 0.5 > _likeness(model, "I like dogs", "本")
    assert _likeness(LETTERS_ONLY, "庭", "植物") < 0.2


def test_unknown_words_are_compared_by_their_letters(words: Table) -> None:
    model = TextModel(words)
    assert _likeness(model, "ウクレレ", "ウクレレ教室") > 0.5 > _likeness(model, "ウクレレ", "三味線")


def test_names_of_one_activity_come_nearer(words: Table) -> None:
    for vectors, one, other in [(words, "花壇", "調理"), (None, "おはなし会", "紙芝居")]:
        joined = TextModel(vectors, [[one, other], ["犬の散歩"], ["事務"]])
        assert _likeness(joined, one, other) > _likeness(TextModel(vectors), one, other) + 0.1


def test_the_version_tells_what_decides_the_numbers(words: Table) -> None:
    versions = [model.version for model in (TextModel(words), TextModel(None), TextModel(words, ACTIVITIES))]

    assert len(set(versions)) == 3
    assert TextModel(words, ACTIVITIES).version == versions[2]
    assert words.fingerprint in versions[0]
    assert f"no-vectors-{LETTERS_ONLY.dims}" in versions[1]
    assert TextModel(words).dims == DIMS < LETTERS_ONLY.dims


def test_a_missing_table_is_said_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    models = [load(tmp_path / "none.npz"), load(tmp_path / "none.npz", ACTIVITIES)]

    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "none.npz" in caplog.text
    np.testing.assert_array_equal(models[1].vectors(ROLES), LETTERS_ONLY.vectors(ROLES))


def test_a_table_is_read(table_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert _likeness(load(table_path), "花壇", "園芸") > 0.25
    assert not caplog.records


def test_every_entry_of_our_lists_has_a_meaning_in_the_real_words() -> None:
    words = table.read(WORD_VECTORS)
    assert [entry for entry in sorted(surfaces.listed()) if not words.sums([entry]).any()] == []


NOTICES = [
    "図書館の本棚の整理。返された書籍を棚に戻します。",
    "団地の夏の盆踊り。櫓を組み、提灯を吊るします。",
    "入院中の子の学習。病室で教科書を開きます。",
    "保護された猫の預かり。新しい飼い主が決まるまで自宅で世話をします。",
    "田んぼの稲刈り。鎌の使い方を農家が説明します。",
    "町の合唱団の伴奏。鍵盤を弾ける人を待っています。",
]


@pytest.mark.parametrize(
    ("wish", "notice"),
    [
        ("読書が好きなので、本に囲まれて過ごしたい", 0),
        ("I love books and libraries", 0),
        ("お祭りの日に体を動かしたい", 1),
        ("教員免許があるので勉強を見てあげられる", 2),
        ("ペットが好き。動物の役に立ちたい", 3),
        ("I have a soft spot for cats", 3),
        ("米づくりや農業を体験したい", 4),
        ("ピアノを習っていました。音楽で楽しみたい", 5),
        ("I can play the piano for singers", 5),
    ],
)
def test_the_real_words_find_what_is_meant(real: TextModel, wish: str, notice: int) -> None:
    assert _first(real, wish, NOTICES) == notice
