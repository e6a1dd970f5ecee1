"""Need prices: one number per role that makes the crowded a little dearer and the forgotten a little cheaper.

Everybody is shown their best by score − price; sign-ups are expected; prices move against the gap; again. That is the
tâtonnement of a market, with steps that get smaller and prices that stay small: no wish is overruled by more than
twice `LIMIT`.

References
----------
L. Walras, Éléments d'économie politique pure, 1874. D. Bertsekas, Auction algorithms, Network Optimization, 1998.
"""

from __future__ import annotations

import numpy as np

from matching.engine.allocation import pages, sign_ups
from matching.engine.allocation.market import Candidates, Long
from matching.engine.allocation.outcome import Rounds
from matching.engine.problem import Float, Int, Single

LIMIT = float(np.nextafter(np.float32(0.1), np.float32(0)))
"""The largest price either way: 0.10, rounded down to a float32."""

NEED_LIMIT = 0.05
"""How far need alone moves a price, either way. Only for a role below its floor a price falls further, to −`LIMIT`."""

ROUNDS = 12
FIRST_STEP, DAMPING = 0.04, 0.85
"""A round moves a price by its step at most; each step is so much of the one before."""


def settle(candidates: Candidates, limit: Int, need: Int, floor: Int, shown: int) -> tuple[Single, Rounds]:
    """Find the prices; all 0 where nothing is crowded, they cost sign-ups, and no role below its floor gets people.

    Where no role is crowded all get cheaper, each by its gap, and that may only draw people to what suits them less.

    Parameters
    ----------
    candidates : n volunteers, m roles.
    limit : int (n,), how many items a volunteer is shown at most, not above *shown*.
    need : int (m,), places free.
    floor : int (m,), to how many people a role should be shown.
    shown : the width of a page.

    Returns
    -------
    float32 (m,), |price| ≤ `LIMIT`, and how it went.
    """
    reachable = _within_reach(candidates, limit)
    price, step, seen = np.zeros(candidates.n_roles), FIRST_STEP, []
    for _ in range(ROUNDS):
        page = pages.best(reachable, pages.adjusted(reachable, price.astype(np.float32)), limit, shown)
        expected = sign_ups.expected(reachable, page)
        shown_to = pages.counts(reachable, page)
        lowest = np.where(shown_to < floor, -LIMIT, np.minimum(price, -NEED_LIMIT))
        moved = np.clip(price + step * pull(expected, need, shown_to, floor), lowest, NEED_LIMIT)
        over, missing = np.maximum(expected - need, 0.0), np.maximum(floor - shown_to, 0)
        change = np.abs(moved - price).max(initial=0)
        seen.append(((missing > 0).sum(), over.sum(), (expected - over).sum(), change, missing.sum()))
        price, step = moved, step * DAMPING
    below, overload, useful, changes, people = (np.array(column) for column in zip(*seen, strict=True))
    if overload[0] == 0 and useful[-1] < useful[0] and people[-1] >= people[0]:
        price = np.zeros_like(price)
    return price.astype(np.float32), Rounds(below.astype(np.int32), overload, useful, changes)


def pull(expected: Float, need: Int, shown_to: Int, floor: Int) -> Float:
    """Return which way the price of each role goes and how hard, float64 (m,), in [−1, 1].

    (expected − need) / (expected + need): up while more people are expected than needed, down while fewer. A role
    below its floor goes down by at least the share of the floor that is missing.
    """
    both = expected + need
    gap = np.divide(expected - need, both, out=np.zeros_like(both), where=both > 0)
    missing = np.divide(floor - shown_to, floor, out=np.zeros_like(both), where=shown_to < floor)
    return np.where(missing > 0, np.minimum(gap, -missing), gap)


def _within_reach(candidates: Candidates, limit: Int) -> Candidates:
    """Leave out what no prices could bring onto a page: more than twice `LIMIT` below the last item of the page."""
    start, length = candidates.start, np.diff(candidates.start)
    has = length > 0
    last = np.minimum(np.minimum(start[:-1] + limit, start[1:]) - 1, len(candidates.score) - 1)
    bound = np.full(len(candidates), np.inf, dtype=np.float32)
    bound[has & (limit > 0)] = candidates.score[last[has & (limit > 0)]] - np.float32(2 * LIMIT + 1e-5)
    kept = candidates.score >= np.repeat(bound, length)
    ends: Long = np.concatenate([[0], np.cumsum(kept, dtype=np.int64)])[start]
    return Candidates(ends, candidates.role[kept], candidates.score[kept], candidates.n_roles)
