"""How near the role is, measured by how far the person goes at all."""

from __future__ import annotations

import math

import numpy as np

from matching.engine.pairs import Pairs
from matching.engine.problem import Problem, Single
from matching.engine.signal import Pair, Signal

AT_HOME = 0.5
"""A role done from home is neutral: like a role at seven tenths of the travel limit, and never the best."""


def score(problem: Problem, pairs: Pairs) -> Single:
    """Return e^(−km / limit): 1 next door, .37 at the limit; `AT_HOME` for a role done from home."""
    limit = problem.volunteers.travel_limit_km[pairs.volunteer]
    share = np.divide(pairs.km, limit, out=np.zeros_like(pairs.km), where=limit > 0)
    near = np.where(problem.roles.is_online[pairs.role], AT_HOME, np.exp(-share))
    return np.clip(near, 0.0, 1.0).astype(np.float32)


def plain(problem: Problem, pair: Pair) -> float:
    if problem.roles.is_online[pair.role]:
        return AT_HOME
    limit = float(problem.volunteers.travel_limit_km[pair.volunteer])
    return math.exp(-pair.km / limit) if limit > 0 else 1.0


SIGNAL = Signal("distance", score, plain)
