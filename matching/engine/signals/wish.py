"""How alike the person's own words and the role's are."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from matching.engine.compiled import compiled, product
from matching.engine.pairs import Pairs
from matching.engine.problem import Int, Problem, Single
from matching.engine.signal import Pair, Signal

SAME = 127.0 * 127.0
"""The product of two texts that say the same: their rows are 127 long."""

NOISE = 0.03
"""The cosine of texts about different things: 19 of 20 are below, for they share no more than everyday words."""

STEP = 0.2
"""A bare sentence and a role for it come to cosines of .05 to .3, with the names of activities to .2 to .8. So the
score rises fast at first and never quite ends: .1 gives .30, .3 gives .74, .6 gives .94."""


def score(problem: Problem, pairs: Pairs) -> Single:
    """Return 1 − e^(−(cosine − `NOISE`) / `STEP`), 0 below `NOISE`."""
    said = np.empty(len(pairs), dtype=np.int32)
    _products(problem.volunteers.wish, problem.roles.text.astype(np.int16), pairs.volunteer, pairs.role, said)
    return np.asarray(-np.expm1(-np.maximum(said / SAME - NOISE, 0.0) / STEP), dtype=np.float32)


@compiled
def _products(
    wish: npt.NDArray[np.int8], text: npt.NDArray[np.int16], volunteer: Int, role: Int, products: Int
) -> None:
    for pair in range(len(volunteer)):
        products[pair] = product(wish[volunteer[pair]], text[role[pair]])


def plain(problem: Problem, pair: Pair) -> float:
    wish, text = problem.volunteers.wish[pair.volunteer].tolist(), problem.roles.text[pair.role].tolist()
    said = sum(one * other for one, other in zip(wish, text, strict=True))
    return 1.0 - math.exp(-max(said / SAME - NOISE, 0.0) / STEP)


SIGNAL = Signal("wish", score, plain)
