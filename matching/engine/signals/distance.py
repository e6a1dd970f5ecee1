"""How near the role is, measured by how far the person goes at all."""

from __future__ import annotations

import math

import numpy as np

from matching.engine.compiled import compiled
from matching.engine.exponential import fading
from matching.engine.pairs import Pairs
from matching.engine.problem import Bool, Float, Int, Problem, Single
from matching.engine.signal import Pair, Signal

AT_HOME = 0.5
"""A role done from home is neutral: like a role at seven tenths of the travel limit, and never the best."""


def score(problem: Problem, pairs: Pairs) -> Single:
    """Return e^(−km / limit): 1 next door, .37 at the limit; `AT_HOME` for a role done from home."""
    near = np.empty(len(pairs), dtype=np.float32)
    _nearness(pairs.volunteer, pairs.role, pairs.km, problem.volunteers.travel_limit_km, problem.roles.is_online, near)
    return near


@compiled
def _nearness(volunteer: Int, role: Int, km: Float, limit_km: Float, is_online: Bool, near: Single) -> None:
    for pair in range(len(volunteer)):
        limit = limit_km[volunteer[pair]]
        share = km[pair] / limit if limit > 0.0 else 0.0
        near[pair] = AT_HOME if is_online[role[pair]] else fading(share)


def plain(problem: Problem, pair: Pair) -> float:
    if problem.roles.is_online[pair.role]:
        return AT_HOME
    limit = float(problem.volunteers.travel_limit_km[pair.volunteer])
    return math.exp(-pair.km / limit) if limit > 0 else 1.0


SIGNAL = Signal("distance", score, plain)
