"""Word vectors out of a wheel."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from matching.engine.text import wheel
from tests.matching.engine.text import made_up


def test_keys_are_those_of_spacy() -> None:
    assert wheel.murmur64(b"coffee") == 3197928453018144401
    assert wheel.murmur64(b"", seed=0) == 0


def test_words_come_in_the_order_of_their_frequency(tmp_path: Path) -> None:
    read = wheel.read(made_up.write(tmp_path))

    assert read.words == made_up.words()
    assert read.rows == list(range(len(read.words)))
    np.testing.assert_array_equal(read.vectors, made_up.vectors())
    assert read.source == "ja_made_up 1.0 (MIT)"


@pytest.mark.parametrize("member", ["vocab/vectors", "vocab/key2row", "vocab/strings.json", "meta.json"])
def test_a_wheel_without_vectors_is_refused_by_name(tmp_path: Path, member: str) -> None:
    with pytest.raises(wheel.NotAWheelOfVectors, match=member):
        wheel.read(made_up.write(tmp_path, without=member))


def test_something_else_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.whl"
    other.write_text("花")

    with pytest.raises(wheel.NotAWheelOfVectors, match=r"other\.whl"):
        wheel.read(other)
