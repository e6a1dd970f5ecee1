"""The people of a market, and which roles they fit and want, scored as the engine scores.

What is assumed. People live in towns, more of them near the centre. They go 1 to 5 km. A person is interested in one
to four kinds, by a Zipf law with exponent 0.7: the first kind is wanted by thirteen times as many as the last. Three in
five wrote a wish, and some roles speak to people better than others, which makes favourites. Half of the half days are
free at the weekend, one in four during the week. One role in ten wants a qualification, such as a driving licence,
that one person in five has, and one in ten welcomes a skill that one in five has. Weights, curves and the floor of
relevance are those of docs/matching.md.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from benchmarks.allocation.roles import HALF_DAYS, Array, Flags, Roles, zipf
from matching.engine.allocation.market import Long
from matching.engine.problem import Single

LIMITS_KM, LIMIT_SHARES = (1.0, 2.0, 3.0, 5.0), (0.15, 0.3, 0.3, 0.25)
AT_HOME, SKEW, QUALIFIED = 0.5, 0.7, 0.2
RELEVANT = 0.3
TOWNS_PER_KM2 = 2.2
_AT_ONCE = 500


@dataclass(frozen=True)
class Pairs:
    """Pairs that fit and are wanted, by volunteer and then by role."""

    volunteer: Long
    role: Long
    score: Single


@dataclass(frozen=True)
class People:
    """n people; what they are interested in is weighed per kind, float64 (n, kinds)."""

    at: Array
    limit_km: Array
    interests: Array
    has_wish: Flags
    free: Flags
    is_qualified: Flags
    is_skilled: Flags
    length_fits: Array


@dataclass(frozen=True)
class City:
    people: People
    roles: Roles
    wants_qualification: Flags
    wants_skill: Flags

    def fits(self, volunteer: Long, role: Long) -> Flags:
        """Say for each pair, bool (p,), whether no hard constraint shuts it out."""
        people, roles = self.people, self.roles
        km = np.hypot(*(people.at[volunteer] - roles.at[role]).T)
        has_time = (people.free[volunteer] & roles.slots[role]).any(axis=1)
        may = people.is_qualified[volunteer] | ~self.wants_qualification[role]
        return np.asarray(~(km > people.limit_km[volunteer]) & has_time & may)


def invent(n: int, roles: Roles, rng: np.random.Generator) -> City:
    """Invent *n* people for the roles."""
    wants_qualification, wants_skill = rng.random(len(roles)) < 0.1, rng.random(len(roles)) < 0.1
    return City(_people(n, roles, rng), roles, wants_qualification, wants_skill)


def pairs(city: City, rng: np.random.Generator) -> Pairs:
    """Return who fits and wants which role, and how much; *rng* decides how well words happen to agree."""
    people, roles = city.people, city.roles
    found = []
    for first in range(0, len(people.at), _AT_ONCE):
        some = slice(first, first + _AT_ONCE)
        fits = people.free[some].astype(np.float32) @ roles.slots.T.astype(np.float32) > 0
        fits &= ~(_km(people.at[some], roles.at) > people.limit_km[some, None])
        fits &= people.is_qualified[some, None] | ~city.wants_qualification
        who, role = np.nonzero(fits)
        score, relevance = _score(city, who + first, role, rng)
        kept = relevance >= RELEVANT
        found.append((who[kept] + first, role[kept], score[kept]))
    volunteer, role, score = (np.concatenate(column) for column in zip(*found, strict=True))
    return Pairs(volunteer, role, score.astype(np.float32))


def _people(n: int, roles: Roles, rng: np.random.Generator) -> People:
    towns = max(int(TOWNS_PER_KM2 * (3.3 * roles.spread_km) ** 2), 10)
    places = rng.normal(0.0, roles.spread_km, (towns, 2))
    town = rng.choice(towns, n, p=(share := rng.lognormal(0.0, 0.6, towns)) / share.sum())
    kinds = roles.kinds.shape[1]
    # Gumbel's trick: the best of log-weights with noise are a draw without putting back.
    keen = np.log(zipf(kinds, SKEW)) + rng.gumbel(size=(n, kinds))
    rank = np.argsort(np.argsort(-keen, axis=1), axis=1)
    weekend = np.arange(HALF_DAYS) >= 15
    return People(
        at=places[town],
        limit_km=rng.choice(LIMITS_KM, n, p=LIMIT_SHARES),
        interests=(rank < rng.integers(1, 5, n)[:, None]).astype(np.float64),
        has_wish=rng.random(n) < 0.6,
        free=rng.random((n, HALF_DAYS)) < np.where(weekend, 0.5, 0.25),
        is_qualified=rng.random(n) < QUALIFIED,
        is_skilled=rng.random(n) < 0.2,
        length_fits=np.minimum(rng.choice([0.5, 0.7, 1.0], n), 1.0),
    )


def _km(here: Array, there: Array) -> Array:
    """Return float64 (people, roles); NaN for a role done from home."""
    return np.asarray(np.sqrt(((here[:, None, :] - there[None, :, :]) ** 2).sum(axis=2)))


def _score(city: City, who: Long, role: Long, rng: np.random.Generator) -> tuple[Array, Array]:
    people, roles = city.people, city.roles
    about = np.einsum("ij,ij->i", people.interests[who], roles.kinds[role])
    interest = -np.expm1(-2.0 * about)
    cosine = np.minimum(about, 1.0) * 0.2 * roles.appeal[role] + np.abs(rng.normal(0.0, 0.04, len(who)))
    wish = np.where(people.has_wish[who], -np.expm1(-np.maximum(cosine - 0.03, 0.0) / 0.2), 0.0)
    skill = (people.is_skilled[who] & city.wants_skill[role]).astype(np.float64)
    km = np.hypot(*(people.at[who] - roles.at[role]).T)
    near = np.where(np.isnan(km), AT_HOME, np.exp(-km / people.limit_km[who]))
    score = 0.4 * interest + 0.25 * wish + 0.1 * skill + 0.15 * near + 0.1 * people.length_fits[who]
    return score, 1.0 - (1.0 - interest) * (1.0 - wish) * (1.0 - skill / 4)
