"""Whether taking part lasts as long as the person has in mind."""

from __future__ import annotations

import numpy as np

from matching.engine.pairs import Pairs
from matching.engine.problem import Problem, Single
from matching.engine.signal import Pair, Signal

NOTHING_SAID = 0.5


def score(problem: Problem, pairs: Pairs) -> Single:
    """Return 1 up to the wished length, then wished / asked; `NOTHING_SAID` where no length was wished."""
    wished = problem.volunteers.minutes_at_most[pairs.volunteer].astype(np.float64)
    asked = np.maximum(problem.slots.minutes[pairs.slot], 1)
    return np.where(wished > 0, np.minimum(wished / asked, 1.0), NOTHING_SAID).astype(np.float32)


def plain(problem: Problem, pair: Pair) -> float:
    wished, asked = int(problem.volunteers.minutes_at_most[pair.volunteer]), int(problem.slots.minutes[pair.slot])
    return min(wished / max(asked, 1), 1.0) if wished > 0 else NOTHING_SAID


SIGNAL = Signal("time_fit", score, plain)
