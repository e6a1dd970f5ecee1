"""A role finds everybody who could come and wants to."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.markets import market
from matching.engine import scoring
from matching.engine.fast import FastEngine
from matching.engine.problem import Problem
from tests.matching.engine.markets import crowd, markets
from tests.matching.engine.test_engines import QUICK


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


@pytest.mark.parametrize("floor", [0.0, 0.1, scoring.FLOOR, 0.6])
def test_what_relatives_of_an_interest_say_is_enough_together(floor: float) -> None:
    """In a city many like several things a little, and say something: none of it is enough alone."""
    city = market(volunteers=3_000, roles=200, area="ward", seed=3)
    engine = FastEngine(city)
    together = engine.comers(range(200), floor=floor)
    for role in range(200):
        alone, which = engine.comers([role], floor=floor), together.pairs.role == role
        for name in ("volunteer", "role", "slot"):
            np.testing.assert_array_equal(getattr(alone.pairs, name), getattr(together.pairs, name)[which], name)
        for name in ("base", "score", "parts"):
            np.testing.assert_array_equal(getattr(alone, name), getattr(together, name)[which], name)
