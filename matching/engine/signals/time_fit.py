"""Whether taking part lasts as long as the person has in mind."""

from __future__ import annotations

import numpy as np

from matching.engine.compiled import compiled
from matching.engine.pairs import Pairs
from matching.engine.problem import Int, Problem, Single
from matching.engine.signal import Pair, Signal

NOTHING_SAID = 0.5


def score(problem: Problem, pairs: Pairs) -> Single:
    """Return 1 up to the wished length, then wished / asked; `NOTHING_SAID` where no length was wished."""
    score = np.empty(len(pairs), dtype=np.float32)
    _fit(pairs.volunteer, pairs.slot, problem.volunteers.minutes_at_most, problem.slots.minutes, score)
    return score


@compiled
def _fit(volunteer: Int, slot: Int, at_most: Int, minutes: Int, score: Single) -> None:
    for pair in range(len(volunteer)):
        wished, asked = at_most[volunteer[pair]], max(minutes[slot[pair]], 1)
        score[pair] = min(wished / asked, 1.0) if wished > 0 else NOTHING_SAID


def plain(problem: Problem, pair: Pair) -> float:
    wished, asked = int(problem.volunteers.minutes_at_most[pair.volunteer]), int(problem.slots.minutes[pair.slot])
    return min(wished / max(asked, 1), 1.0) if wished > 0 else NOTHING_SAID


SIGNAL = Signal("time_fit", score, plain)
