"""From candidates to lists: pairs side by side for the signals, and the best of them by the whole score."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from matching.engine.compiled import compiled
from matching.engine.geodesy import MEAN_RADIUS_KM
from matching.engine.kernel.asked import Asked
from matching.engine.kernel.base import GRID, MOST_ROLES, MOST_SLOTS
from matching.engine.kernel.candidates import Best
from matching.engine.kernel.layout import Layout
from matching.engine.kernel.selection import Keys
from matching.engine.pairs import Pairs
from matching.engine.problem import Bool, Float, Int, Single

Starts = npt.NDArray[np.int64]


def pairs_of(layout: Layout, best: Best, home: Float, first: int = 0) -> Pairs:
    """Return the candidates of some people, by person, the best first; they are numbered from *first* on.

    Parameters
    ----------
    best, home : their candidates, and where they live, float64 (people, 3), km.
    """
    start = np.concatenate([[0], np.cumsum(best.size, dtype=np.int64)])
    count = int(start[-1])
    pairs = Pairs(
        np.repeat(np.arange(first, first + len(home), dtype=np.int32), best.size),
        np.empty(count, dtype=np.int32),
        np.empty(count, dtype=np.int32),
        np.empty(count),
    )
    _unfold(best, layout.asked, home, layout.venue, start, pairs.role, pairs.slot, pairs.km)
    return pairs


@compiled
def _unfold(
    best: Best, asked: Asked, home: Float, venue: Float, start: Starts, role: Int, slot: Int, km: Float
) -> None:
    for person in range(len(start) - 1):
        for at in range(start[person], start[person + 1]):
            key = best.keys[person, at - start[person]]
            number = MOST_ROLES - ((key >> 12) & MOST_ROLES)
            square = 0.0
            for axis in range(3):
                square += (home[person, axis] - venue[number, axis]) ** 2
            role[at] = number
            slot[at] = asked.slot[asked.slot_start[asked.row_of[number]] + (key & (MOST_SLOTS - 1))]
            km[at] = math.sqrt(square) * (1.0 + square / (24.0 * MEAN_RADIUS_KM * MEAN_RADIUS_KM))


def base_of(keys: Keys) -> Single:
    """Return the base scores that keys stand for."""
    return np.asarray((keys >> 42) / GRID, dtype=np.float32)


def bases_of(best: Best) -> Single:
    """Return the base scores of all candidates, in the order of `pairs_of`."""
    return base_of(best.keys[np.arange(best.keys.shape[1]) < best.size[:, None]])


def best_first(volunteer: Int, role: Int, score: Single, wanted: Bool, top: int) -> npt.NDArray[np.int64]:
    """Return the places of the *top* best wanted pairs of each volunteer, by volunteer, the best first.

    Parameters
    ----------
    volunteer, role : int32 (p,), by volunteer; score : float32 (p,), equal ones go by the lower role number.
    """
    kept = np.empty(len(volunteer), dtype=np.int64)
    return kept[: _choose(volunteer, role, score, wanted, top, kept)]


@compiled
def _choose(volunteer: Int, role: Int, score: Single, wanted: Bool, top: int, kept: Starts) -> int:
    """Sort by insertion, for there are few of each person; return how many were kept."""
    size, begin, last = 0, 0, -1
    for at in range(len(volunteer)):
        if volunteer[at] != last:
            begin, last = size, volunteer[at]
        if not wanted[at]:
            continue
        hole = size
        while hole > begin and _is_better(score, role, at, kept[hole - 1]):
            hole -= 1
        if hole - begin >= top:
            continue
        if size - begin < top:
            size += 1
        for place in range(size - 1, hole, -1):
            kept[place] = kept[place - 1]
        kept[hole] = at
    return size


@compiled
def _is_better(score: Single, role: Int, one: int, other: int) -> bool:
    return bool(score[one] > score[other] or (score[one] == score[other] and role[one] < role[other]))
