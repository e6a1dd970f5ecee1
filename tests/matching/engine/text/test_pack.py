"""From a wheel to the one file that is read."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from matching.engine.text import pack, rarity, surfaces, table, wheel
from matching.engine.text.table import WIDTH, NotATable, Table
from tests.matching.engine.text import made_up


def _near(words: Table, one: str, other: str) -> float:
    a, b = words.sums([one, other])
    return float(a @ b / np.sqrt((a @ a) * (b @ b)))


def test_the_same_wheel_gives_the_same_bytes(tmp_path: Path, table_path: Path) -> None:
    assert pack.main([str(made_up.write(tmp_path)), str(tmp_path / "again" / "words.npz")]) == 0
    assert (tmp_path / "again" / "words.npz").read_bytes() == table_path.read_bytes()


def test_the_table_says_whose_it_is(words: Table) -> None:
    assert "chiVe" in words.about
    assert "Apache License 2.0" in words.about
    assert "ja_made_up 1.0 (MIT)" in words.about
    assert len(words.fingerprint) == 12


def test_words_of_a_topic_are_near(words: Table) -> None:
    assert _near(words, "園芸", "花壇") > 0.25 > 0.1 > _near(words, "園芸", "絵本")


def test_forms_spellings_and_english_mean_their_word(words: Table) -> None:
    assert _near(words, "読みます", "読む") > 0.99
    assert _near(words, "受付", "受け付け") > 0.99
    assert _near(words, "子ども", "子供") > 0.99
    assert _near(words, "Dogs", "犬") > 0.99
    assert _near(words, "gardening", "園芸と庭") > 0.9


def test_numbers_are_whole_and_endings_say_nothing(words: Table) -> None:
    assert words.vectors.dtype == np.int8
    assert words.vectors.shape[1] == WIDTH
    assert not words.sums(["の", "を", "!", ""]).any()
    np.testing.assert_array_equal(words.sums(["花の本"])[0], words.sums(["本", "花"]).sum(axis=0))


def test_common_words_weigh_less(words: Table) -> None:
    lengths = np.linalg.norm(words.vectors[words.rows] * words.gains[:, None].astype(float), axis=1)
    common, rare = (
        [lengths[words.words.split(word)[0]] for word in made_up.TOPICS[t]] for t in ("everyday", "animals")
    )
    assert max(common[3:]) < min(rare)


def test_what_is_listed_is_folded_and_has_a_meaning() -> None:
    assert "garden" in surfaces.listed()
    assert all(
        len(line.split("\t")) == 2 for name in (surfaces.SPELLINGS, surfaces.ENGLISH) for line in rarity.lines(name)
    )


def test_too_few_dimensions_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert pack.main([str(made_up.write(tmp_path, dims=WIDTH - 1)), str(tmp_path / "words.npz")]) == 1
    assert "too few" in capsys.readouterr().err
    assert not (tmp_path / "words.npz").exists()


def test_the_command_says_how_it_is_used(capsys: pytest.CaptureFixture[str]) -> None:
    assert pack.main([]) == 2
    assert "WHEEL OUT" in capsys.readouterr().err


def test_what_is_no_table_is_refused(tmp_path: Path, table_path: Path) -> None:
    (tmp_path / "text.npz").write_text("花")
    np.savez(tmp_path / "other.npz", words=np.zeros(3))
    (tmp_path / "half.npz").write_bytes(table_path.read_bytes()[:5000])
    with np.load(table_path) as file:
        np.savez(tmp_path / "older.npz", **{**file, "format": np.array(0)})

    for name in ("text", "other", "half", "older"):
        with pytest.raises(NotATable, match=name):
            table.read(tmp_path / f"{name}.npz")
    with pytest.raises(FileNotFoundError):
        table.read(tmp_path / "none.npz")


def test_a_wheel_needs_no_order_of_its_strings(tmp_path: Path) -> None:
    packed = pack.pack(wheel.read(made_up.write(tmp_path)))
    ranks = [packed.words.index(word) for word in ("人", "花", "犬", "教える")]
    assert ranks == sorted(ranks)
