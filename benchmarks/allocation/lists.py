"""Candidates out of all pairs: the best of everybody, and the best people of roles that are on few lists."""

from __future__ import annotations

import numpy as np

from benchmarks.allocation.people import Pairs
from matching.engine.allocation.market import Candidates

LISTED = 20
SCARCE, FETCHED = 25, 50
"""A role on fewer lists than the first is put on the lists of the second number of people whom it suits best."""


def candidates(pairs: Pairs, n: int, m: int) -> Candidates:
    """Return the candidates of *n* people among *m* roles."""
    kept = _rank(pairs.volunteer, pairs.role, pairs.score) < LISTED
    is_scarce = np.bincount(pairs.role[kept], minlength=m) < SCARCE
    kept |= is_scarce[pairs.role] & (_rank(pairs.role, pairs.volunteer, pairs.score) < FETCHED)
    volunteer, role, score = pairs.volunteer[kept], pairs.role[kept], pairs.score[kept]
    order = np.lexsort((role, -score, volunteer))
    start = np.searchsorted(volunteer[order], np.arange(n + 1))
    return Candidates(start.astype(np.int64), role[order].astype(np.int32), score[order], m)


def _rank(group: np.ndarray, tie: np.ndarray, score: np.ndarray) -> np.ndarray:
    """Return how many of the same group come before each, best first."""
    order = np.lexsort((tie, -score, group))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order)) - np.searchsorted(group[order], group[order])
    return rank
