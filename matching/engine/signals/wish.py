"""How alike the person's own words and the role's are."""

from __future__ import annotations

import math

import numpy as np

from matching.engine import products
from matching.engine.pairs import Pairs
from matching.engine.problem import Problem, Single
from matching.engine.signal import Pair, Signal

NOISE = 0.03
"""The cosine of texts about different things: 19 of 20 are below, for they share no more than everyday words."""

STEP = 0.2
"""A bare sentence and a role for it come to cosines of .05 to .3, with the names of activities to .2 to .8. So the
score rises fast at first and never quite ends: .1 gives .30, .3 gives .74, .6 gives .94."""


def score(problem: Problem, pairs: Pairs) -> Single:
    """Return 1 − e^(−(cosine − `NOISE`) / `STEP`), 0 below `NOISE`."""
    cosine = products.of_pairs(problem.volunteers.wish, problem.roles.text, pairs)
    return np.asarray(-np.expm1(-np.maximum(cosine - NOISE, 0.0) / STEP), dtype=np.float32)


def plain(problem: Problem, pair: Pair) -> float:
    wish = products.row(problem.volunteers.wish, pair.volunteer)
    cosine = products.of_rows(wish, products.row(problem.roles.text, pair.role))
    return 1.0 - math.exp(-max(cosine - NOISE, 0.0) / STEP)


SIGNAL = Signal("wish", score, plain)
