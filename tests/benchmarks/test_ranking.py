"""How good an order is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.ranking import ndcg, reciprocal_rank


def test_gains_are_discounted_by_their_rank() -> None:
    found = ndcg([[3.0, 2.0, 1.0]], [[0, 2, 1]])
    best = 3 / np.log2(2) + 1 / np.log2(3)
    assert found == pytest.approx([(3 / np.log2(3) + 1 / np.log2(4)) / best])


def test_only_the_first_count() -> None:
    scores = np.arange(20.0)[None, ::-1]
    grades = np.zeros((1, 20), dtype=int)
    grades[0, 10] = 2
    assert ndcg(scores, grades).tolist() == [0.0]
    assert ndcg(scores, grades, depth=11)[0] > 0
    assert reciprocal_rank(scores, grades) == pytest.approx([1 / 11])


def test_equal_scores_go_by_the_number() -> None:
    assert reciprocal_rank([[1.0, 1.0, 1.0]], [[0, 1, 1]]).tolist() == [0.5]


def test_nothing_relevant_is_0() -> None:
    assert ndcg([[1.0, 2.0]], [[0, 0]]).tolist() == [0.0]
    assert reciprocal_rank([[1.0, 2.0]], [[0, 0]]).tolist() == [0.0]


@settings(max_examples=50, deadline=None, derandomize=True, database=None)
@given(grades=st.lists(st.integers(0, 3), min_size=1, max_size=15))
def test_the_ideal_order_is_1_and_none_is_better(grades: list[int]) -> None:
    best = ndcg([grades], [grades])[0]
    assert best == pytest.approx(1.0 if any(grades) else 0.0)
    assert ndcg([list(range(len(grades)))], [grades])[0] <= best + 1e-12
