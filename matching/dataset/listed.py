"""Who has which role on their list, as pairs of ids."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.dataset.rows import array, columns, lists
from matching.dataset.vocabulary import Ids
from matching.engine.problem import Float, Single
from matching.engine.scoring import Weights

DECIMALS = 6
"""Scores and weights are written with so many, so in millionths they are whole numbers."""
MILLION = 10**DECIMALS

# Lists by other weights are left out: their scores say something else. The next run, which is due, brings them.
_LISTED = """
    SELECT volunteer_id::int8, roles, slots, scores, km, parts FROM matching_shortlist
    WHERE volunteer_id = ANY(%s::int8[]) AND signals = %s::varchar[] AND weights = %s::real[]
"""
_WHOSE = "SELECT volunteer_id::int8 FROM matching_shortlist WHERE run_id IS DISTINCT FROM %s"


@dataclass(frozen=True, slots=True)
class Listed:
    """Pairs of volunteer, role and slot by their ids, and the score in millionths; int64 (p,) each."""

    volunteer: Ids
    role: Ids
    slot: Ids
    score: Ids


@dataclass(frozen=True, slots=True)
class Items:
    """Pairs of ids with all that is kept of them (p rows): score and km float32 (p,), parts float32 (p, signals)."""

    volunteer: Ids
    role: Ids
    slot: Ids
    score: Single
    km: Single
    parts: Single

    def __len__(self) -> int:
        return len(self.volunteer)


def beside(run_id: int, weights: Weights) -> tuple[Ids, Items]:
    """Return whose list is not the one that a part of this run wrote, ascending, and what these lists hold.

    These are few, while a run ends: who changed something since it began. Only lists by the same *weights* are read.
    """
    whose = np.sort(columns(_WHOSE, (run_id,), ints=("volunteer",))["volunteer"])
    return whose, _read(whose, weights)


def _read(volunteer_ids: Ids, weights: Weights) -> Items:
    whose, lengths, items = lists(
        _LISTED, (array(volunteer_ids), *_by(weights)), ints=("role", "slot"), reals=("score", "km", "parts")
    )
    parts = items["parts"].reshape(-1, len(weights.names))
    return Items(np.repeat(whose, lengths), items["role"], items["slot"], items["score"], items["km"], parts)


def _by(weights: Weights) -> tuple[list[str], list[float]]:
    return list(weights.names), weights.values.astype(np.float64).round(DECIMALS).tolist()


def in_millionths(score: Float | Single) -> Ids:
    whole: Ids = np.rint(score.astype(np.float64).clip(0, 1) * MILLION).astype(np.int64)
    return whole
