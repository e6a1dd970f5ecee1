"""Who of a block can come to a role: all conditions at once, for the search; `tally` tells them apart."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import uint64

from matching.engine.compiled import ALL, LANES, compiled
from matching.engine.kernel.asked import Asked
from matching.engine.kernel.people import People
from matching.engine.kernel.selection import Keys
from matching.engine.kernel.words import (
    NO_CONTACT,
    STAYS_HOME,
    STAYS_OFFLINE,
    TOGETHER,
    Board,
    cannot_get_in,
    in_time,
    lacks_qualification,
    too_far,
)
from matching.engine.problem import Bits


class Fitting(NamedTuple):
    """What is worked out for the block in hand; one a thread.

    Parameters
    ----------
    slot_words : uint64 (most slots of a role,), who comes to this slot of the role in hand or
        to one before it; tried : int64 (1,), how many slots that holds for.
    """

    slot_words: Bits
    tried: Keys


def fitting(asked: Asked) -> Fitting:
    """Return empty tables."""
    return Fitting(
        slot_words=np.zeros(int(np.diff(asked.slot_start).max(initial=0)), dtype=np.uint64),
        tried=np.zeros(1, dtype=np.int64),
    )


@compiled
def who_can(people: People, asked: Asked, board: Board, fitting: Fitting, block: int, row: int) -> np.uint64:
    """Return who can come to the role in *row*, and write down to which of its slots first."""
    fit = ~_shut_anyhow(people, asked, board, block, row)
    if fit and not asked.online[row]:
        fit &= ~too_far(people, asked.place[row], block * LANES)
    comes, slot, last = uint64(0), asked.slot_start[row], asked.slot_start[row + 1]
    tried = 0
    while fit & ~comes and slot < last:
        hit = fit & ~comes & board.room_words[asked.room[slot]]
        if hit:
            comes |= hit & in_time(asked, board, slot, block)
        fitting.slot_words[tried] = comes
        tried, slot = tried + 1, slot + 1
    fitting.tried[0] = tried
    return comes


@compiled
def turn_of(fitting: Fitting, lane: int) -> int:
    """Return to which of the slots somebody comes of whom `who_can` has just said that they can."""
    turn, bit = 0, uint64(1) << uint64(lane)
    for slot in range(fitting.tried[0]):
        turn += (fitting.slot_words[slot] & bit) == 0
    return turn


@compiled
def _shut_anyhow(people: People, asked: Asked, board: Board, block: int, row: int) -> np.uint64:
    """Return who is shut out whatever the place and the time."""
    ages, of_all = board.age_words[asked.ages[row]], board.of_all
    shut = of_all[NO_CONTACT] | (of_all[STAYS_OFFLINE] if asked.online[row] else of_all[STAYS_HOME])
    shut |= ages[0] | ages[1] | ages[2] | board.closed_words[row]
    shut |= lacks_qualification(people, asked, board, block, row) | cannot_get_in(people, asked, board, block, row)
    if not asked.takes_groups[row]:
        shut |= of_all[TOGETHER]
    for at in range(asked.activity_start[row], asked.activity_start[row + 1]):
        shut |= board.avoid_words[asked.activity[at]]
    return shut if asked.is_open[row] else ALL
