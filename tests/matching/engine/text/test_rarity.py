"""What is common tells little."""

from __future__ import annotations

import numpy as np
import pytest

from matching.engine.text import rarity


def test_a_word_of_the_given_share_weighs_half() -> None:
    assert rarity.weight(rarity.HALF, rarity.HALF) == pytest.approx(0.5)
    assert (np.diff(rarity.weight([0.0, 0.01, 0.1], 0.0)) < 0).all()
    assert rarity.weight(0.0, 0.0) == 1.0


def test_pieces_of_all_examples_weigh_least_and_unseen_ones_less_than_rare_ones() -> None:
    of = rarity.PieceRarity(["花壇", "花見", "花火"])

    assert of("花") == pytest.approx(1.0)
    assert of("壇") == pytest.approx(1.0 + np.log(2.0))
    assert of("Ω") == pytest.approx(rarity.STRANGE * (1.0 + np.log(4.0)))


def test_the_examples_that_come_with_the_engine_are_read() -> None:
    assert rarity.of_pieces()("活動") < rarity.of_pieces()("柴犬")
    assert all(line and not line.startswith("#") for line in rarity.lines("examples.txt"))
