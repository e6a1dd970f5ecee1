"""Something to begin with for who has not taken part yet, something new for who has."""

from __future__ import annotations

import numpy as np

from matching.engine import products
from matching.engine.compiled import compiled
from matching.engine.derived import derived
from matching.engine.pairs import Pairs
from matching.engine.problem import Bool, Float, Int, Problem, Roles, Single, Slots
from matching.engine.signal import Pair, Signal

SHORT_MIN = 90
"""A first time of this length still fits between two things of a day."""

HEAVY = 3
"""The effort of heavy work; 1 is none, and 2 lies halfway."""

KNOWN = 0.5
"""For who has taken part, a role like those they know is neutral: `history` says whether they liked them."""


def score(problem: Problem, pairs: Pairs) -> Single:
    """Return how easy the role is to begin with; for who has taken part, ½ + ½ of the share that is new to them.

    Easy to begin with is the mean of five: no qualification is asked for, the work is light (1, ½, 0), it is short
    (1 up to `SHORT_MIN`, then that ÷ minutes), one is in at once and not asked first, and friends may come along.
    """
    people, roles = problem.volunteers, problem.roles
    known, score = products.of_pairs(people.tried, roles, "traits", pairs), np.empty(len(pairs), dtype=np.float32)
    _choose(
        pairs.volunteer,
        pairs.role,
        pairs.slot,
        people.has_taken_part,
        _all_of_it(roles),
        known,
        _easy(roles),
        _short(problem.slots),
        score,
    )
    return score


@compiled
def _choose(
    volunteer: Int,
    role: Int,
    slot: Int,
    has_taken_part: Bool,
    all_of_it: Float,
    known: Float,
    easy: Float,
    short: Float,
    score: Single,
) -> None:
    for pair in range(len(volunteer)):
        fresh = min(max(all_of_it[role[pair]] - known[pair], 0.0), 1.0)
        new, first = KNOWN + (1 - KNOWN) * fresh, (easy[role[pair]] + short[slot[pair]]) / 5.0
        score[pair] = new if has_taken_part[volunteer[pair]] else first


@derived
def _all_of_it(roles: Roles) -> Float:
    """Return the shares of all traits together, float64 (m,)."""
    return np.asarray(roles.traits.sum(axis=1)).ravel()


@derived
def _easy(roles: Roles) -> Float:
    """Return how many of the four that lie in the role itself are so, float64 (m,)."""
    light = np.clip((HEAVY - roles.effort) / (HEAVY - 1), 0.0, 1.0)
    each = [roles.qualifications == 0, light, ~roles.asks_first, roles.takes_groups]
    return np.asarray(np.sum(each, axis=0, dtype=np.float64))


@derived
def _short(slots: Slots) -> Float:
    """Return how far each slot is a short one, float64 (s,)."""
    return np.asarray(np.minimum(SHORT_MIN / np.maximum(slots.minutes, 1), 1.0))


def plain(problem: Problem, pair: Pair) -> float:
    people, roles = problem.volunteers, problem.roles
    if people.has_taken_part[pair.volunteer]:
        traits = products.row(roles.traits, pair.role)
        fresh = sum(traits.values()) - products.of_rows(products.row(people.tried, pair.volunteer), traits)
        return KNOWN + (1 - KNOWN) * min(max(fresh, 0.0), 1.0)
    easy = [
        float(int(roles.qualifications[pair.role]) == 0),
        min(max((HEAVY - int(roles.effort[pair.role])) / (HEAVY - 1), 0.0), 1.0),
        min(SHORT_MIN / max(int(problem.slots.minutes[pair.slot]), 1), 1.0),
        float(not roles.asks_first[pair.role]),
        float(roles.takes_groups[pair.role]),
    ]
    return sum(easy) / len(easy)


SIGNAL = Signal("novelty", score, plain)
