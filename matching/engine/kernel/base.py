"""The base score, by which candidates are chosen: what makes up most of the score and can be said of a bare pair.

interest, wish, skill and distance, each as its signal defines it and with its weight. It is rounded to whole
millionths (2⁻²⁰), so that sums that are equal on paper are equal here; equal ones go by the role's number.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from matching.engine.compiled import compiled
from matching.engine.exponential import fading
from matching.engine.geodesy import MEAN_RADIUS_KM
from matching.engine.scoring import RELEVANT, Weights
from matching.engine.signals.distance import AT_HOME
from matching.engine.signals.interest import STEEPNESS
from matching.engine.signals.wish import NOISE, SAME, STEP

GRID = float(1 << 20)
MOST_ROLES, MOST_SLOTS = (1 << 30) - 1, 1 << 12
"""How many roles, and slots of one role, the 63 bits of a key can tell apart."""

ROUNDING = 2.0 / GRID
"""By so much less is a bound on base scores asked for, so that no rounding decides."""

SLACK = 1e-6
"""Signals are rounded to float32 in the end; a pair this close to the floor stays a candidate."""


class Scale(NamedTuple):
    """Weights of the four signals, how far a skill is believed alone, and how much eagerness is enough.

    Where interest and wish are 1 − e^−a and 1 − e^−b, and the skill is believed by s, the relevance is
    1 − e^−(a + b) (1 − s): so it is above the floor where a + b − ln(1 − s) is above −ln(1 − floor), and most pairs
    are told apart without a single power of e. ``must_say`` is the least product of two texts that may be enough alone,
    ``never`` is what is not enough with any skill.
    """

    interest: float
    wish: float
    skill: float
    distance: float
    skill_belief: float
    enough: float
    must_say: float
    never: float


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
        SAME * (NOISE + STEP * enough) - 1.0 if enough > 0.0 else -math.inf,
        enough + math.log(1.0 - RELEVANT["skill"]) - SLACK,
    )


@compiled
def eagerness(shared: float, product: float) -> float:
    """Return how much is wished for, on a scale on which interests and words add up, see `Scale`."""
    return STEEPNESS * shared + alike(product)


@compiled
def alike(product: float) -> float:
    """Return what the product of two texts adds to that."""
    return max(product * (1.0 / SAME) - NOISE, 0.0) * (1.0 / STEP)


@compiled
def wished(product: float) -> float:
    """Return the signal of that name."""
    return 1.0 - fading(alike(product))


@compiled
def base_score(
    shared: float, said: float, skill: float, square: float, per_km: float, online: bool, scale: Scale
) -> float:
    """Return what the products of interests and of texts, the skill, and the way make together.

    Parameters
    ----------
    square : km², of the straight line; per_km : 1 ÷ how far the person goes.
    """
    km = math.sqrt(square) * (1.0 + square * (1.0 / (24.0 * MEAN_RADIUS_KM * MEAN_RADIUS_KM)))
    near = AT_HOME if online else fading(km * per_km)
    likes = scale.interest * (1.0 - fading(STEEPNESS * shared)) + scale.wish * wished(said)
    return likes + scale.skill * skill + scale.distance * near


@compiled
def is_enough(shared: float, product: float, scale: Scale) -> bool:
    """Say whether somebody without a skill wants this, as `matching.engine.scoring.relevance` does."""
    return bool(eagerness(shared, product) >= scale.enough)


@compiled
def is_enough_with_skill(shared: float, product: float, skill: float, scale: Scale) -> bool:
    """Say whether somebody with *skill* of what is welcome wants this."""
    eager = eagerness(shared, product)
    if eager >= scale.enough or eager < scale.never:
        return bool(eager >= scale.enough)
    return bool(eager >= scale.enough + math.log(1.0 - scale.skill_belief * skill))


@compiled
def key(base: float, role: int, turn: int) -> np.int64:
    """Return one number by which the pairs of a person are ordered: the base score, then the lower role number.

    What is left of its bits says which of the role's slots it is.
    """
    return (np.int64(math.floor(base * GRID + 0.5)) << 42) | ((MOST_ROLES - np.int64(role)) << 12) | np.int64(turn)
