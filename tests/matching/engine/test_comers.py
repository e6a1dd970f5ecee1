"""A role finds everybody who could come and wants to; or those alone into whose list it comes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.markets import market
from matching.engine import scoring
from matching.engine.fast import FastEngine
from matching.engine.outcome import Comers
from matching.engine.problem import Problem
from matching.engine.scoring import Weights
from tests.matching.engine.markets import crowd, markets
from tests.matching.engine.test_engines import BENT, QUICK


def test_who_could_come_to_some_roles_is_as_in_everybodys_whole_list() -> None:
    problem = crowd(5, people=150, roles=30)
    engine = FastEngine(problem)
    ranking = engine.rank(top=30, floor=scoring.FLOOR)
    comers = engine.comers([3, 17, 4], floor=scoring.FLOOR)

    place = np.flatnonzero(np.isin(ranking.role, [3, 4, 17]))
    volunteer = np.repeat(np.arange(150), np.diff(ranking.start))[place]
    whole = zip(volunteer, ranking.role[place], ranking.slot[place], ranking.score[place], strict=True)
    pairs = comers.pairs
    assert len(pairs) > 20
    assert set(zip(pairs.volunteer, pairs.role, pairs.slot, comers.score, strict=True)) == set(whole)


@settings(QUICK, max_examples=100)
@given(problem=markets(), floor=st.sampled_from([0.0, scoring.FLOOR]))
def test_every_role_finds_who_has_it_in_their_whole_list_alone_and_with_all_others(
    problem: Problem, floor: float
) -> None:
    roles = len(problem.roles)
    engine = FastEngine(problem)
    ranking = engine.rank(top=roles, floor=floor)
    volunteer = np.repeat(np.arange(len(problem.volunteers)), np.diff(ranking.start))
    whole = set(zip(volunteer, ranking.role, ranking.slot, ranking.score, strict=True))
    for asked in [*([number] for number in range(roles)), list(range(roles))]:
        found = engine.comers(asked, floor=floor)
        pairs = found.pairs
        assert (np.diff(pairs.volunteer) >= 0).all()
        expected = {item for item in whole if item[1] in asked}
        assert set(zip(pairs.volunteer, pairs.role, pairs.slot, found.score, strict=True)) == expected


@settings(QUICK, max_examples=100)
@given(
    problem=markets(),
    floor=st.sampled_from([0.0, scoring.FLOOR]),
    top=st.integers(1, 2),
    above=st.sampled_from([0.0, 2.0**-20, 0.1]),
    weights=st.sampled_from([scoring.USUAL, BENT]),
)
def test_whose_list_a_role_comes_into_is_found_without_looking_at_all_others(
    problem: Problem, floor: float, top: int, above: float, weights: Weights
) -> None:
    roles = len(problem.roles)
    edges = FastEngine(problem).rank(top=top, floor=floor, weights=weights).edge + np.float32(above)
    engines = FastEngine(problem), FastEngine(problem, edges)
    for asked in [*([number] for number in range(roles)), list(range(roles))]:
        every, some = (engine.comers(asked, floor=floor, weights=weights) for engine in engines)
        _are_those(some, every, every.base >= edges[every.pairs.volunteer])


def test_one_role_comes_into_few_lists_of_a_crowd() -> None:
    problem = crowd(6, people=300, roles=60)
    edges = FastEngine(problem).rank(top=2, floor=scoring.FLOOR).edge
    engines = FastEngine(problem), FastEngine(problem, edges)
    every, some = ([len(engine.comers([role], floor=scoring.FLOOR).pairs) for role in range(60)] for engine in engines)
    assert 0 < sum(some) < sum(every) / 2


def test_edges_are_everybodys() -> None:
    with pytest.raises(ValueError, match="10 people, but 9 edges"):
        FastEngine(crowd(6, people=10, roles=2), np.zeros(9))


@pytest.mark.parametrize("floor", [0.0, 0.1, scoring.FLOOR, 0.6])
def test_what_relatives_of_an_interest_say_is_enough_together(floor: float) -> None:
    """In a city many like several things a little, and say something: none of it is enough alone."""
    city = market(volunteers=3_000, roles=200, area="ward", seed=3)
    engine = FastEngine(city)
    edges = engine.rank(top=5, floor=floor).edge
    together, edged = engine.comers(range(200), floor=floor), FastEngine(city, edges)
    for role in range(200):
        every = engine.comers([role], floor=floor)
        _are_those(every, together, together.pairs.role == role)
        _are_those(edged.comers([role], floor=floor), every, every.base >= edges[every.pairs.volunteer])


def _are_those(some: Comers, every: Comers, which: np.typing.NDArray[np.bool_]) -> None:
    for name in ("volunteer", "role", "slot"):
        np.testing.assert_array_equal(getattr(some.pairs, name), getattr(every.pairs, name)[which], err_msg=name)
    for name in ("base", "score", "parts"):
        np.testing.assert_array_equal(getattr(some, name), getattr(every, name)[which], err_msg=name)
