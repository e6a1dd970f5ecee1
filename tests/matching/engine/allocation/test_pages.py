"""Choosing, compiled, against its plain forms; and one person's page alone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from matching.engine.allocation import pages
from matching.engine.allocation.market import Candidates
from tests.matching.engine.allocation import plain
from tests.matching.engine.allocation.markets import Market, candidates, market, markets

QUICK = settings(max_examples=150, deadline=None, derandomize=True, database=None)


def _worth(one: Market) -> np.ndarray:
    """Scores less prices of tenths: many are equal."""
    price = np.round(np.linspace(-0.1, 0.1, one.candidates.n_roles), 1).astype(np.float32)
    coarse = np.round(one.candidates.score, 1).astype(np.float32)
    return coarse - price[one.candidates.role]


@QUICK
@given(one=markets())
def test_everybody_gets_their_best_as_one_sort_says(one: Market) -> None:
    limit = np.minimum(one.asks.left, one.shown)

    page = pages.best(one.candidates, _worth(one), limit, one.shown)

    np.testing.assert_array_equal(page, plain.best(one.candidates, _worth(one), limit, one.shown))


@QUICK
@given(one=markets())
def test_choosing_in_turn_is_deferred_acceptance(one: Market) -> None:
    limit, turn = np.minimum(one.asks.left, one.shown), one.asks.priority()
    given = (one.candidates, _worth(one), limit, turn, one.places.may_ask, one.shown)

    np.testing.assert_array_equal(pages.choose(*given), plain.defer(*given))


@QUICK
@given(one=markets(is_capped=False))
def test_one_page_alone_is_what_all_together_give_without_caps_and_floors(one: Market) -> None:
    allocation = one.allocate(floor=0)

    for who, (begin, end) in enumerate(zip(one.candidates.start, one.candidates.start[1:], strict=False)):
        alone = Candidates(
            np.array([0, end - begin]),
            one.candidates.role[begin:end],
            one.candidates.score[begin:end],
            one.candidates.n_roles,
        )
        page = begin + pages.single_page(alone, allocation.price, one.shown)
        assert page.tolist() == allocation.position[allocation.start[who] : allocation.start[who + 1]].tolist()


def test_a_price_moves_a_role_down_the_page() -> None:
    one = candidates([{0: 0.7, 1: 0.6, 2: 0.5}], 3)

    assert pages.single_page(one, np.zeros(3, dtype=np.float32), 2).tolist() == [0, 1]
    assert pages.single_page(one, np.array([0.1, 0.05, -0.1], dtype=np.float32), 2).tolist() == [2, 0]


@pytest.mark.parametrize(("order", "gets_it"), [([3, 2, 1], 2), ([1, 2, 3], 0), ([1, 1, 1], 0)])
def test_the_least_recently_asked_come_first_and_the_others_move_on(order: list[int], gets_it: int) -> None:
    one = market([{0: 0.9, 1: 0.5}] * 3, [1, 1], shown=1, order=order, may_ask=[1, 3])

    page = pages.choose(one.candidates, one.candidates.score, one.asks.left, one.asks.priority(), one.places.may_ask, 1)

    assert one.candidates.role[page[:, 0]].tolist() == [0 if who == gets_it else 1 for who in range(3)]


def test_in_order_keeps_empty_places_last() -> None:
    one = candidates([{0: 0.9, 1: 0.5, 2: 0.5}], 3)

    assert pages.in_order(one, one.score, np.array([[2, -1, 1, 0]])).tolist() == [[0, 1, 2, -1]]
