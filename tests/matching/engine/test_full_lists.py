"""Where far more suits people than they are shown, what is not looked at any more is never among the best."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from matching.engine.fast import FastEngine
from matching.engine.outcome import CANDIDATES
from matching.engine.scoring import FLOOR
from tests.matching.engine.markets import crowd

PEOPLE, ROLES, TOP = 64, 900, 2


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("floor", [0.0, FLOOR])
def test_the_candidates_are_the_best_of_all_who_could_come(seed: int, floor: float) -> None:
    engine = FastEngine(crowd(seed, people=PEOPLE, roles=ROLES))
    everything = engine.comers(range(ROLES), floor=floor)
    ranking = engine.rank(top=TOP, floor=floor)

    counts = np.bincount(everything.pairs.volunteer, minlength=PEOPLE)
    assert np.median(counts) > 10 * CANDIDATES * TOP  # so lists are full long before all has been looked at
    best = np.lexsort((everything.pairs.role, -everything.base, everything.pairs.volunteer))
    ends = pairwise(np.concatenate([[0], np.cumsum(counts)]).tolist())
    for volunteer, (first, last) in enumerate(ends):
        if last - first >= CANDIDATES * TOP:
            wanted = everything.pairs.role[best[first:last][: CANDIDATES * TOP]]
            listed = ranking.role[ranking.start[volunteer] : ranking.start[volunteer + 1]]
            beside = ranking.besides[ranking.besides_start[volunteer] : ranking.besides_start[volunteer + 1]]
            assert sorted([*listed.tolist(), *beside.tolist()]) == sorted(wanted.tolist())
