"""Choice under caps: everybody asks for their best, a role keeps those whose turn it is, the others move on.

Deferred acceptance, with volunteers asking. The result does not depend on who asks when, and no volunteer could do
better without somebody with a better claim losing.

References
----------
D. Gale, L. Shapley, College admissions and the stability of marriage, American Mathematical Monthly 69, 1962.
A. Roth, The college admissions problem is not equivalent to the marriage problem, Journal of Economic Theory 36, 1985.
"""

from __future__ import annotations

import numpy as np

from matching.engine.allocation import pages
from matching.engine.allocation.market import Candidates, Long
from matching.engine.problem import Int


def choose(candidates: Candidates, key: Long, limit: Int, turn: Long, may_ask: Long, shown: int) -> Long:
    """Fill the pages, best first, without putting a role before more people than it may be.

    Parameters
    ----------
    candidates : n volunteers, m roles.
    key : int64 (p,), see `pages.keys`.
    limit : int (n,), how many items a volunteer is shown at most, not above *shown*.
    turn : int64 (n,), lower goes first where not all may be shown a role; each once.
    may_ask : int64 (m,), people.
    shown : the width of a page.

    Returns
    -------
    int64 (n, shown), positions, best first, −1 where nothing is shown.
    """
    left, volunteer = key.copy(), candidates.volunteer()
    page = pages.best(left, candidates, limit, shown)
    has_more = np.ones(len(candidates), dtype=np.bool_)
    while True:
        _turn_away(page, candidates.role, turn, may_ask)
        hungry = np.flatnonzero(has_more & ((page >= 0).sum(axis=1) < limit))
        if not len(hungry):
            return in_order(page, key)
        found = pages.next_best(left, candidates, hungry)
        has_more[hungry] = False
        has_more[volunteer[found]] = True
        page[volunteer[found], np.argmin(page[volunteer[found]], axis=1)] = found


def _turn_away(page: Long, role_at: Int, turn: Long, may_ask: Long) -> None:
    """Empty the places of those who come too late for a role, in the page itself."""
    flat = page.reshape(-1)
    place = np.flatnonzero(flat >= 0)
    role = role_at[flat[place]]
    is_over = np.bincount(role, minlength=len(may_ask)) > may_ask
    place, role = place[is_over[role]], role[is_over[role]]
    order = np.lexsort((turn[place // page.shape[1]], role))
    place, role = place[order], role[order]
    nth = np.arange(len(role)) - np.searchsorted(role, role)
    flat[place[nth >= may_ask[role]]] = pages.NONE


def in_order(page: Long, key: Long) -> Long:
    """Return each row of the page by key, what is empty last."""
    by = np.where(page >= 0, key[page] if len(key) else pages.USED, pages.USED)
    return np.take_along_axis(page, np.argsort(by, axis=1, kind="stable"), axis=1)
