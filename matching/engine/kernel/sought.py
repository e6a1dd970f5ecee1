"""Who of a block might want one of a few roles: told by words alone, before anything is read of anybody.

For a few roles most of the time goes into fetching what is known of people. So who does not take what is done from
home, lives too far away, is shut out, has no time, or neither likes, brings nor says anything is not fetched.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import uint64

from matching.engine.byte_products import product
from matching.engine.compiled import ALL, LANES, compiled, lowest
from matching.engine.kernel.asked import Asked
from matching.engine.kernel.base import Scale
from matching.engine.kernel.people import People
from matching.engine.kernel.words import Board, cannot_get_in, is_near, lacks_qualification, set_ages, too_far
from matching.engine.lanes import agreeing
from matching.engine.problem import Bits

FEW = 4
"""For so many roles at most it is worth to ask first."""

WEEK = 7


class Sought(NamedTuple):
    """What is known by block (b blocks).

    Parameters
    ----------
    likes : uint64 (b, activities), who likes it at all; brings : uint64 (b, skills), who has the skill.
    wrote : uint64 (b,), who said anything in words of their own.
    at_home, outside : uint64 (b,), who may be asked for what is done from home, and for what is done elsewhere.
    free : uint64 (b, 7, 64), free half hours by weekday, Monday first; otherwise : uint64 (b,), who is free at other
        hours on some days.
    """

    likes: Bits
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
        likes=np.zeros((blocks, activities), np.uint64),
        brings=np.zeros((blocks, skills), np.uint64),
        wrote=_words(people.wrote & real),
        at_home=_words(people.contact & people.takes_online),
        outside=_words(people.contact & ~people.home_only),
        free=np.ascontiguousarray(weekly.reshape(-1, LANES, WEEK).transpose(0, 2, 1)),
        otherwise=_words((np.diff(people.exception_start) > 0)[row] & real),
    )
    _mark(people, words)
    return words


def _words(is_so: npt.NDArray[np.bool_]) -> Bits:
    """Return 64 people a word, the first in the lowest bit."""
    return np.packbits(is_so, bitorder="little").view("<u8").astype(np.uint64)


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
def ask_first(
    people: People,
    asked: Asked,
    words: Sought,
    scale: Scale,
    board: Board,
    weekday: int,
    first: int,
    last: int,
    might: Bits,
) -> None:
    """Write who might want any of the roles, of the blocks first ≤ block < last.

    Parameters
    ----------
    asked : with one role a tile, see `matching.engine.kernel.asked.alone`.
    might : uint64 (blocks,)
    """
    for block in range(first, last):
        might[block] = uint64(0)
        for tile in range(len(asked.tile_radius)):
            row = asked.tile_start[tile]
            if asked.online[row] or is_near(people, block, asked.place[row], 0.0):
                might[block] |= _might(people, asked, words, scale, board, block, row, weekday)


@compiled
def _might(
    people: People, asked: Asked, words: Sought, scale: Scale, board: Board, block: int, row: int, weekday: int
) -> np.uint64:
    """Ask for what is most easily said first; what somebody avoids is not asked."""
    wants = _wants(asked, words, block, row) if scale.enough > 0.0 else ALL
    wrote = words.wrote[block] if asked.says[row] else uint64(0)
    comes = (wants | wrote) & (words.at_home[block] if asked.online[row] else words.outside[block])
    if comes and not asked.online[row]:
        comes &= ~too_far(people, asked.place[row], block * LANES)
    if comes:
        comes &= ~_shut(people, asked, board, block, row)
    if comes:
        comes &= _is_free(asked, words, block, row, weekday) | words.otherwise[block]
    return np.uint64((comes & wants) | _says(people, asked, scale, block, row, comes & ~wants))


@compiled
def _wants(asked: Asked, words: Sought, block: int, row: int) -> np.uint64:
    """Return who likes any of the role's activities or brings any of its skills."""
    wants = uint64(0)
    for at in range(asked.activity_start[row], asked.activity_start[row + 1]):
        wants |= words.likes[block, asked.activity[at]]
    for at in range(asked.skill_start[row], asked.skill_start[row + 1]):
        wants |= words.brings[block, asked.skill[at]]
    return wants


@compiled
def _shut(people: People, asked: Asked, board: Board, block: int, row: int) -> np.uint64:
    """Return whom their age or what the role needs shuts out."""
    kind = asked.ages[row]
    set_ages(people, asked.age_limits[kind], block * LANES, board.age_words[kind])
    ages = board.age_words[kind]
    shut = ages[0] | ages[1] | ages[2] | lacks_qualification(people, asked, board, block, row)
    return np.uint64(shut | cannot_get_in(people, asked, board, block, row))


@compiled
def _is_free(asked: Asked, words: Sought, block: int, row: int, weekday: int) -> np.uint64:
    """Return who has time in an ordinary week for one of the ways to do one of the slots."""
    free = uint64(0)
    for slot in range(asked.slot_start[row], asked.slot_start[row + 1]):
        kind = asked.time[slot]
        for way in range(asked.way_start[kind], asked.way_start[kind + 1]):
            mask = asked.way_mask[way]
            free |= agreeing(words.free[block, (weekday + asked.way_day[way]) % WEEK], 0, mask, mask)
    return np.uint64(free)


@compiled
def _says(people: People, asked: Asked, scale: Scale, block: int, row: int, lanes: np.uint64) -> np.uint64:
    """Return whose own words alone are enough."""
    enough = uint64(0)
    while lanes:
        lane = lowest(lanes)
        bit = lanes & (~lanes + uint64(1))
        lanes ^= bit
        said = float(product(people.wish[people.number[block * LANES + lane]], asked.text[row]))
        enough |= bit if said >= scale.must_say else uint64(0)
    return enough
