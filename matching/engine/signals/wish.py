"""How alike the person's own words and the role's are."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from matching.engine.byte_products import product
from matching.engine.compiled import compiled
from matching.engine.exponential import fading
from matching.engine.pairs import Pairs
from matching.engine.problem import Int, Problem, Single
from matching.engine.signal import Pair, Signal

SAME = 127.0 * 127.0
"""The product of two texts that say the same: their rows are 127 long."""

NOISE = 0.15
"""Texts about different things are mostly less alike than this: words of daily life are near each other anyway."""

STEP = 0.22
"""A sentence and a role for it are .3 to .5 alike, with the names of activities .55 to .75: .46 gives .76, .73 gives
.93. The floor of relevance is reached at .23: 1 in 20 wrong roles lies above, and 9 of 10 right ones (34 queries)."""


def score(problem: Problem, pairs: Pairs) -> Single:
    """Return 1 − e^(−(cosine − `NOISE`) / `STEP`), 0 below `NOISE`."""
    said, score = np.empty(len(pairs), dtype=np.int32), np.empty(len(pairs), dtype=np.float32)
    _products(problem.volunteers.wish, problem.roles.text, pairs.volunteer, pairs.role, said)
    _likeness(said, score)
    return score


@compiled
def _likeness(said: Int, score: Single) -> None:
    for pair in range(len(said)):
        score[pair] = 1.0 - fading(max(said[pair] / SAME - NOISE, 0.0) / STEP)


@compiled
def _products(wish: npt.NDArray[np.int8], text: npt.NDArray[np.int8], volunteer: Int, role: Int, products: Int) -> None:
    """Multiply the texts of pairs that lie by volunteer; half of them wrote nothing."""
    last, wrote = -1, False
    for pair in range(len(volunteer)):
        if volunteer[pair] != last:
            last = volunteer[pair]
            wrote = says_anything(wish[last])
        products[pair] = product(wish[last], text[role[pair]]) if wrote else 0


@compiled
def says_anything(text: npt.NDArray[np.int8]) -> bool:
    """Say whether there is a text, int8 (dims,)."""
    dim = 0
    while dim < len(text) and text[dim] == 0:
        dim += 1
    return dim < len(text)


def plain(problem: Problem, pair: Pair) -> float:
    wish, text = problem.volunteers.wish[pair.volunteer].tolist(), problem.roles.text[pair.role].tolist()
    said = sum(one * other for one, other in zip(wish, text, strict=True))
    return 1.0 - math.exp(-max(said / SAME - NOISE, 0.0) / STEP)


SIGNAL = Signal("wish", score, plain)
