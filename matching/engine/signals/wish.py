"""How alike the person's own words and the role's are."""

from __future__ import annotations

import numpy as np

from matching.engine.pairs import Pairs
from matching.engine.problem import Problem, Single
from matching.engine.signals import products
from matching.engine.signals.signal import Pair, Signal

NOISE = 0.03
"""Texts about different things are about this alike, for they share everyday words."""

ALIKE = 0.35
"""Texts about the same thing are hardly ever more alike than this."""


def score(problem: Problem, pairs: Pairs) -> Single:
    """Return the cosine of the two texts, stretched so that `NOISE` gives 0 and `ALIKE` 1."""
    cosine = products.of_pairs(problem.volunteers.wish, problem.roles.text, pairs)
    return np.clip((cosine - NOISE) / (ALIKE - NOISE), 0.0, 1.0).astype(np.float32)


def plain(problem: Problem, pair: Pair) -> float:
    wish = products.row(problem.volunteers.wish, pair.volunteer)
    cosine = products.of_rows(wish, products.row(problem.roles.text, pair.role))
    return min(max((cosine - NOISE) / (ALIKE - NOISE), 0.0), 1.0)


SIGNAL = Signal("wish", score, plain)
