"""How much the slot needs somebody soon: its beginning is near and its places are empty."""

from __future__ import annotations

import math

import numpy as np

from matching.engine.derived import derived
from matching.engine.pairs import Pairs
from matching.engine.problem import Problem, Single, Slots
from matching.engine.signal import Pair, Signal

FADES_H = 7 * 24.0
"""A week further off is e⁻¹ as pressing: a slot within days stands out from one in three weeks, and a week is how
often people hear of suggestions."""


def score(problem: Problem, pairs: Pairs) -> Single:
    """Return the share of empty places × e^(−hours left / week): 1 for a slot at once that nobody has joined.

    The hours are those until somebody must have begun. A window counts by its last moment, not by its first: one that
    is open for a month has begun long ago, and still presses nobody.
    """
    return _pressing(problem.slots)[pairs.slot]


@derived
def _pressing(slots: Slots) -> Single:
    """Return it for every slot, float32 (s,)."""
    empty = np.clip(slots.places_left / np.maximum(slots.capacity, 1), 0.0, 1.0)
    return np.asarray(empty * np.exp(-np.maximum(slots.hours_left, 0.0) / FADES_H), dtype=np.float32)


def plain(problem: Problem, pair: Pair) -> float:
    slots = problem.slots
    empty = int(slots.places_left[pair.slot]) / max(int(slots.capacity[pair.slot]), 1)
    return min(max(empty, 0.0), 1.0) * math.exp(-max(float(slots.hours_left[pair.slot]), 0.0) / FADES_H)


SIGNAL = Signal("urgency", score, plain)
