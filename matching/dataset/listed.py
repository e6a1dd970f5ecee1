"""Who has which role on their list, or in reserve, as pairs of ids."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.dataset.rows import columns, lists
from matching.dataset.vocabulary import Ids
from matching.engine.problem import Float, Single
from matching.engine.scoring import Weights

DECIMALS = 6
"""Scores and weights are written with so many, so in millionths they are whole numbers."""
MILLION = 10**DECIMALS

# Lists by other weights are left out: their scores say something else. The next run, which is due, brings them.
_LISTED = """
    SELECT volunteer_id::int8, roles, slots, scores FROM matching_shortlist
    WHERE signals = %s::varchar[] AND weights = %s::real[]
"""
_RESERVED = """
    SELECT volunteer_id::int8, role_id::int8, slot_id::int8, score::float8 FROM matching_reserve
    WHERE run_id = %s
"""


@dataclass(frozen=True, slots=True)
class Listed:
    """Pairs of volunteer, role and slot by their ids, and the score in millionths; int64 (p,) each."""

    volunteer: Ids
    role: Ids
    slot: Ids
    score: Ids


@dataclass(frozen=True, slots=True)
class Reserved:
    """Pairs of ids (p rows), as the engine found them: km as in a `Ranking`, parts float32 (p, signals)."""

    volunteer: Ids
    role: Ids
    slot: Ids
    score: Single
    km: Float
    parts: Single

    def __len__(self) -> int:
        return len(self.volunteer)


def read(weights: Weights) -> Listed:
    """Return what everybody's list by these weights holds."""
    by = weights.values.astype(np.float64).round(DECIMALS).tolist()
    whose, lengths, items = lists(_LISTED, (list(weights.names), by), ints=("role", "slot"), reals=("score",))
    return Listed(np.repeat(whose, lengths), items["role"], items["slot"], in_millionths(items["score"]))


def read_reserves(run_id: int) -> Listed:
    found = columns(_RESERVED, (run_id,), ints=("volunteer", "role", "slot"), floats=("score",))
    return Listed(found["volunteer"], found["role"], found["slot"], in_millionths(found["score"]))


def in_millionths(score: Float | Single) -> Ids:
    whole: Ids = np.rint(score.astype(np.float64).clip(0, 1) * MILLION).astype(np.int64)
    return whole
