"""What the person's own answers say about a role like this one."""

from __future__ import annotations

import numpy as np

from matching.engine import products
from matching.engine.compiled import compiled
from matching.engine.pairs import Pairs
from matching.engine.problem import Float, Problem, Single
from matching.engine.signal import Pair, Signal

NOTHING_KNOWN = 0.5


def score(problem: Problem, pairs: Pairs) -> Single:
    """Return ½ + ½ · x / (1 + |x|), x the product of the leanings and the role's traits; `NOTHING_KNOWN` for 0.

    One "yes" to a role of the same kind and organisation gives .75, three .88; one "no", which counts half, gives
    .33. Bent like this, the first answers say most, and however many "no" there are, they never outweigh a choice.
    """
    x = products.of_pairs(problem.volunteers.leanings, problem.roles, "traits", pairs)
    score = np.empty(len(pairs), dtype=np.float32)
    _bend(x, score)
    return score


@compiled
def _bend(x: Float, score: Single) -> None:
    for pair in range(len(x)):
        score[pair] = NOTHING_KNOWN + NOTHING_KNOWN * x[pair] / (1.0 + abs(x[pair]))


def plain(problem: Problem, pair: Pair) -> float:
    leanings = products.row(problem.volunteers.leanings, pair.volunteer)
    x = products.of_rows(leanings, products.row(problem.roles.traits, pair.role))
    return NOTHING_KNOWN + NOTHING_KNOWN * x / (1.0 + abs(x))


SIGNAL = Signal("history", score, plain)
