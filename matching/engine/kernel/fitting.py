"""Who of a block can come to a role: all conditions at once, for the search; `tally` tells them apart."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import uint64

from matching.engine.compiled import LANES, compiled, packed
from matching.engine.kernel.asked import Asked
from matching.engine.kernel.people import People
from matching.engine.kernel.selection import Keys
from matching.engine.kernel.words import Board, in_time, too_far
from matching.engine.problem import Bits, Int


class Fitting(NamedTuple):
    """What is worked out for the block in hand; one a thread.

    Parameters
    ----------
    shut_words : uint64 (c,), whom each of the conditions of `Asked` shuts out; shut_seen : int32 (c,), for which block.
    slot_words : uint64 (most slots of a role,), who comes to this slot of the role in hand or
        to one before it; tried : int64 (1,), how many slots that holds for.
    """

    shut_words: Bits
    shut_seen: Int
    slot_words: Bits
    tried: Keys


def fitting(asked: Asked) -> Fitting:
    """Return empty tables."""
    return Fitting(
        shut_words=np.zeros(len(asked.access), dtype=np.uint64),
        shut_seen=np.full(len(asked.access), -1, dtype=np.int32),
        slot_words=np.zeros(int(np.diff(asked.slot_start).max(initial=0)), dtype=np.uint64),
        tried=np.zeros(1, dtype=np.int64),
    )


@compiled
def who_can(people: People, asked: Asked, board: Board, fitting: Fitting, block: int, row: int) -> np.uint64:
    """Return who can come to the role in *row*, and write down to which of its slots first."""
    fit = ~_shut_anyhow(people, asked, board, fitting, block, row)
    if fit and not asked.online[row]:
        fit &= ~too_far(people, asked.place[row], board, block * LANES)
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
def _shut_anyhow(people: People, asked: Asked, board: Board, fitting: Fitting, block: int, row: int) -> np.uint64:
    """Return who is shut out whatever the place and the time."""
    kind = asked.needs[row]
    if fitting.shut_seen[kind] != block:
        fitting.shut_words[kind] = shut_by_needs(people, asked, board, kind, block * LANES)
        fitting.shut_seen[kind] = block
    by_age = board.age_words[asked.ages[row]]
    shut = board.no_contact[0] | by_age[0] | by_age[1] | by_age[2] | fitting.shut_words[kind] | board.closed_words[row]
    for at in range(asked.activity_start[row], asked.activity_start[row + 1]):
        shut |= board.avoid_words[asked.activity[at]]
    return shut if asked.is_open[row] else ~uint64(0)


@compiled
def shut_by_needs(people: People, asked: Asked, board: Board, kind: int, first: int) -> np.uint64:
    """Return who lacks a qualification, cannot get in, would not go out or online, or is a group where none may."""
    online, groups = asked.needs_online[kind], asked.takes_groups[kind]
    for lane in range(LANES):
        person = first + lane
        lacks = asked.qualifications[kind] & ~people.qualifications[person]
        lacks |= people.needs[person] & ~asked.access[kind]
        board.flags[lane] = lacks != 0
    for lane in range(LANES):
        person = first + lane
        stays = (not people.takes_online[person]) if online else people.home_only[person]
        board.flags[lane] |= stays | ((not groups) & (people.party[person] > 1))
    return packed(board.eights)
