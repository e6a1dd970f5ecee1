"""How many of the skills that are welcome in the role the person brings."""

from __future__ import annotations

import numpy as np

from matching.engine import products
from matching.engine.compiled import compiled
from matching.engine.derived import derived
from matching.engine.pairs import Pairs
from matching.engine.problem import Float, Int, Problem, Roles, Single
from matching.engine.signal import Pair, Signal


def score(problem: Problem, pairs: Pairs) -> Single:
    """Return the share of the role's skills, by weight, that the volunteer has; 0 where the role names none."""
    shared = products.of_pairs(problem.volunteers.skills, problem.roles, "skills", pairs, ticks=True)
    score = np.empty(len(pairs), dtype=np.float32)
    _share(pairs.role, shared, _in_all(problem.roles), score)
    return score


@compiled
def _share(role: Int, shared: Float, in_all: Float, score: Single) -> None:
    for pair in range(len(role)):
        wanted = in_all[role[pair]]
        score[pair] = min(max(shared[pair] / wanted, 0.0), 1.0) if wanted > 0.0 else 0.0


@derived
def _in_all(roles: Roles) -> Float:
    """Return the weights of a role's skills together, float64 (m,)."""
    return np.asarray(roles.skills.sum(axis=1)).ravel()


def plain(problem: Problem, pair: Pair) -> float:
    has = {skill for skill, value in products.row(problem.volunteers.skills, pair.volunteer).items() if value}
    wanted = products.row(problem.roles.skills, pair.role)
    total = sum(wanted.values())
    return min(sum(value for skill, value in wanted.items() if skill in has) / total, 1.0) if total > 0 else 0.0


SIGNAL = Signal("skill", score, plain)
