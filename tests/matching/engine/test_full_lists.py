"""Where far more suits people than they are shown, what is not looked at any more is never among the best."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from matching.engine.fast import FastEngine
from matching.engine.outcome import CANDIDATES
from matching.engine.problem import Problem
from matching.engine.scoring import FLOOR
from tests.matching.engine.markets import crowd

PEOPLE, ROLES, TOP = 64, 900, 2
SAID = ("interests", "skills", "wish")


def saying(seed: int, *said: str) -> Problem:
    """Draw a crowd of whose people nothing is known but what is *said*."""
    problem = crowd(seed, people=PEOPLE, roles=ROLES)
    nothing = {name: 0 * getattr(problem.volunteers, name) for name in SAID if name not in said}
    return replace(problem, volunteers=replace(problem.volunteers, **nothing))


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("floor", [0.0, FLOOR])
@pytest.mark.parametrize("said", [SAID, ("interests",), ("wish",), ("interests", "wish"), ("wish", "skills")])
def test_the_candidates_are_the_best_of_all_who_could_come(seed: int, floor: float, said: tuple[str, ...]) -> None:
    engine = FastEngine(saying(seed, *said))
    everything = engine.comers(range(ROLES), floor=floor)
    ranking = engine.rank(top=TOP, floor=floor)

    counts = np.bincount(everything.pairs.volunteer, minlength=PEOPLE)
    assert (counts > 10 * CANDIDATES * TOP).sum() >= 10  # their lists are full long before all has been looked at
    best = np.lexsort((everything.pairs.role, -everything.base, everything.pairs.volunteer))
    ends = pairwise(np.concatenate([[0], np.cumsum(counts)]).tolist())
    for volunteer, (first, last) in enumerate(ends):
        if last - first >= CANDIDATES * TOP:
            wanted = everything.pairs.role[best[first:last][: CANDIDATES * TOP]]
            listed = ranking.role[ranking.start[volunteer] : ranking.start[volunteer + 1]]
            beside = ranking.besides[ranking.besides_start[volunteer] : ranking.besides_start[volunteer + 1]]
            assert sorted([*listed.tolist(), *beside.tolist()]) == sorted(wanted.tolist())
