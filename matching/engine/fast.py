"""The engine that does the work: candidates by the compiled kernel, then all signals on the candidates alone."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from matching.engine import scoring
from matching.engine.checks import check
from matching.engine.kernel import candidates, tally
from matching.engine.kernel.base import GRID, scale
from matching.engine.kernel.candidates import Best
from matching.engine.kernel.layout import in_chunks, lay_out
from matching.engine.kernel.ranking import best_first, pairs_of
from matching.engine.outcome import CANDIDATES, Ranking, Tally
from matching.engine.pairs import Pairs
from matching.engine.parts import pair_alone
from matching.engine.problem import Problem, Single

_PAIRS_IN_ONE_GO = 250_000


class FastEngine:
    """Exact candidates, in time that grows with the pairs near each other. See `matching.engine.outcome.Engine`.

    Parameters
    ----------
    problem : n people, m roles.

    Raises
    ------
    ValueError
        Where the parts of the problem do not fit together, see `checks.check`.
    """

    def __init__(self, problem: Problem) -> None:
        check(problem)
        self._problem = problem
        self._layout = lay_out(problem)

    def rank(self, *, top: int, floor: float) -> Ranking:
        """Return the *top* best feasible roles per volunteer whose relevance is at least *floor*.

        Parameters
        ----------
        top : how many roles a volunteer gets at most.
        floor : relevance in [0, 1], see `scoring.relevance`; `scoring.FLOOR` is a good one.
        """
        best = candidates.find(self._layout, scale(floor), CANDIDATES * top)
        rankings = [self._best(best, first, last, top, floor) for first, last in _stretches(best)]
        return _joined(rankings, best)
