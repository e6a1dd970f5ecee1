"""Small markets for the allocation: written by hand, or drawn by chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from hypothesis import strategies as st

from matching.engine.allocation.allocate import allocate
from matching.engine.allocation.market import Asks, Candidates, Places
from matching.engine.allocation.outcome import Allocation

Likes = dict[int, float]
"""Role → score."""


@dataclass(frozen=True)
class Market:
    candidates: Candidates
    asks: Asks
    places: Places
    shown: int

    def allocate(self, floor: int = 5) -> Allocation:
        return allocate(self.candidates, self.asks, self.places, shown=self.shown, floor=floor)


def candidates(likes: Sequence[Likes], n_roles: int) -> Candidates:
    rows = [sorted(one.items(), key=lambda item: (-np.float32(item[1]), item[0])) for one in likes]
    return Candidates(
        start=np.cumsum([0, *map(len, rows)], dtype=np.int64),
        role=np.array([role for row in rows for role, _ in row], dtype=np.int32),
        score=np.array([score for row in rows for _, score in row], dtype=np.float32),
        n_roles=n_roles,
    )


def market(
    likes: Sequence[Likes],
    need: Sequence[int],
    *,
    shown: int = 3,
    left: Sequence[int] | None = None,
    order: Sequence[int] | None = None,
    may_ask: Sequence[int] | None = None,
) -> Market:
    """Put it into arrays; as many asks as are shown, all asked equally long ago, and no role holding back."""
    n = len(likes)
    return Market(
        candidates(likes, len(need)),
        Asks(
            np.array([shown] * n if left is None else left, dtype=np.int32),
            np.array([0] * n if order is None else order, dtype=np.int64),
            np.arange(n),
        ),
        Places(
            np.array(need, dtype=np.int32), np.array([n] * len(need) if may_ask is None else may_ask, dtype=np.int64)
        ),
        shown,
    )


def pages(one: Market, allocation: Allocation) -> list[list[int]]:
    """Return the roles that each person is shown, in order."""
    items = np.split(one.candidates.role[allocation.position], allocation.start[1:-1])
    return [row.tolist() for row in items]


def crowd(rng: np.random.Generator, people: int, roles: int, shown: int) -> Market:
    """Draw a market in which the lower a role's number, the more people fit and want it."""
    fits = rng.random((people, roles)) < np.linspace(0.9, 0.2, roles)
    score = np.clip(rng.normal(0.6, 0.15, (people, roles)) + np.linspace(0.1, -0.1, roles), 0, 1)
    likes = [{int(role): float(score[who, role]) for role in np.flatnonzero(fits[who])} for who in range(people)]
    return market(likes, rng.integers(0, 6, roles).tolist(), shown=shown)


def _drawn(seed: int, people: int, roles: int, is_capped: bool) -> Market:
    rng = np.random.default_rng(seed)
    n, m = int(rng.integers(1, people + 1)), int(rng.integers(1, roles + 1))
    plain = crowd(rng, n, m, int(rng.integers(1, 5)))
    if not is_capped:
        return plain
    asks = Asks(rng.integers(0, 5, n).astype(np.int32), rng.integers(0, 4, n), rng.permutation(n))
    return replace(plain, asks=asks, places=Places(plain.places.need, rng.integers(0, n + 2, m)))


def markets(*, people: int = 14, roles: int = 6, is_capped: bool = True) -> st.SearchStrategy[Market]:
    """Draw a crowd of up to so many. Hypothesis draws the seed alone, as in `tests.matching.engine.markets`."""
    return st.integers(0, 2**32 - 1).map(lambda seed: _drawn(seed, people, roles, is_capped))
