"""The base score, by which candidates are chosen: what makes up most of the score and can be said of a bare pair.

interest, wish, skill and distance, each as its signal defines it and with its weight. It is rounded to whole
millionths (2⁻²⁰), so that sums that are equal on paper are equal here; equal ones go by the role's number.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from matching.engine.compiled import compiled
from matching.engine.scoring import RELEVANT, Weights
from matching.engine.signals.distance import AT_HOME
from matching.engine.signals.interest import STEEPNESS
from matching.engine.signals.wish import NOISE, SAME, STEP

GRID = float(1 << 20)
MOST_ROLES, MOST_SLOTS = (1 << 30) - 1, 1 << 12
"""How many roles, and slots of one role, the 63 bits of a key can tell apart."""

LN2, HALVES = math.log(2.0), 0.5 ** np.arange(64)
C2, C3, C4, C5, C6, C7, C8, C9 = (1.0 / math.factorial(term) for term in range(2, 10))
ROUNDING = 1.0 - 1e-9
SLACK = 1e-6
"""Signals are rounded to float32 in the end; a pair this close to the floor stays a candidate."""


class Scale(NamedTuple):
    """Weights of the four signals, how far a skill is believed alone, and how much eagerness is enough.

    Where interest and wish are 1 − e^−a and 1 − e^−b, and the skill is believed by s, the relevance is
    1 − e^−(a + b) (1 − s): so it is above the floor where a + b − ln(1 − s) is above −ln(1 − floor), and most pairs
    are told apart without a single power of e. ``enough_with_skill`` is so little that with every skill it is enough.
    """

    interest: float
    wish: float
    skill: float
    distance: float
    skill_belief: float
    enough: float
    enough_with_skill: float


def scale(weights: Weights, floor: float) -> Scale:
    """Return the numbers of the base score.

    Raises
    ------
    LookupError
        Where relevance is made of other signals than interest and wish, both believed wholly, and skill.
    """
    if {**RELEVANT, "skill": 0.0} != {"interest": 1.0, "wish": 1.0, "skill": 0.0}:
        raise LookupError("the kernel knows relevance by interest, wish and skill")
    by_name, enough = weights.by_name(), -math.log(max(1.0 - floor + SLACK, 1e-300))
    return Scale(
        by_name["interest"],
        by_name["wish"],
        by_name["skill"],
        by_name["distance"],
        RELEVANT["skill"],
        enough,
        enough + math.log(1.0 - RELEVANT["skill"]),
    )


@compiled
def fading(x: float) -> float:
    """Return e^−x for x ≥ 0, within 10⁻¹¹: three a pair are too many calls of the C library, which takes 20 ns for one.

    e^−x = 2^−n e^−r with whole n and |r| ≤ ln 2 / 2, and e^−r by its series, ten terms of it.
    """
    whole = np.int64(x * (1.0 / LN2) + 0.5)
    if whole >= len(HALVES):
        return 0.0
    r = whole * LN2 - x
    high = r * (r * (r * (r * C9 + C8) + C7) + C6) + C5
    return (r * (r * (r * (r * (r * high + C4) + C3) + C2) + 1.0) + 1.0) * HALVES[whole]


@compiled
def must_say(shared: float, skill: float, scale: Scale) -> float:
    """Return the least product of two texts with which a pair may be relevant; −1 where any is enough."""
    missing = (scale.enough_with_skill if skill > 0.0 else scale.enough) - STEEPNESS * shared
    return SAME * (NOISE + STEP * missing) * ROUNDING if missing > 0.0 else -SAME


@compiled
def is_relevant(shared: float, product: float, skill: float, scale: Scale) -> bool:
    """Say whether somebody wants this, as `matching.engine.scoring.relevance` does."""
    eagerness = STEEPNESS * shared + max(product / SAME - NOISE, 0.0) / STEP
    if skill == 0.0 or eagerness >= scale.enough:
        return bool(eagerness >= scale.enough)
    return bool(eagerness >= scale.enough + math.log(1.0 - scale.skill_belief * skill))


@compiled
def key(shared: float, product: float, skill: float, near: float, scale: Scale, role: int, turn: int) -> np.int64:
    """Return one number by which the pairs of a person are ordered: the base score, then the lower role number.

    What is left of its bits says which of the role's slots it is.
    """
    interest = 1.0 - fading(STEEPNESS * shared)
    wish = 1.0 - fading(max(product / SAME - NOISE, 0.0) / STEP)
    base = scale.interest * interest + scale.wish * wish + scale.skill * skill + scale.distance * near
    return (np.int64(math.floor(base * GRID + 0.5)) << 42) | ((MOST_ROLES - np.int64(role)) << 12) | np.int64(turn)


@compiled
def nearness(km: float, limit_km: float, online: bool) -> float:
    """Return the signal `distance`."""
    if online:
        return AT_HOME
    return fading(km / limit_km) if limit_km > 0.0 else 1.0
