"""A role finds those into whose list it comes: who could come, wants to, and likes nothing at the edge more."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.markets import market
from matching.engine import scoring
from matching.engine.fast import FastEngine
from matching.engine.problem import Int, Problem, Single
from matching.engine.scoring import Weights
from matching.engine.whose_lists import WhoseLists
from tests.matching.engine.markets import ALL_DAY, crowd, markets, person, role
from tests.matching.engine.markets import market as by_hand
from tests.matching.engine.test_engines import BENT, QUICK

LESS = 3e-6
"""So far below the floor somebody may be named whose list stays what it was."""


@settings(QUICK, max_examples=200)
@given(
    problem=markets(),
    floor=st.sampled_from([0.0, scoring.FLOOR]),
    top=st.integers(1, 2),
    above=st.sampled_from([0.0, 2.0**-20, 0.1]),
    weights=st.sampled_from([scoring.USUAL, BENT]),
)
def test_they_are_those_of_all_who_could_come_whose_edge_it_reaches(
    problem: Problem, floor: float, top: int, above: float, weights: Weights
) -> None:
    engine = FastEngine(problem)
    edges = engine.rank(top=top, floor=floor, weights=weights).edge + np.float32(above)
    _are_found(problem, edges, floor, weights)


@pytest.mark.parametrize("floor", [0.0, 0.1, scoring.FLOOR, 0.6])
def test_in_a_city_many_like_several_things_a_little_and_say_something(floor: float) -> None:
    """None of it is enough alone."""
    city = market(volunteers=3_000, roles=200, area="ward", seed=3)
    _are_found(city, FastEngine(city).rank(top=5, floor=floor).edge, floor, scoring.USUAL)


def _are_found(problem: Problem, edges: Single, floor: float, weights: Weights) -> None:
    engine, lists = FastEngine(problem), WhoseLists(problem, edges)
    for number in range(len(problem.roles)):
        takers = lists.take([number], floor=floor, weights=weights)
        certain, possible = (
            _those_of_all(engine, number, edges, least, weights) for least in (floor, max(floor - LESS, 0.0))
        )
        assert not np.setdiff1d(certain, takers).size
        assert not np.setdiff1d(takers, possible).size


def _those_of_all(engine: FastEngine, number: int, edges: Single, floor: float, weights: Weights) -> Int:
    comers = engine.comers([number], floor=floor, weights=weights)
    volunteer = comers.pairs.volunteer
    return np.unique(volunteer[comers.base >= edges[volunteer]])


def test_one_role_comes_into_few_lists_of_a_crowd() -> None:
    problem = crowd(6, people=300, roles=60)
    engine = FastEngine(problem)
    lists = WhoseLists(problem, engine.rank(top=2, floor=scoring.FLOOR).edge)
    every = sum(len(engine.comers([number], floor=scoring.FLOOR).pairs) for number in range(60))
    assert 0 < sum(len(lists.take([number], floor=scoring.FLOOR)) for number in range(60)) < every / 2


def test_several_roles_name_everybody_once() -> None:
    problem = crowd(6, people=300, roles=60)
    lists = WhoseLists(problem, FastEngine(problem).rank(top=2, floor=scoring.FLOOR).edge)
    each = [lists.take([number], floor=scoring.FLOOR) for number in range(60)]
    together = lists.take(range(60), floor=scoring.FLOOR)
    np.testing.assert_array_equal(together, np.unique(np.concatenate(each)))
    assert len(together) < sum(map(len, each))
    assert not len(lists.take([], floor=scoring.FLOOR))


def test_edges_are_everybodys() -> None:
    with pytest.raises(ValueError, match="10 people, but 9 edges"):
        WhoseLists(crowd(6, people=10, roles=2), np.zeros(9))


def test_whoever_is_free_on_that_one_day_alone_is_found_as_well() -> None:
    """What is known of ordinary weeks says no; what they said of the date says yes."""
    busy = person(weekly=[0] * 7)
    somebody = [busy, busy | {"exceptions": {1: ALL_DAY}}, busy | {"exceptions": {2: ALL_DAY}}]
    problem = by_hand([*somebody, person(exceptions={1: 0})], [role()])
    lists = WhoseLists(problem, np.full(4, -1.0))
    assert lists.take([0], floor=scoring.FLOOR).tolist() == [1]
    assert FastEngine(problem).comers([0], floor=scoring.FLOOR).pairs.volunteer.tolist() == [1]
