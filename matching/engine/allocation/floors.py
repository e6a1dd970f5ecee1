"""No need left behind: roles that too few people are shown take the cheapest swaps, the scarcest role first.

A swap shows somebody a role they fit instead of their second or a later item. Where that item's role has nobody to
spare, it takes a swap in its turn, and so on: a chain. Each step is a shortest path through the roles, so where no cap
binds the result is the best there is under the same floors, and a role stays below its floor only where no chain of
swaps would help it without hurting another one.

References
----------
R. Ahuja, T. Magnanti, J. Orlin, Network Flows, 1993, section 9.7: successive shortest paths with potentials.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from matching.engine.allocation import pages
from matching.engine.allocation.market import Candidates, Long
from matching.engine.problem import Float, Int

_NOBODY = -1
"""The end of a chain that needs no role to lose anybody: somebody has an empty place."""


@dataclass(frozen=True, slots=True, order=True)
class _Step:
    """A role gains a volunteer, in a place of their page that another role had, or nobody."""

    loss: float
    role: int
    gains: int
    volunteer: int
    place: int
    loser: int


class Floors:
    """Pages whose later items may be swapped.

    Parameters
    ----------
    candidates : n volunteers, m roles.
    worth : float64 (p,), adjusted scores: of these, swaps lose as little as they can.
    page : int64 (n, shown), changed. The first item of a row stays.
    limit : int (n,), how many items a volunteer is shown at most.
    turn : int64 (n,), decides between swaps that lose the same.
    floor : int (m,), to how many people a role should be shown; not above how many it may be put before.
    """

    def __init__(self, candidates: Candidates, worth: Float, page: Long, limit: Int, turn: Long, floor: Int) -> None:
        self._candidates, self._volunteer = candidates, candidates.volunteer()
        self._worth, self._page, self._limit, self._turn = worth, page, limit, turn
        self._floor, self._shown_to = floor.tolist(), pages.counts(candidates, page).tolist()
        self._is_shown = np.zeros(len(candidates.role), dtype=np.bool_)
        self._is_shown[page[page >= 0]] = True
        self._of_role = _by_role(candidates)
        self._potential = [0.0] * candidates.n_roles

    def give(self) -> None:
        """Bring every role to its floor, as far as that goes."""
        for role in self._needy():
            while self._shown_to[role] < self._floor[role] and (chain := self._cheapest(role)):
                for step in chain:
                    self._take(step)

    def _needy(self) -> list[int]:
        """The scarcest first; of equally scarce ones the one whose best candidate fits least, then by number."""
        fit = np.diff(self._of_role.indptr)
        dearest = np.zeros(len(fit), dtype=np.float32)
        np.maximum.at(dearest, self._candidates.role, self._candidates.score)
        order = np.lexsort((np.arange(len(fit)), dearest, fit)).tolist()
        return [role for role in order if self._shown_to[role] < self._floor[role]]

    def _cheapest(self, needy: int) -> list[_Step]:
        """Find the chain by which the role gains one more person at the least loss; empty where there is none.

        Dijkstra over roles, from each to those that lose somebody to it, until one has people to spare.
        """
        came: dict[int, _Step] = {}
        far = {needy: 0.0}
        ahead = [(0.0, _Step(0.0, _NOBODY, 0, 0, 0, needy))]
        while ahead:
            distance, step = heapq.heappop(ahead)
            if step.loser in came:
                continue
            came[step.loser] = step
            if step.loser == _NOBODY or self._shown_to[step.loser] > self._floor[step.loser]:
                self._settle(far, came, distance)
                return _chain(came, step.loser, needy)
            for following in self._swaps(step.loser):
                # Below 0 only by rounding, or where a cap has turned somebody away.
                length = distance + max(self._reduced(following), 0.0)
                if following.loser not in came and length < far.get(following.loser, np.inf):
                    far[following.loser] = length
                    heapq.heappush(ahead, (length, following))
        return []

    def _reduced(self, step: _Step) -> float:
        after = 0.0 if step.loser == _NOBODY else self._potential[step.loser]
        return step.loss + self._potential[step.role] - after

    def _settle(self, far: dict[int, float], came: dict[int, _Step], end: float) -> None:
        for role in came:
            if role != _NOBODY:
                self._potential[role] += min(far[role] - end, 0.0)

    def _swaps(self, role: int) -> list[_Step]:
        """List the cheapest step by which the role gains somebody, for each role that would lose somebody to it."""
        mine = self._of_role.data[self._of_role.indptr[role] : self._of_role.indptr[role + 1]]
        mine = mine[~self._is_shown[mine]]
        rows = self._page[self._volunteer[mine]]
        can_lose = rows >= 0
        can_lose[:, 0] = False
        who, place = np.nonzero(can_lose)
        lost = rows[who, place]
        gains, loser, loss = mine[who], self._candidates.role[lost], self._worth[lost] - self._worth[mine[who]]
        room = np.flatnonzero((rows >= 0).sum(axis=1) < self._limit[self._volunteer[mine]])
        gains, place = np.append(gains, mine[room]), np.append(place, np.argmin(rows[room], axis=1))
        loser, loss = np.append(loser, np.full(len(room), _NOBODY)), np.append(loss, -self._worth[mine[room]])
        volunteer = self._volunteer[gains]
        order = np.lexsort((place, self._turn[volunteer], loss))
        first = order[np.unique(loser[order], return_index=True)[1]]
        columns = (loss[first], gains[first], volunteer[first], place[first], loser[first])
        return [_Step(loss, role, *rest) for loss, *rest in zip(*(c.tolist() for c in columns), strict=True)]

    def _take(self, step: _Step) -> None:
        lost = self._page[step.volunteer, step.place]
        if lost >= 0:
            self._is_shown[lost] = False
            self._shown_to[self._candidates.role[lost]] -= 1
        self._page[step.volunteer, step.place] = step.gains
        self._is_shown[step.gains] = True
        self._shown_to[step.role] += 1


def _chain(came: dict[int, _Step], end: int, needy: int) -> list[_Step]:
    chain = []
    while end != needy:
        chain.append(came[end])
        end = came[end].role
    return chain


def _by_role(candidates: Candidates) -> sparse.csc_array:
    """Return the positions of the candidates by role and then by volunteer, as the data of a sparse (n, m)."""
    position = np.arange(len(candidates.role))
    shape = (len(candidates), candidates.n_roles)
    return sparse.csr_array((position, candidates.role, candidates.start), shape=shape).tocsc()
