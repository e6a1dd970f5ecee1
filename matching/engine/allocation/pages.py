"""Candidates in the order of their adjusted score: score less the price of the role, then role number."""

from __future__ import annotations

import numpy as np

from matching.engine.allocation.market import Candidates, Long
from matching.engine.problem import Int, Single

NONE = -1
USED = np.iinfo(np.int64).max
"""A key behind all others: of a candidate that is out of the question."""


def adjusted(candidates: Candidates, price: Single) -> Single:
    """Return score − price, float32 (p,)."""
    return candidates.score - price[candidates.role]


def keys(candidates: Candidates, price: Single) -> Long:
    """Return int64 (p,) that sort as candidates are shown: by adjusted score downwards, then by role upwards.

    The bits of a float32, read as a whole number, are in order for what is positive and the wrong way round below 0.
    """
    bits = (adjusted(candidates, price) + np.float32(0)).view(np.int32)
    bits ^= (bits >> 31) & np.int32(0x7FFFFFFF)
    key = bits.astype(np.int64)
    np.negative(key, out=key)
    key <<= 32
    key |= candidates.role
    return key


def best(key: Long, candidates: Candidates, limit: Int, shown: int) -> Long:
    """Return the candidates with the lowest keys of each volunteer, and mark them as used in *key*.

    Parameters
    ----------
    key : int64 (p,), changed.
    limit : int (n,), how many a volunteer gets at most, not above *shown*.
    shown : the width of the page.

    Returns
    -------
    int64 (n, shown), positions, best first, −1 where there is none.
    """
    page = np.full((len(candidates), shown), NONE, dtype=np.int64)
    people = np.flatnonzero(np.diff(candidates.start))
    first, length = candidates.start[people], np.diff(candidates.start)[people]
    for rank in range(shown):
        found = _lowest(key, first, length)
        key[found] = USED
        page[people[np.searchsorted(first, found, side="right") - 1], rank] = found
    page[np.arange(shown) >= limit[:, None]] = NONE
    return page


def next_best(key: Long, candidates: Candidates, people: Long) -> Long:
    """Return the candidate with the lowest key of each of the *people* who has one left, and mark it as used in *key*.

    Parameters
    ----------
    key : int64 (p,), changed.
    people : int64 (k,), ascending.

    Returns
    -------
    int64 (at most k,), positions, ascending.
    """
    people = people[candidates.start[people] < candidates.start[people + 1]]
    length = np.diff(candidates.start)[people]
    first = np.cumsum(length) - length
    at = np.repeat(candidates.start[people] - first, length) + np.arange(length.sum())
    found: Long = at[_lowest(key[at], first, length)]
    key[found] = USED
    return found


def _lowest(key: Long, first: Long, length: Long) -> Long:
    """Return where the lowest key of each stretch is, ascending; nothing of a stretch that is all used."""
    if not len(first):
        return np.empty(0, dtype=np.int64)
    lowest = np.minimum.reduceat(key, first)
    # No key is as low as this.
    lowest[lowest == USED] = -USED
    return np.flatnonzero(key == np.repeat(lowest, length))


def counts(candidates: Candidates, page: Long) -> Int:
    """Return to how many people each role is shown, int32 (m,)."""
    return np.bincount(candidates.role[page[page >= 0]], minlength=candidates.n_roles).astype(np.int32)


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
    return np.argsort(keys(candidates_of_one, price))[:shown].astype(np.int64)
