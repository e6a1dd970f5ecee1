"""The roles of a market: invented, or out of a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from benchmarks.allocation.roles_file import Row
from benchmarks.allocation.wishes import WISHES, likeness
from matching.engine.geodesy import MEAN_RADIUS_KM

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

KINDS, SIBLINGS = 40, 4
AREA_KM2_OF_60 = 32.7
"""A ward of this size has some 60 roles open at a time; bigger markets are bigger cities, not denser ones."""

HALF_DAYS, HOME = 21, 0.03


@dataclass(frozen=True)
class Roles:
    """m roles.

    Parameters
    ----------
    at : float64 (m, 2), km from the middle; NaN for a role done from home.
    spread_km : how far from the middle people live, one standard deviation.
    kinds : float64 (m, kinds), in [0, 1], how much the role is about each kind that people may be interested in.
    appeal : float64 (m,), around 1: how well its text speaks to those who are interested.
    slots : bool (m, half days of a week)
    need : int32 (m,), places free.
    """

    at: Array
    spread_km: float
    kinds: Array
    appeal: Array
    slots: Flags
    need: npt.NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.at)


def invent(m: int, rng: np.random.Generator) -> Roles:
    """Invent roles: what many want is nearer to the centre, at the weekend, and needs more people.

    Every kind is asked for somewhat alike (Zipf, exponent 0.3), while interests are skewed more (0.7, see `people`):
    the first kinds are the fairs, the last ones the quiet work. Half of the roles are about a second kind too.
    """
    side = np.sqrt(AREA_KM2_OF_60 * m / 60)
    main = rng.choice(KINDS, m, p=zipf(KINDS, 0.3))
    popular = 1.0 - main / KINDS
    kinds = np.zeros((m, KINDS))
    kinds[np.arange(m), main] = 1.0
    kinds[(main // SIBLINGS)[:, None] == np.arange(KINDS)[None] // SIBLINGS] += 0.15
    second = np.flatnonzero(rng.random(m) < 0.5)
    kinds[second, rng.integers(0, KINDS, len(second))] += 0.6
    at = rng.normal(0.0, (side * (0.35 - 0.2 * popular))[:, None], (m, 2))
    at[rng.random(m) < HOME] = np.nan
    need = np.exp(rng.uniform(0.0, np.log(20.5), m))
    need = np.where(rng.random(m) < 0.5 * popular, np.maximum(need, np.exp(rng.uniform(0.0, np.log(20.5), m))), need)
    return Roles(
        at, 0.3 * side, np.minimum(kinds, 1.0), rng.lognormal(0.0, 0.3, m), _slots(popular, rng), need.astype(np.int32)
    )


def of_file(rows: Sequence[Row], rng: np.random.Generator) -> Roles:
    """Return the roles of a file; hours, which no such file has, are invented."""
    lat, lng = np.array([row.lat for row in rows]), np.array([row.lng for row in rows])
    at = np.column_stack([lng, lat])
    if is_somewhere := np.isfinite(lat).any():
        at -= np.nanmean(at, axis=0)
        at[:, 0] *= np.cos(np.radians(np.nanmean(lat)))
    at = np.radians(at) * MEAN_RADIUS_KM
    spread = float(np.sqrt(np.nanmean(at**2))) if is_somewhere else 0.0
    kinds = likeness(WISHES, [row.text for row in rows]).T
    need = np.array([row.need for row in rows], dtype=np.int32)
    return Roles(at, max(spread, 1.0), kinds, np.ones(len(rows)), _slots(np.full(len(rows), 0.5), rng), need)


def zipf(n: int, exponent: float) -> Array:
    weights = np.arange(1, n + 1, dtype=np.float64) ** -exponent
    return np.asarray(weights / weights.sum())


def _slots(popular: Array, rng: np.random.Generator) -> Flags:
    """One to three half days; popular things are at the weekend, the last six of the 21, more often than others."""
    m = len(popular)
    slots = np.zeros((m, HALF_DAYS), dtype=np.bool_)
    for turn in range(3):
        has = rng.random(m) < (1.0, 0.5, 0.3)[turn]
        weekend = rng.random(m) < 0.3 + 0.6 * popular
        half_day = np.where(weekend, rng.integers(15, 21, m), rng.integers(0, 15, m))
        slots[np.flatnonzero(has), half_day[has]] = True
    return slots
