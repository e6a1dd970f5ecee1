"""Who is shown what, in the order of adjusted scores: score less the price of the role, then role number.

Everybody chooses in their turn, the least recently asked first, among the roles that may still be put before somebody.
As all roles have the same order of people, this is deferred acceptance without anybody ever being turned away: nobody
could have a better page without taking an item from somebody whose turn came earlier.

References
----------
D. Gale, L. Shapley, College admissions and the stability of marriage, American Mathematical Monthly 69, 1962.
"""

from __future__ import annotations

import numpy as np

from matching.engine.allocation.market import Candidates, Long
from matching.engine.compiled import compiled_with_memory
from matching.engine.problem import Bool, Int, Single

NONE = -1


def adjusted(candidates: Candidates, price: Single) -> Single:
    """Return score − price, float32 (p,)."""
    return candidates.score - price[candidates.role]


def best(candidates: Candidates, worth: Single, limit: Int, shown: int) -> Long:
    """Return everybody's best candidates, whatever the others are shown.

    Parameters
    ----------
    candidates : n volunteers, m roles, p pairs.
    worth : float32 (p,), see `adjusted`.
    limit : int32 (n,), how many items a volunteer gets at most, not above *shown*.
    shown : the width of a page.

    Returns
    -------
    int64 (n, shown), positions in the candidates, best first, −1 where nothing is shown.
    """
    people = np.arange(len(candidates))
    return choose(candidates, worth, limit, people, np.full(candidates.n_roles, len(people)), shown)


def choose(candidates: Candidates, worth: Single, limit: Int, turn: Long, may_ask: Long, shown: int) -> Long:
    """Return what everybody is shown when no role is put before more than *may_ask* people, int64 (m,).

    Parameters and result are those of `best`; *turn* is the place of each volunteer in the order of choosing, int64
    (n,), a permutation of 0 … n − 1.
    """
    page = np.full((len(candidates), shown), NONE, dtype=np.int64)
    _choose(candidates.start, candidates.role, worth, limit, np.argsort(turn), may_ask.astype(np.int64), page)
    return page


@compiled_with_memory
def _choose(start: Long, role: Int, worth: Single, limit: Int, people: Long, left: Long, page: Long) -> None:
    """Fill the empty *page*, one after another of the *people*; *left* counts down. Compiled: p is in the millions."""
    for volunteer in people:
        count = 0
        for at in range(start[volunteer], start[volunteer + 1]):
            if left[role[at]] <= 0:
                continue
            place = count
            while place > 0:
                other = page[volunteer, place - 1]
                if worth[at] < worth[other] or (worth[at] == worth[other] and role[at] > role[other]):
                    break
                place -= 1
            if place < limit[volunteer]:
                count = min(count + 1, limit[volunteer])
                for later in range(count - 1, place, -1):
                    page[volunteer, later] = page[volunteer, later - 1]
                page[volunteer, place] = at
        for place in range(count):
            left[role[page[volunteer, place]]] -= 1


def in_order(candidates: Candidates, worth: Single, page: Long) -> Long:
    """Return each row of a page best first, what is empty last."""
    if not len(worth):
        return page
    keys = (candidates.role[page], np.where(page >= 0, -worth[page], np.inf))
    return np.take_along_axis(page, np.lexsort(keys, axis=1), axis=1)


def counts(candidates: Candidates, page: Long) -> Int:
    """Return to how many people each role is shown, int32 (m,)."""
    return np.bincount(candidates.role[page[page >= 0]], minlength=candidates.n_roles).astype(np.int32)


def marked(candidates: Candidates, page: Long) -> Bool:
    """Return which of the candidates are on a page, bool (p,)."""
    is_shown = np.zeros(len(candidates.role), dtype=np.bool_)
    is_shown[page[page >= 0]] = True
    return is_shown


def single_page(candidates_of_one: Candidates, price: Single, shown: int) -> Long:
    """Return the page of one volunteer alone: what the whole allocation gives where no cap and no floor binds.

    Parameters
    ----------
    candidates_of_one : of one volunteer.
    price : float32 (m,), as the last allocation set it.
    shown : how many items.

    Returns
    -------
    int64 (at most *shown*,), positions in the candidates, best first.
    """
    worth = adjusted(candidates_of_one, price)
    return np.lexsort((candidates_of_one.role, -worth))[:shown]
