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
from matching.engine.signals.interest import STEEPNESS
from matching.engine.signals.wish import NOISE, SAME, STEP

GRID = float(1 << 20)
MOST_ROLES, MOST_SLOTS = (1 << 30) - 1, 1 << 12
"""How many roles, and slots of one role, the 63 bits of a key can tell apart."""

FADED = 40.0
"""From here on e^−x is nothing."""

C2, C3, C4, C5, C6, C7, C8 = (1.0 / math.factorial(term) for term in range(2, 9))
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
    """Return e^−x for x ≥ 0, within 10⁻¹¹.

    The C library would be asked three times a pair, one pair after the other. This is e^−x = (e^−x/64)⁶⁴ by the first
    nine terms of the series, without a branch or a table, so several pairs are worked out side by side.
    """
    r = min(x, FADED) * (-1.0 / 64.0)
    y = 1.0 + r * (1.0 + r * (C2 + r * (C3 + r * (C4 + r * (C5 + r * (C6 + r * (C7 + r * C8)))))))
    for _ in range(6):
        y *= y
    return y


@compiled
def must_say(shared: np.float32, skill: np.float32, scale: Scale) -> np.float32:
    """Return the least product of two texts with which a pair may be relevant, rounded down; none where any is."""
    missing = np.float32(scale.enough_with_skill if skill > 0.0 else scale.enough) - np.float32(STEEPNESS) * shared
    least = np.float32(SAME * NOISE) + np.float32(SAME * STEP) * missing - np.float32(1.0)
    return least if missing > 0.0 else np.float32(-np.inf)


@compiled
def is_relevant(shared: float, product: float, skill: float, scale: Scale) -> bool:
    """Say whether somebody wants this, as `matching.engine.scoring.relevance` does."""
    eagerness = STEEPNESS * shared + max(product / SAME - NOISE, 0.0) / STEP
    if skill == 0.0 or eagerness >= scale.enough:
        return bool(eagerness >= scale.enough)
    return bool(eagerness >= scale.enough + math.log(1.0 - scale.skill_belief * skill))


@compiled
def key(base: float, role: int, turn: int) -> np.int64:
    """Return one number by which the pairs of a person are ordered: the base score, then the lower role number.

    What is left of its bits says which of the role's slots it is.
    """
    return (np.int64(math.floor(base * GRID + 0.5)) << 42) | ((MOST_ROLES - np.int64(role)) << 12) | np.int64(turn)
