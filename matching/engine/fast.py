"""The engine that does the work: candidates by the compiled kernel, then all signals on the candidates alone."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from matching.engine import scoring
from matching.engine.checks import check
from matching.engine.comers import everybody_for
from matching.engine.compiled import compiled
from matching.engine.hands import in_chunks
from matching.engine.kernel import candidates, tally
from matching.engine.kernel.base import scale
from matching.engine.kernel.candidates import Best
from matching.engine.kernel.layout import lay_out
from matching.engine.kernel.ranking import Listed, base_of, besides, best_first, pairs_of, starts_of
from matching.engine.kernel.sought import FEW, Sought
from matching.engine.outcome import CANDIDATES, Comers, Ranking, Tally
from matching.engine.parts import some_people, some_roles
from matching.engine.problem import Int, Problem, Single
from matching.engine.scoring import USUAL, Weights
from matching.engine.standing import Standing, as_given, by_neighbourhood

Columns = dict[str, npt.NDArray[Any]]

AT_ONCE = 8_192
"""Signals are worked out for so many people at once at most: memory grows with them."""

AT_A_TIME = 64
"""So many rows are brought from columns to rows at a time, so that they stay close to the processor meanwhile."""


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

    def rank(self, *, top: int, floor: float, weights: Weights = USUAL) -> Ranking:
        """Return the *top* best feasible roles per volunteer whose relevance is at least *floor*.

        Parameters
        ----------
        top : how many roles a volunteer gets at most.
        floor : relevance in [0, 1], see `scoring.relevance`; `scoring.FLOOR` is a good one.
        weights : what each signal counts.
        """
        best = candidates.find(self._layout, scale(weights, floor), CANDIDATES * top)
        begins = np.concatenate([[0], np.cumsum(np.minimum(best.size, top), dtype=np.int64)])
        room = _room(int(begins[-1]), len(weights.names))
        found: dict[int, Ranking] = {}

        def work(first: int, last: int) -> None:
            at = slice(int(begins[first]), int(begins[last]))
            found[first] = self._in_order(
                best, first, last, top, floor, weights, {name: room[name][at] for name in room}
            )

        in_chunks(work, len(self._problem.volunteers), at_least=AT_ONCE // 2, at_most=AT_ONCE)
        pieces = [found[first] for first in sorted(found)] or [self._in_order(best, 0, 0, top, floor, weights, room)]
        return _joined(pieces, room)

    def _in_order(
        self, best: Best, first: int, last: int, top: int, floor: float, weights: Weights, room: Columns
    ) -> Ranking:
        """Rank the people first ≤ number < last, and write what is listed into the *room* for them."""
        some = Best(best.size[first:last], best.keys[first:last])
        pairs = pairs_of(self._layout, some, self._layout.crowd.home[first:last], first)
        parts = scoring.parts(self._problem, pairs, weights)
        score = scoring.total(parts)
        wanted = scoring.relevance(parts, weights) >= np.float32(floor)
        start, edge = starts_of(some), _edge(some)
        kept, listed = best_first(start, pairs.role, score, wanted, top)
        place = {name: column[: len(kept)] for name, column in room.items()}
        for name, column in (("role", pairs.role), ("slot", pairs.slot), ("score", score), ("km", pairs.km)):
            np.take(column, kept, out=place[name], mode="clip")  # else what is written is written twice
        _take_rows(parts, kept, place["parts"])
        besides_start, others = besides(start, pairs.role, Listed(kept, listed), edge >= 0)
        return Ranking(
            start=listed,
            **place,
            signals=weights.names,
            weights=weights.values,
            edge=edge,
            besides_start=besides_start,
            besides=others,
        )

    def comers(self, roles: Sequence[int] | Int, *, floor: float, weights: Weights = USUAL) -> Comers:
        """Return everybody who could come to the roles in these rows, and wants to: all pairs, and not the best few.

        Time grows with the people near these roles, so one new role finds its people at once.
        """
        rows = np.unique(np.asarray(roles, dtype=np.int32))
        if len(rows) > FEW:
            return everybody_for(rows, self._given, floor, weights)
        standing, words = self._neighbours
        return everybody_for(rows, standing, floor, weights, words)

    @cached_property
    def _neighbours(self) -> tuple[Standing, Sought]:
        return by_neighbourhood(self._problem, self._layout)

    @cached_property
    def _given(self) -> Standing:
        return as_given(self._problem, self._layout)

    def tally(self) -> Tally:
        """Return how many people could come to each role, and what shuts the others out."""
        return Tally(*tally.count_all(self._layout))

    def why_not(self, volunteer: int, role: int) -> int:
        """Return the ``Reason`` bits that shut this pair out, 0 where it fits."""
        alone = lay_out(some_roles(some_people(self._problem, [volunteer]), [role]))
        return int(tally.reasons(alone, 0)[0])


@compiled
def _take_rows(parts: Single, kept: npt.NDArray[np.int64], place: Single) -> None:
    for first in range(0, len(kept), AT_A_TIME):
        for column in range(parts.shape[1]):
            for row in range(first, min(first + AT_A_TIME, len(kept))):
                place[row, column] = parts[kept[row], column]


def _edge(best: Best) -> Single:
    if not best.keys.shape[1]:
        return np.full(len(best.size), -1.0, dtype=np.float32)
    is_full = best.size == best.keys.shape[1]
    return np.where(is_full, base_of(best.keys[:, -1]), np.float32(-1.0))


def _room(count: int, signals: int) -> Columns:
    """Return room for so many items, by the names of a `Ranking`: each is written once, and not a second time.

    It is one piece of memory, which a system gives in large pages where it can: small ones take as long as the writing.
    """
    shapes: list[tuple[str, type, tuple[int, ...]]] = [
        ("km", np.float64, (count,)),
        ("parts", np.float32, (count, signals)),
        ("role", np.int32, (count,)),
        ("slot", np.int32, (count,)),
        ("score", np.float32, (count,)),
    ]
    sizes = [np.dtype(kind).itemsize * math.prod(shape) for _, kind, shape in shapes]
    memory = np.split(np.empty(sum(sizes), np.uint8), np.cumsum(sizes)[:-1])
    return {name: some.view(kind).reshape(shape) for some, (name, kind, shape) in zip(memory, shapes, strict=True)}


def _joined(rankings: list[Ranking], room: Columns) -> Ranking:
    """Put the rankings of one stretch after the other; where all are full they stand so in the *room*."""
    if sum(len(ranking.role) for ranking in rankings) < len(room["role"]):
        room = {name: np.concatenate([getattr(ranking, name) for ranking in rankings]) for name in room}
    return Ranking(
        **room,
        start=_after([ranking.start for ranking in rankings]),
        signals=rankings[0].signals,
        weights=rankings[0].weights,
        edge=np.concatenate([ranking.edge for ranking in rankings]),
        besides_start=_after([ranking.besides_start for ranking in rankings]),
        besides=np.concatenate([ranking.besides for ranking in rankings]),
    )


def _after(starts: list[npt.NDArray[np.int64]]) -> npt.NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(np.concatenate([np.diff(start) for start in starts]))]).astype(np.int64)
