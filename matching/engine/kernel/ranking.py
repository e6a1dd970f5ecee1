"""From candidates to lists: pairs side by side for the signals, and the best of them by the whole score."""

from __future__ import annotations

import math
from typing import NamedTuple

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
    start = starts_of(best)
    count = int(start[-1])
    pairs = Pairs(
        np.repeat(np.arange(first, first + len(home), dtype=np.int32), best.size),
        np.empty(count, dtype=np.int32),
        np.empty(count, dtype=np.int32),
        np.empty(count),
    )
    _unfold(best, layout.asked, home, layout.venue, start, pairs.role, pairs.slot, pairs.km)
    return pairs


def starts_of(best: Best) -> Starts:
    """Return, int64 (people + 1,), where the pairs of each person begin in `pairs_of`."""
    return np.concatenate([[0], np.cumsum(best.size, dtype=np.int64)])


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


class Listed(NamedTuple):
    """Places of pairs by person (n people), the best first: kept int64, those of *v* are ``start[v]:start[v + 1]``."""

    kept: Starts
    start: Starts


def best_first(start: Starts, role: Int, score: Single, wanted: Bool, top: int) -> Listed:
    """Return the places of the *top* best wanted pairs of each person.

    Parameters
    ----------
    start : int64 (n + 1,), the pairs of *v* are ``start[v]:start[v + 1]``.
    role : int32 (p,); score : float32 (p,), equal ones go by the lower role number.
    """
    kept, listed = np.empty(len(role), dtype=np.int64), np.zeros(len(start), dtype=np.int64)
    _choose(start, role, score, wanted, top, kept, listed)
    return Listed(kept[: listed[-1]], listed)


@compiled
def _choose(start: Starts, role: Int, score: Single, wanted: Bool, top: int, kept: Starts, listed: Starts) -> None:
    """Sort by insertion, for there are few of each person."""
    size = 0
    for person in range(len(start) - 1):
        begin = size
        for at in range(start[person], start[person + 1]):
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
        listed[person + 1] = size


def besides(start: Starts, role: Int, listed: Listed, of_whom: Bool) -> tuple[Starts, Int]:
    """Return the roles of these people's pairs that are not listed, by person: their starts, and the roles, int32.

    Parameters
    ----------
    start, role : as in `best_first`; of_whom : bool (n,)
    """
    count = np.where(of_whom, np.diff(start) - np.diff(listed.start), 0)
    begins = np.concatenate([[0], np.cumsum(count, dtype=np.int64)])
    others = np.empty(int(begins[-1]), dtype=np.int32)
    _put_others(start, role, listed, of_whom, np.zeros(len(role), dtype=np.bool_), others)
    return begins, others


@compiled
def _put_others(start: Starts, role: Int, listed: Listed, of_whom: Bool, is_listed: Bool, others: Int) -> None:
    size = 0
    for person in range(len(start) - 1):
        if of_whom[person]:
            for at in range(listed.start[person], listed.start[person + 1]):
                is_listed[listed.kept[at]] = True
            for at in range(start[person], start[person + 1]):
                if not is_listed[at]:
                    others[size] = role[at]
                    size += 1


@compiled
def _is_better(score: Single, role: Int, one: int, other: int) -> bool:
    return bool(score[one] > score[other] or (score[one] == score[other] and role[one] < role[other]))
