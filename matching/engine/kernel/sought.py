"""What is known of people by block, so that a few roles find theirs before anything is read of anybody."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import uint64

from matching.engine.compiled import LANES, compiled
from matching.engine.kernel.people import People
from matching.engine.problem import Bits, Float
from matching.engine.tree import AT_MOST, TO_PARENT, TO_SIBLING

FEW = 4
"""For so many roles at most it is worth to ask first."""

WEEK = 7

STEPS = (TO_SIBLING, TO_PARENT, AT_MOST)
"""Between nothing and a choice people like a thing as much as its relatives let them, most of them by so much."""


class Sought(NamedTuple):
    """What is known by block (b blocks): of all blocks side by side, for one role asks all of them the same.

    Parameters
    ----------
    likes : uint64 (activities, 4, b), who likes it at all, and who more than each of `STEPS`.
    levels : float64 (5,), how much that is at most: nothing, the steps, and the most that anybody likes anything.
    brings : uint64 (skills, b), who has the skill.
    wrote : uint64 (b,), who said anything in words of their own.
    at_home, outside : uint64 (b,), who may be asked for what is done from home, and for what is done elsewhere.
    free : uint64 (7, b, 64), free half hours by weekday, Monday first; otherwise : uint64 (b,), who is free at other
        hours on some days.
    """

    likes: Bits
    levels: Float
    brings: Bits
    wrote: Bits
    at_home: Bits
    outside: Bits
    free: Bits
    otherwise: Bits


def sought(people: People, activities: int, skills: int) -> Sought:
    """Look at everybody once."""
    row, real = np.maximum(people.number, 0), people.number >= 0
    weekly, blocks = np.where(real[:, None], people.weekly[row], np.uint64(0)), len(row) // LANES
    words = Sought(
        likes=np.zeros((activities, len(STEPS) + 1, blocks), np.uint64),
        levels=np.array([0.0, *STEPS, STEPS[-1]]),
        brings=np.zeros((skills, blocks), np.uint64),
        wrote=as_words(people.wrote & real),
        at_home=as_words(people.contact & people.takes_online),
        outside=as_words(people.contact & ~people.home_only),
        free=np.ascontiguousarray(weekly.reshape(-1, LANES, WEEK).transpose(2, 0, 1)),
        otherwise=as_words((np.diff(people.exception_start) > 0)[row] & real),
    )
    _mark(people, words, np.zeros(activities))
    return words


def as_words(is_so: npt.NDArray[np.bool_]) -> Bits:
    """Return 64 people a word, the first in the lowest bit."""
    return np.packbits(is_so, bitorder="little").view("<u8").astype(np.uint64)


@compiled
def _mark(people: People, words: Sought, liked: Float) -> None:
    """Mark what everybody likes and brings; *liked* : float64 (activities,) of zeros, to add up what is said twice."""
    for row in range(len(people.number)):
        number, block, bit = people.number[row], row // LANES, uint64(1) << uint64(row % LANES)
        if number >= 0:
            for at in range(people.interest_start[number], people.interest_start[number + 1]):
                liked[people.interest[at]] += people.interest_weight[at]
            for at in range(people.interest_start[number], people.interest_start[number + 1]):
                _mark_liked(words, block, people.interest[at], liked[people.interest[at]], bit)
            for at in range(people.interest_start[number], people.interest_start[number + 1]):
                liked[people.interest[at]] = 0.0
            for at in range(people.skill_start[number], people.skill_start[number + 1]):
                words.brings[people.skill[at], block] |= bit


@compiled
def _mark_liked(words: Sought, block: int, activity: int, liked: float, bit: np.uint64) -> None:
    above = words.likes.shape[1]
    for level in range(above):
        if level == 0 or liked > words.levels[level]:
            words.likes[activity, level, block] |= bit
    if liked > words.levels[above]:
        words.levels[above] = liked
