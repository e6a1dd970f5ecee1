"""Who is put before whom: a few for each side, and the want that has fewest to choose from first."""

from __future__ import annotations

import numpy as np

from matching.engine.offers.market import Long, Market
from matching.engine.offers.scoring import Fits

MILLION = 1_000_000


def share(market: Market, fits: Fits, *, offer_left: Long, want_left: Long, owner_left: Long) -> Long:
    """Return which pairs to propose, row numbers of *fits*, int64, in the order in which they were chosen.

    Nobody gets a second proposal while somebody who could have one has none. Among those, whoever has fewest to choose
    from comes first, then who has the better pair, then the lower number; each takes the best that is left. So no want
    goes without where an offer that fits it still has room.

    Parameters
    ----------
    offer_left : int64 (a,), want_left : int64 (b,)
        How many proposals each may still get.
    owner_left : int64 (k,), the same for the organisations of both sides, as `Market.owners` gives them.
    """
    best = np.lexsort((market.offers.number[fits.offer], _millionths(fits)))
    offer, want, millionths = fits.offer[best], fits.want[best], _millionths(fits)[best]
    owners = market.owners()
    giver, host = np.searchsorted(owners, market.offers.owner[offer]), np.searchsorted(owners, market.wants.owner[want])
    rooms = [(offer, offer_left.copy()), (want, want_left.copy())]
    rooms += [(side, room) for room in [owner_left.copy()] for side in (giver, host)]
    given = np.zeros(len(market.wants), dtype=np.int64)
    chosen: list[int] = []
    live = np.arange(len(best))
    while (live := live[np.logical_and.reduce([left[row[live]] > 0 for row, left in rooms])]).size:
        choices = np.bincount(want[live], minlength=len(given))
        at = live
        for least in (given[want], choices[want], millionths, market.wants.number[want]):
            at = at[least[at] == least[at].min()]
        pair = int(at[0])
        live = live[live != pair]
        for row, left in rooms:
            left[row[pair]] -= 1
        given[want[pair]] += 1
        chosen.append(int(best[pair]))
    return np.array(chosen, dtype=np.int64)


def _millionths(fits: Fits) -> Long:
    """Return the scores in millionths below 1, so that sorting upwards puts the best first."""
    return np.asarray(MILLION - np.rint(fits.score * np.float64(MILLION)), dtype=np.int64)
