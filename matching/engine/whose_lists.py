"""Into whose lists a new or changed role comes: the people whose lists must be made anew, and no others."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from matching.engine.checks import check
from matching.engine.compiled import LANES
from matching.engine.distinct import distinct
from matching.engine.hands import in_chunks
from matching.engine.kernel.base import Scale, scale
from matching.engine.kernel.layout import lay_out
from matching.engine.kernel.taking_in import take_in
from matching.engine.kernel.words import board
from matching.engine.problem import Float, Int, Problem, Single
from matching.engine.scoring import USUAL, Weights
from matching.engine.standing import by_neighbourhood

WORTH_FROM_HOME, WORTH = 512, 8_192
"""So many blocks are worth a thread: from home each is looked at, elsewhere most are too far away."""


class WhoseLists:
    """Everybody with the edge of their list, laid out once.

    Parameters
    ----------
    problem : n people, m roles.
    edges : float (n,), the ``edge`` of everybody's list, see `matching.engine.outcome.Ranking`.

    Raises
    ------
    ValueError
        Where the parts of the problem do not fit together, see `checks.check`, or the edges are not everybody's.
    """

    def __init__(self, problem: Problem, edges: Single | Float) -> None:
        check(problem)
        if len(edges) != len(problem.volunteers):
            raise ValueError(f"{len(problem.volunteers)} people, but {len(edges)} edges")
        self._standing, self._words = by_neighbourhood(problem, lay_out(problem))
        self._edges = edges.astype(np.float64)[self._standing.number]

    def take(self, roles: Sequence[int] | Int, *, floor: float, weights: Weights = USUAL) -> Int:
        """Return who could come to one of the roles in these rows, wants to, and has it among their candidates then.

        It is compared with *floor* before anything is rounded: somebody for whom the relevance is a millionth below it
        is named as well, and their list stays what it was.

        Returns
        -------
        int32 (k,), rows of the people, ascending.
        """
        by = scale(weights, floor)
        takers = [self._takers(int(role), by) for role in roles]
        return distinct(np.concatenate([np.empty(0, dtype=np.int32), *takers]))

    def _takers(self, role: int, by: Scale) -> Int:
        layout, words = self._standing.layout, self._words
        people, asked = layout.crowd.people, layout.asked
        row, taken = int(asked.row_of[role]), np.zeros(layout.blocks, dtype=np.uint64)

        def work(first: int, last: int) -> None:
            empty, said, weekday = board(asked, layout.days, layout.activities), np.empty(LANES), layout.first_weekday
            take_in(people, asked, words, by, empty, weekday, row, self._edges, first, last, said, taken)

        if asked.is_open[row]:
            in_chunks(work, layout.blocks, at_least=WORTH_FROM_HOME if asked.online[row] else WORTH)
        takes = np.unpackbits(taken.view(np.uint8), bitorder="little").view(np.bool_)
        takes[self._answered(role)] = False
        return self._standing.number[np.flatnonzero(takes)]

    def _answered(self, role: int) -> Int:
        """Return who has answered to the role, has a place, or said no."""
        closed = self._standing.closed
        pairs = slice(closed.indptr[role], closed.indptr[role + 1])
        return np.asarray(closed.indices[pairs][closed.data[pairs] != 0])
