"""Prices move against the gap between what is expected and what is needed, a little."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings

from matching.engine.allocation import prices
from matching.engine.allocation.outcome import Rounds
from tests.matching.engine.allocation.markets import Market, market, markets


def _settled(one: Market, floor: int = 5) -> tuple[np.ndarray, Rounds]:
    m = one.candidates.n_roles
    fit = np.bincount(one.candidates.role, minlength=m)
    wanted = np.minimum(fit, floor).astype(np.int32)
    return prices.settle(one.candidates, np.minimum(one.asks.left, one.shown), one.places.need, wanted, one.shown)


def test_the_pull_is_up_with_too_many_down_with_too_few_and_none_when_it_is_right() -> None:
    expected, need = np.array([6.0, 2.0, 0.0, 2.0, 0.0]), np.array([2, 2, 2, 2, 0], dtype=np.int32)
    shown_to, floor = np.array([9, 9, 9, 4, 0], dtype=np.int32), np.array([5, 5, 5, 5, 0], dtype=np.int32)

    assert prices.pull(expected, need, shown_to, floor).tolist() == [0.5, 0.0, -1.0, -0.2, 0.0]


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(one=markets())
def test_prices_are_small_and_of_need_alone_smaller(one: Market) -> None:
    price, rounds = _settled(one)
    without_floor, _ = _settled(one, floor=0)

    assert np.abs(price).max(initial=0) <= 0.1
    assert price.max(initial=0) <= np.float32(prices.NEED_LIMIT)
    assert np.abs(without_floor).max(initial=0) <= np.float32(prices.NEED_LIMIT)
    assert len(rounds.below) == len(rounds.overload) == len(rounds.useful) == len(rounds.change) == prices.ROUNDS
    assert (rounds.change <= prices.FIRST_STEP * prices.DAMPING ** np.arange(prices.ROUNDS) + 1e-12).all()


def test_the_crowded_get_dearer_and_the_forgotten_cheaper() -> None:
    likes = [{0: 0.75, 1: 0.74 - who / 200} for who in range(30)]

    price, rounds = _settled(market(likes, [2, 6], shown=1))

    assert price[0] > 0 > price[1]
    assert rounds.overload[-1] < rounds.overload[0]
    assert rounds.useful[-1] > rounds.useful[0]
    assert (rounds.below[0], rounds.below[-1]) == (1, 0)


def test_where_nothing_is_crowded_and_prices_only_cost_there_are_none() -> None:
    one = market([{0: 0.75, 1: 0.65}, {0: 0.72, 1: 0.70}, {0: 0.75, 1: 0.65}], [2, 2], shown=1)

    price, rounds = _settled(one)

    assert rounds.overload.tolist() == [0.0] * prices.ROUNDS
    assert rounds.useful[-1] < rounds.useful[0]  # the second person was drawn to what suits them less
    assert price.tolist() == [0.0, 0.0]


def test_leaving_out_what_no_price_could_reach_changes_nothing() -> None:
    likes = [{0: 0.9, 1: 0.9 - gap, 2: 0.3} for gap in (0.0, 0.09, 0.11, 0.15, 0.19, 0.21)]
    one = market(likes, [1, 1, 1], shown=1)
    low = market([{role: score for role, score in like.items() if score > 0.5} for like in likes], [1, 1, 1], shown=1)

    assert _settled(one, floor=0)[0].tolist() == _settled(low, floor=0)[0].tolist()


def test_a_role_below_its_floor_falls_further_than_need_alone_would_let_it() -> None:
    price, _ = _settled(market([{0: 0.9, 1: 0.6}] * 9, [9, 1], shown=1))

    assert price[1] == np.float32(-prices.LIMIT)
