"""Who of a block might want one of a few roles: told by words alone, before anything is read of anybody.

For a few roles most of the time goes into fetching what is known of people, each from another place of memory. So who
does not take what is done from home, lives too far away, or neither likes, brings nor wrote anything is not fetched.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import uint64

from matching.engine.compiled import ALL, LANES, compiled, packed
from matching.engine.kernel.asked import Asked
from matching.engine.kernel.base import Scale
from matching.engine.kernel.people import People
from matching.engine.kernel.words import Board, is_near, too_far
from matching.engine.problem import Bits

FEW = 4
"""For so many roles at most it is worth to ask first."""


class Sought(NamedTuple):
    """By block: who likes an activity at all, uint64 (b, activities), and who brings a skill, uint64 (b, skills)."""

    likes: Bits
    brings: Bits


def sought(people: People, activities: int, skills: int) -> Sought:
    """Look at everybody once."""
    blocks = len(people.number) // LANES
    words = Sought(np.zeros((blocks, activities), np.uint64), np.zeros((blocks, skills), np.uint64))
    _mark(people, words)
    return words


def nothing_known(activities: int, skills: int) -> Sought:
    """Return the same of no block at all."""
    return Sought(np.zeros((0, activities), np.uint64), np.zeros((0, skills), np.uint64))


@compiled
def _mark(people: People, words: Sought) -> None:
    for row in range(len(people.number)):
        number, block, bit = people.number[row], row // LANES, uint64(1) << uint64(row % LANES)
        if number >= 0:
            for at in range(people.interest_start[number], people.interest_start[number + 1]):
                words.likes[block, people.interest[at]] |= bit
            for at in range(people.skill_start[number], people.skill_start[number + 1]):
                words.brings[block, people.skill[at]] |= bit


@compiled
def who_might(people: People, asked: Asked, words: Sought, scale: Scale, board: Board, block: int) -> np.uint64:
    """Return, of a block, who might want any of the roles; everybody where nothing is known of the block."""
    if block >= len(words.likes):
        return ALL
    found, first = uint64(0), block * LANES
    for row in range(len(asked.number)):
        if not (asked.online[row] or is_near(people, block, asked.place[row], 0.0)):
            continue
        wants = ALL
        if scale.enough > 0.0:
            wants = _wrote(people, board, first) if asked.says[row] else uint64(0)
            for at in range(asked.activity_start[row], asked.activity_start[row + 1]):
                wants |= words.likes[block, asked.activity[at]]
            for at in range(asked.skill_start[row], asked.skill_start[row + 1]):
                wants |= words.brings[block, asked.skill[at]]
        if wants:
            found |= wants & ~_stays_away(people, asked, board, first, row)
    return found


@compiled
def _wrote(people: People, board: Board, first: int) -> np.uint64:
    for lane in range(LANES):
        board.flags[lane] = people.wrote[first + lane]
    return packed(board.eights)


@compiled
def _stays_away(people: People, asked: Asked, board: Board, first: int, row: int) -> np.uint64:
    for lane in range(LANES):
        person = first + lane
        stays = (not people.takes_online[person]) if asked.online[row] else people.home_only[person]
        board.flags[lane] = stays | (not people.contact[person])
    stays_away = packed(board.eights)
    return stays_away if asked.online[row] else stays_away | too_far(people, asked.place[row], board, first)
