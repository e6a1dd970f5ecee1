"""No need left behind: what the whole allocation promises."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.engine.allocation import prices, sign_ups
from matching.engine.allocation.allocate import allocate
from matching.engine.allocation.market import Asks, Candidates, Places
from matching.engine.allocation.outcome import Allocation, Why
from tests.matching.engine.allocation.markets import Market, market, markets, pages

QUICK = settings(max_examples=120, deadline=None, derandomize=True, database=None)
FAIR, WALK, WEEDING = range(3)


def test_the_popular_fair_and_the_quiet_weeding() -> None:
    likes = [{FAIR: 0.9, WALK: 0.7, WEEDING: 0.45 - who / 100} for who in range(20)]
    one = market(likes, [2, 2, 2], shown=2)

    allocation = one.allocate()
    shown = pages(one, allocation)

    # Everybody hears of the fair first, and the five who mind weeding least hear of it too.
    assert [page[0] for page in shown] == [FAIR] * 20
    assert [page[1] for page in shown] == [WEEDING] * 5 + [WALK] * 15
    assert one.candidates.role[allocation.floor_given].tolist() == [WEEDING] * 5
    assert allocation.price[FAIR] > 0 > allocation.price[WEEDING]
    assert allocation.shown_to.tolist() == [20, 15, 5]


def test_who_likes_the_quiet_work_nearly_as_much_hears_of_it_first() -> None:
    likes = [{FAIR: 0.7, WEEDING: 0.7 - who / 50} for who in range(20)]

    shown = pages(one := market(likes, [2, 0, 4], shown=2), one.allocate())

    firsts = [page[0] for page in shown]
    assert 3 <= firsts.count(WEEDING) <= 6
    assert firsts == [WEEDING] * firsts.count(WEEDING) + [FAIR] * firsts.count(FAIR)


def test_a_role_is_put_before_no_more_people_than_it_may_be() -> None:
    one = market([{FAIR: 0.9, WALK: 0.5}] * 8, [1, 8], shown=1, order=[8, 7, 6, 5, 4, 3, 2, 1], may_ask=[5, 40])

    assert pages(one, one.allocate()) == [[WALK]] * 3 + [[FAIR]] * 5


def test_a_round_in_which_few_are_asked_does_not_forget_how_crowded_a_role_is() -> None:
    everybody = market([{FAIR: 0.62 + who / 200, WEEDING: 0.6} for who in range(20)], [1, 0, 9], shown=1)
    one = replace(everybody, asks=replace(everybody.asks, left=np.array([1, *[0] * 19], dtype=np.int32)))

    alone = one.allocate()
    among_all = allocate(one.candidates, one.asks, one.places, shown=1, readers=np.ones(20, dtype=np.int32))

    assert pages(one, alone)[0] == [FAIR]
    assert pages(one, among_all) == [[WEEDING]] + [[]] * 19
    assert among_all.price.tolist() == everybody.allocate().price.tolist()


@QUICK
@given(one=markets(people=20, roles=9), floor=st.integers(0, 6))
def test_the_rules_hold(one: Market, floor: int) -> None:
    allocation = one.allocate(floor)
    candidates, length = one.candidates, np.diff(allocation.start)
    volunteer = np.repeat(np.arange(len(candidates)), length)

    assert (candidates.volunteer()[allocation.position] == volunteer).all()
    assert len(np.unique(allocation.position)) == len(allocation.position)
    assert (length <= np.minimum(one.asks.left, one.shown)).all()
    assert (allocation.shown_to <= one.places.may_ask).all()
    assert (
        allocation.shown_to.tolist()
        == np.bincount(candidates.role[allocation.position], minlength=candidates.n_roles).tolist()
    )
    assert np.abs(allocation.price).max() <= prices.LIMIT <= 0.1
    assert allocation.expected.sum() <= (length > 0).sum()
    first = allocation.position[allocation.start[:-1][length > 0]]
    worth = candidates.score - allocation.price[candidates.role]
    later = ~np.isin(allocation.position, first)
    is_down = np.diff(worth[allocation.position]) <= 0
    assert is_down[later[1:] & later[:-1] & (volunteer[1:] == volunteer[:-1])].all()
    assert set(allocation.floor_given) <= set(allocation.position)


def _is_same(one: Allocation, other: Allocation) -> None:
    for field in fields(Allocation):
        if field.name != "trace":
            np.testing.assert_array_equal(getattr(one, field.name), getattr(other, field.name), err_msg=field.name)
            assert getattr(one, field.name).dtype == getattr(other, field.name).dtype


@QUICK
@given(one=markets(people=20, roles=9), seed=st.integers(0, 99))
def test_the_order_of_people_changes_nothing(one: Market, seed: int) -> None:
    order = np.random.default_rng(seed).permutation(len(one.candidates))
    there = replace(
        one,
        candidates=_rows(one.candidates, order),
        asks=Asks(*(getattr(one.asks, field.name)[order] for field in fields(Asks))),
    )

    here, moved = one.allocate(), there.allocate()

    back = np.argsort(order)
    shown, theirs = pages(one, here), pages(there, moved)
    assert shown == [theirs[who] for who in back]
    for name in ("price", "expected", "shown_to"):
        assert getattr(here, name).tolist() == getattr(moved, name).tolist()


@QUICK
@given(one=markets(people=20, roles=9), seed=st.integers(0, 99))
def test_the_numbers_of_the_roles_change_nothing(one: Market, seed: int) -> None:
    new = np.random.default_rng(seed).permutation(one.candidates.n_roles)
    old = np.argsort(new)
    there = replace(
        one,
        candidates=replace(one.candidates, role=new[one.candidates.role].astype(np.int32)),
        places=Places(one.places.need[old], one.places.may_ask[old]),
    )

    here, moved = one.allocate(), there.allocate()

    assert here.position.tolist() == moved.position.tolist()
    assert here.floor_given.tolist() == moved.floor_given.tolist()
    for name in ("price", "expected", "shown_to"):
        assert getattr(here, name)[old].tolist() == getattr(moved, name).tolist()


@settings(QUICK, max_examples=20)
@given(one=markets())
def test_twice_is_the_same(one: Market) -> None:
    _is_same(one.allocate(), one.allocate())


def _rows(candidates: Candidates, order: np.ndarray) -> Candidates:
    parts = [np.arange(candidates.start[who], candidates.start[who + 1]) for who in order]
    at = np.concatenate([np.empty(0, dtype=np.int64), *parts])
    start = np.cumsum([0, *map(len, parts)], dtype=np.int64)
    return Candidates(start, candidates.role[at], candidates.score[at], candidates.n_roles)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({}, Why.NO_SWAP),
        ({"may_ask": [9, 2]}, Why.FEW_PLACES),
        ({"left": [1, 1, 1, 1, 1, 0]}, Why.ASKS_USED_UP),
        ({"shown": 2}, Why.FEW_FIT),
    ],
)
def test_the_coordinator_reads_which_roles_stay_below_the_floor_and_why(changes: dict[str, Any], why: Why) -> None:
    fair_lovers, weeders = [{FAIR: 0.9}] * 2, [{FAIR: 0.5, 1: 0.8}] * 3
    likes = [*fair_lovers, *weeders, {FAIR: 0.95, 1: 0.1}]
    one = market(likes, [9, 9], **({"shown": 1} | changes))

    under = one.allocate().trace.under

    at = under.role.tolist().index(1)
    assert Why(under.why[at]) is why
    assert under.fit[at] == 4
    assert under.shown_to[at] == one.allocate().shown_to[1]


def test_a_role_without_free_places_is_nobodys_worry() -> None:
    allocation = market([{FAIR: 0.9}], [0, 3], may_ask=[0, 15]).allocate()

    assert allocation.shown_to.tolist() == [0, 0]
    assert allocation.trace.under.role.tolist() == [1]
    assert allocation.trace.under.why.tolist() == [Why.FEW_FIT]


def test_what_is_expected_is_what_the_model_of_sign_ups_says() -> None:
    one = market([{FAIR: 0.9}, {FAIR: 0.6}], [5])

    expected = one.allocate().expected

    assert expected[0] == pytest.approx(sign_ups.acceptance(one.candidates.score).sum())


@pytest.mark.parametrize(("people", "roles"), [(0, 0), (0, 2), (2, 0), (2, 2)])
def test_without_candidates_nobody_is_shown_anything(people: int, roles: int) -> None:
    allocation = market([{}] * people, [1] * roles).allocate()

    assert allocation.start.tolist() == [0] * (people + 1)
    assert allocation.expected.tolist() == [0.0] * roles
    assert allocation.shown_to.tolist() == [0] * roles
    assert allocation.trace.under.why.tolist() == [Why.FEW_FIT] * roles
