"""A market whose parts do not fit together is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from matching.engine.allocation.market import check
from tests.matching.engine.allocation.markets import Market, market


def _two() -> Market:
    return market([{0: 0.9, 1: 0.5}, {1: 0.7}], [1, 1])


def test_a_market_that_fits_together_is_accepted() -> None:
    one = _two()
    check(one.candidates, one.asks, one.places)


@pytest.mark.parametrize(
    ("part", "changes", "what"),
    [
        ("candidates", {"start": np.array([0, 2, 2])}, "start"),
        ("candidates", {"start": np.array([0, 4, 3])}, "start"),
        ("candidates", {"role": np.array([0, 2, 1], dtype=np.int32)}, "role outside"),
        ("candidates", {"role": np.array([0, -1, 1], dtype=np.int32)}, "role outside"),
        ("candidates", {"role": np.array([0, 0, 1], dtype=np.int32)}, "twice"),
        ("candidates", {"score": np.array([0.5, 0.9, 0.7], dtype=np.float32)}, "best first"),
        ("candidates", {"score": np.array([0.9, np.nan, 0.7], dtype=np.float32)}, "score outside"),
        ("candidates", {"score": np.array([1.1, 0.5, 0.7], dtype=np.float32)}, "score outside"),
        ("candidates", {"score": np.array([0.9, 0.5], dtype=np.float32)}, "score has shape"),
        ("candidates", {"n_roles": 3}, "need has shape"),
        ("asks", {"left": np.array([1], dtype=np.int32)}, "left has shape"),
        ("asks", {"left": np.array([1, -1], dtype=np.int32)}, "below 0"),
        ("asks", {"number": np.array([7, 7])}, "number"),
        ("places", {"may_ask": np.array([1, -1])}, "below 0"),
    ],
)
def test_what_does_not_fit_is_named(part: str, changes: dict[str, Any], what: str) -> None:
    one = _two()
    wrong = replace(one, **{part: replace(getattr(one, part), **changes)})

    with pytest.raises(ValueError, match=what):
        check(wrong.candidates, wrong.asks, wrong.places)


def test_equal_scores_lie_by_role() -> None:
    one = market([{0: 0.5, 1: 0.5}], [1, 1])
    wrong = replace(one.candidates, role=one.candidates.role[::-1])

    with pytest.raises(ValueError, match="best first"):
        check(wrong, one.asks, one.places)


def test_the_least_recently_asked_come_first_and_then_the_lower_number() -> None:
    asks = replace(market([{}] * 4, [1]).asks, order=np.array([9, 2, 9, 5]), number=np.array([8, 7, 3, 1]))

    assert asks.priority().tolist() == [3, 0, 2, 1]
