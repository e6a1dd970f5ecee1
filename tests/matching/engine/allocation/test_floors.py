"""Floors: against the exact optimum, and one by one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from matching.engine.allocation import floors, pages
from tests.matching.engine.allocation import plain
from tests.matching.engine.allocation.markets import Market, crowd, market, markets

QUICK = settings(max_examples=120, deadline=None, derandomize=True, database=None)


def _given(one: Market, worth: np.ndarray, floor: int = 5) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Choose, then give the floors; return the pages before and after, and the floors."""
    limit, turn = np.minimum(one.asks.left, one.shown), one.asks.priority()
    can_be_asked = np.repeat(limit > 0, np.diff(one.candidates.start))
    fit = np.bincount(one.candidates.role[can_be_asked], minlength=one.candidates.n_roles)
    wanted = np.minimum(np.minimum(fit, floor), one.places.may_ask).astype(np.int32)
    before = pages.choose(one.candidates, worth, limit, turn, one.places.may_ask, one.shown)
    after = floors.give(one.candidates, worth, before, limit, turn, wanted)
    return before, after, wanted


@pytest.mark.parametrize("is_priced", [True, False])
@pytest.mark.parametrize(("people", "roles", "shown"), [(60, 20, 3), (60, 20, 5), (400, 80, 3)])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_pages_under_the_same_floors_are_worth_more(
    people: int, roles: int, shown: int, seed: int, is_priced: bool
) -> None:
    rng = np.random.default_rng(seed)
    one = crowd(rng, people, roles, shown)
    price = rng.uniform(-0.1, 0.1, roles) if is_priced else np.zeros(roles)
    worth = pages.adjusted(one.candidates, price.astype(np.float32))

    before, after, floor = _given(one, worth, floor=12)
    reached = np.minimum(floor, pages.counts(one.candidates, after))
    best = plain.optimum(one.candidates, worth, one.asks.left, reached, before[before[:, 0] >= 0, 0])

    assert (pages.counts(one.candidates, before) < reached).any()
    assert worth[after[after >= 0]].astype(np.float64).sum() == pytest.approx(-best.fun, rel=1e-6)


@QUICK
@given(one=markets(people=20, roles=9))
def test_floors_are_reached_as_far_as_anything_could_reach_them(one: Market) -> None:
    limit = np.minimum(one.asks.left, one.shown)
    before, after, floor = _given(one, one.candidates.score)
    shown_to, chosen = (pages.counts(one.candidates, page) for page in (after, before))

    first = before[before[:, 0] >= 0, 0]
    most = plain.most_reached(one.candidates, limit, floor, np.maximum(floor, chosen), first)

    assert np.minimum(shown_to, floor).sum() == most


@QUICK
@given(one=markets(people=20, roles=9))
def test_giving_breaks_no_other_rule(one: Market) -> None:
    before, after, floor = _given(one, one.candidates.score)
    shown_to, chosen = (pages.counts(one.candidates, page) for page in (after, before))
    has_first, items = before[:, 0] >= 0, after[after >= 0]

    assert (after[has_first, 0] == before[has_first, 0]).all()
    assert (shown_to >= np.minimum(chosen, floor)).all()
    assert (shown_to <= np.maximum(chosen, floor)).all()
    assert ((after >= 0).sum(axis=1) <= np.minimum(one.asks.left, one.shown)).all()
    assert ((after >= 0).sum(axis=1) >= (before >= 0).sum(axis=1)).all()
    assert (one.candidates.volunteer()[items] == np.nonzero(after >= 0)[0]).all()
    assert len(np.unique(items)) == len(items)


def _roles(one: Market, page: np.ndarray) -> list[list[int]]:
    return [one.candidates.role[row[row >= 0]].tolist() for row in page]


def test_the_swap_is_made_by_whom_it_costs_least() -> None:
    one = market([{0: 0.9, 1: 0.8, 2: 0.3}, {0: 0.9, 1: 0.8, 2: 0.6}, {0: 0.9, 1: 0.8, 2: 0.5}], [1] * 3, shown=2)

    _, after, _ = _given(one, one.candidates.score, floor=1)

    assert _roles(one, after) == [[0, 1], [0, 2], [0, 1]]


def test_where_it_costs_the_same_the_least_recently_asked_are_shown_it() -> None:
    one = market([{0: 0.9, 1: 0.8, 2: 0.5}] * 3, [1] * 3, shown=2, order=[5, 1, 3])

    _, after, _ = _given(one, one.candidates.score, floor=1)

    assert _roles(one, after) == [[0, 1], [0, 2], [0, 1]]


def test_a_role_with_nobody_to_spare_is_made_up_for_by_a_second_swap() -> None:
    # Role 3 can only be shown to the first person, instead of role 2; role 2 then goes to the second, instead of 1.
    likes = [{0: 0.9, 2: 0.8, 3: 0.2}, {0: 0.9, 1: 0.8, 2: 0.7}, {0: 0.9, 1: 0.8}]
    one = market(likes, [1] * 4, shown=2)

    before, after, _ = _given(one, one.candidates.score, floor=1)

    assert _roles(one, before) == [[0, 2], [0, 1], [0, 1]]
    assert _roles(one, after) == [[0, 3], [0, 2], [0, 1]]


def test_the_scarcest_role_is_served_first() -> None:
    # Only the last person can swap, and only once.
    likes = [{0: 0.9, 1: 0.4}, {0: 0.9, 1: 0.4, 2: 0.3, 3: 0.8}, {0: 0.9, 3: 0.8}]
    one = market(likes, [1] * 4, shown=2, left=[1, 2, 2])

    _, after, _ = _given(one, one.candidates.score, floor=1)

    assert _roles(one, after) == [[0], [0, 2], [0, 3]]
