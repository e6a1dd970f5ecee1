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

from heapq import heappop, heappush
from typing import NamedTuple

import numpy as np
from scipy import sparse

from matching.engine.allocation import pages
from matching.engine.allocation.market import Candidates, Long
from matching.engine.compiled import compiled_with_memory
from matching.engine.problem import Bool, Float, Int, Single


def give(candidates: Candidates, worth: Single, page: Long, limit: Int, turn: Long, floor: Int) -> Long:
    """Bring every role to its floor, as far as that goes.

    Parameters
    ----------
    candidates : n volunteers, m roles.
    worth : float32 (p,), see `pages.adjusted`: of this, swaps lose as little as they can.
    page : int64 (n, shown), see `pages.choose`.
    limit : int32 (n,), how many items a volunteer is shown at most.
    turn : int64 (n,), decides between swaps that lose the same: lower goes first.
    floor : int32 (m,), to how many people a role should be shown; not above how many it may be put before.

    Returns
    -------
    int64 (n, shown), the page after the swaps. The first item of a row is the same, the others are in any order.
    """
    m = candidates.n_roles
    shown_to = pages.counts(candidates, page)
    start, position = _by_role(candidates)
    state = _State(
        start,
        position,
        candidates.role.astype(np.int64),
        candidates.volunteer(),
        worth.astype(np.float64),
        limit,
        turn,
        floor,
        page.copy(),
        pages.marked(candidates, page),
        shown_to,
        np.zeros(m + 1),
        np.zeros(m + 1, dtype=np.bool_),
    )
    nowhere = np.zeros(m + 1, dtype=np.int64)
    search = _Search(np.empty(m + 1), np.empty(m + 1, dtype=np.bool_), nowhere, nowhere.copy(), nowhere.copy())
    _give(state, search, _needy(candidates, np.diff(start), shown_to < floor))
    return state.page


class _State(NamedTuple):
    """The market and its pages (n volunteers, m roles, p candidates).

    Parameters
    ----------
    of_role_start : (m + 1,), of_role : (p,), the positions of the candidates by role and then by volunteer.
    role, volunteer, worth, is_shown : (p,)
    limit, turn : (n,); floor, shown_to : (m,); page : (n, shown)
    potential : (m + 1,), what makes the costs of swaps 0 or more; the last is of nobody.
    is_stuck : (m + 1,), roles that no chain can help any more.
    """

    of_role_start: Long
    of_role: Long
    role: Long
    volunteer: Int
    worth: Float
    limit: Int
    turn: Long
    floor: Int
    page: Long
    is_shown: Bool
    shown_to: Int
    potential: Float
    is_stuck: Bool


class _Search(NamedTuple):
    """Per role that would lose somebody, and as last one for nobody (m + 1): the cheapest chain up to there.

    Parameters
    ----------
    far : what the chain loses.
    is_done : nothing cheaper can come.
    gainer : the role before it in the chain, to which it loses somebody.
    gains, place : the position of the candidate who is gained, and where on the page.
    """

    far: Float
    is_done: Bool
    gainer: Long
    gains: Long
    place: Long


@compiled_with_memory
def _give(state: _State, search: _Search, needy: Long) -> None:
    for role in needy:
        while state.shown_to[role] < state.floor[role] and not state.is_stuck[role]:
            end = _cheapest(state, search, role)
            if end < 0:
                # Whoever fits one of these roles has a page full of them: no later swap touches these people.
                state.is_stuck[search.is_done] = True
                continue
            for other in np.flatnonzero(search.is_done):
                state.potential[other] += min(search.far[other] - search.far[end], 0.0)
            _swap(state, search, role, end)


@compiled_with_memory
def _cheapest(state: _State, search: _Search, needy: int) -> int:
    """Find the chain by which a role gains one more person at the least loss; return where it ends, −1 for nowhere.

    Dijkstra over roles, from each to those that lose somebody to it, until one has people to spare or nobody need
    lose anything, for there is an empty place.
    """
    nobody = len(state.floor)
    search.far[:] = np.inf
    search.is_done[:] = False
    search.far[needy] = 0.0
    ahead = [(0.0, needy)]
    while len(ahead) > 0:
        distance, loser = heappop(ahead)
        if search.is_done[loser]:
            continue
        search.is_done[loser] = True
        if loser == nobody or state.shown_to[loser] > state.floor[loser]:
            return loser
        for at in state.of_role[state.of_role_start[loser] : state.of_role_start[loser + 1]]:
            if state.is_shown[at]:
                continue
            volunteer = state.volunteer[at]
            for place in range(state.limit[volunteer]):
                lost = state.page[volunteer, place]
                if lost < 0:
                    _reach(state, search, ahead, loser, at, place, nobody, distance - state.worth[at])
                    break
                if place > 0:
                    loss = distance + state.worth[lost] - state.worth[at]
                    _reach(state, search, ahead, loser, at, place, state.role[lost], loss)
    return -1


@compiled_with_memory
def _reach(
    state: _State,
    search: _Search,
    ahead: list[tuple[float, int]],
    gainer: int,
    gains: int,
    place: int,
    loser: int,
    loss: float,
) -> None:
    if search.is_done[loser] or state.is_stuck[loser]:
        return
    # Less than the way up to here only by rounding, or where a cap has turned somebody away.
    far = max(loss + state.potential[gainer] - state.potential[loser], search.far[gainer])
    if far > search.far[loser]:
        return
    if far == search.far[loser]:
        if state.turn[state.volunteer[gains]] >= state.turn[state.volunteer[search.gains[loser]]]:
            return
    else:
        heappush(ahead, (far, loser))
    search.far[loser] = far
    search.gainer[loser], search.gains[loser], search.place[loser] = gainer, gains, place


@compiled_with_memory
def _swap(state: _State, search: _Search, needy: int, end: int) -> None:
    """Carry out the chain that ends there."""
    if end < len(state.floor):
        state.shown_to[end] -= 1
    state.shown_to[needy] += 1
    while end != needy:
        gains = search.gains[end]
        volunteer, place = state.volunteer[gains], search.place[end]
        if state.page[volunteer, place] >= 0:
            state.is_shown[state.page[volunteer, place]] = False
        state.page[volunteer, place] = gains
        state.is_shown[gains] = True
        end = search.gainer[end]


def _needy(candidates: Candidates, fit: Long, is_below: Bool) -> Long:
    """Order the roles below: the scarcest first; of equally scarce ones the one whose best fits least; by number."""
    best = np.zeros(len(fit), dtype=np.float32)
    np.maximum.at(best, candidates.role, candidates.score)
    order = np.lexsort((best, fit))
    return order[is_below[order]]


def _by_role(candidates: Candidates) -> tuple[Long, Long]:
    """Return where the candidates of each role begin, (m + 1,), and their positions by role and volunteer, (p,)."""
    position = np.arange(len(candidates.role))
    shape = (len(candidates), candidates.n_roles)
    table = sparse.csr_array((position, candidates.role, candidates.start), shape=shape).tocsc()
    return table.indptr.astype(np.int64), table.data
