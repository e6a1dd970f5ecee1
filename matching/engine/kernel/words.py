"""Who of a block is shut out of a role, and why: one word of 64 lanes for each condition but time and places.

What is equal for many roles is worked out once a block, when it is first asked for: ``seen`` holds the number of the
block for which the words beside it are true.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import uint64

from matching.engine.compiled import LANES, compiled, lowest
from matching.engine.kernel.asked import Asked
from matching.engine.kernel.people import People, Starts
from matching.engine.lanes import agreeing, holding, over, under, within
from matching.engine.problem import Bits, Float, Int
from matching.engine.reasons import ADULT_AGE, ALWAYS_WITH_GUARDIAN_UNDER, Reason

CODES = tuple(reason.bit_length() - 1 for reason in Reason)
REASONS = len(CODES)
(
    NOT_OPEN,
    NO_CONSENT,
    TOO_YOUNG,
    TOO_OLD,
    GUARDIAN,
    QUALIFICATION,
    ACCESS,
    ONLINE_NOT_WANTED,
    HOME_ONLY,
    DISTANCE,
    CAPACITY,
    TIME,
    GROUP,
    AVOIDED,
    CLOSED,
) = CODES


REAL, NO_CONTACT, WROTE, STAYS_OFFLINE, STAYS_HOME, TOGETHER = range(6)
"""Rows of `Board.of_all`: who is somebody, does not want to be asked, wrote anything, takes nothing that is done from
home, takes nothing else, comes with others."""


class Closed(NamedTuple):
    """The pairs that have an application, a place or a "no": rows of `Asked` by person, as numbered in the problem.

    Where there are no such pairs, ``start`` may be empty.
    """

    start: Starts
    row: Int


NOTHING_CLOSED = Closed(np.zeros(0, np.int64), np.zeros(0, np.int32))


class Board(NamedTuple):
    """What is known of the block in hand; made once a thread, filled anew for each block.

    Parameters
    ----------
    free : uint64 (days, 64), free half hours; of_all : uint64 (6,), see `REAL` and the others.
    age_words : uint64 (a, 3); skilled_words : uint64 (q,); skilled_seen : int32 (q,)
    open_words : uint64 (c,); open_seen : int32 (c,)
    room_words : uint64 (places,); time_words : uint64 (times,); time_seen : int32 (times,)
    avoid_words : uint64 (activities,); closed_words : uint64 (m,)
    words : uint64 (reasons,), see `shut_out`.
    """

    free: Bits
    of_all: Bits
    age_words: Bits
    skilled_words: Bits
    skilled_seen: Int
    open_words: Bits
    open_seen: Int
    room_words: Bits
    time_words: Bits
    time_seen: Int
    avoid_words: Bits
    closed_words: Bits
    words: Bits


def board(asked: Asked, days: int, activities: int) -> Board:
    """Return an empty board for one thread."""
    return Board(
        free=np.zeros((days, LANES), dtype=np.uint64),
        of_all=np.zeros(6, dtype=np.uint64),
        age_words=np.zeros((len(asked.age_limits), 3), dtype=np.uint64),
        skilled_words=np.zeros(len(asked.qualifications), dtype=np.uint64),
        skilled_seen=np.full(len(asked.qualifications), -1, dtype=np.int32),
        open_words=np.zeros(len(asked.access), dtype=np.uint64),
        open_seen=np.full(len(asked.access), -1, dtype=np.int32),
        room_words=np.zeros(len(asked.places), dtype=np.uint64),
        time_words=np.zeros(len(asked.way_start) - 1, dtype=np.uint64),
        time_seen=np.full(len(asked.way_start) - 1, -1, dtype=np.int32),
        avoid_words=np.zeros(activities, dtype=np.uint64),
        closed_words=np.zeros(len(asked.number), dtype=np.uint64),
        words=np.zeros(REASONS, dtype=np.uint64),
    )


@compiled
def lay_out(
    people: People, asked: Asked, closed: Closed, board: Board, block: int, weekday: int, lanes: np.uint64
) -> None:
    """Fill the board for a block; of what is each person's own only for these *lanes*, the others are never free."""
    first = block * LANES
    board.avoid_words[:] = 0
    board.free[:] = 0
    while lanes:
        lane = lowest(lanes)
        lanes &= lanes - uint64(1)
        if people.number[first + lane] >= 0:
            _lay_out_one(people, closed, board, people.number[first + lane], lane, weekday)
    _of_all(people, board, first)
    for kind in range(len(asked.age_limits)):
        set_ages(people, asked.age_limits[kind], first, board.age_words[kind])
    for kind in range(len(asked.places)):
        board.room_words[kind] = ~over(people.party, first, asked.places[kind])


@compiled
def _of_all(people: People, board: Board, first: int) -> None:
    board.of_all[REAL] = ~under(people.number, first, 0)
    board.of_all[NO_CONTACT] = ~holding(people.contact, first)
    board.of_all[WROTE] = holding(people.wrote, first)
    board.of_all[STAYS_OFFLINE] = ~holding(people.takes_online, first)
    board.of_all[STAYS_HOME] = holding(people.home_only, first)
    board.of_all[TOGETHER] = over(people.party, first, 1)


@compiled
def _lay_out_one(people: People, closed: Closed, board: Board, number: int, lane: int, weekday: int) -> None:
    bit = uint64(1) << uint64(lane)
    for day in range(board.free.shape[0]):
        board.free[day, lane] = people.weekly[number, weekday]
        weekday = weekday + 1 if weekday < 6 else 0
    for at in range(people.exception_start[number], people.exception_start[number + 1]):
        if 0 <= people.exception_day[at] < board.free.shape[0]:
            board.free[people.exception_day[at], lane] = people.exception_free[at]
    for at in range(people.avoid_start[number], people.avoid_start[number + 1]):
        board.avoid_words[people.avoid[at]] |= bit
    if len(closed.row):
        for at in range(closed.start[number], closed.start[number + 1]):
            board.closed_words[closed.row[at]] |= bit


@compiled
def clear(people: People, closed: Closed, board: Board, block: int, lanes: np.uint64) -> None:
    """Take back what `lay_out` cannot afford to wipe for every block."""
    while len(closed.row) and lanes:
        number = people.number[block * LANES + lowest(lanes)]
        lanes &= lanes - uint64(1)
        if number >= 0:
            for at in range(closed.start[number], closed.start[number + 1]):
                board.closed_words[closed.row[at]] = uint64(0)


@compiled
def set_ages(people: People, limits: Int, first: int, words: Bits) -> None:
    """Write whom these limits of age shut out: too young, too old, and without the guardian they need."""
    words[0] = under(people.age, first, limits[0])
    words[1] = over(people.age, first, limits[1])
    with_guardian = max(min(limits[2], ADULT_AGE), ALWAYS_WITH_GUARDIAN_UNDER)
    words[2] = under(people.age, first, with_guardian) & ~holding(people.guardian, first)


@compiled
def lacks_qualification(people: People, asked: Asked, board: Board, block: int, row: int) -> np.uint64:
    kind = asked.skilled[row]
    if board.skilled_seen[kind] != block:
        needed = asked.qualifications[kind]
        has = agreeing(people.qualifications, block * LANES, needed, needed)
        board.skilled_words[kind], board.skilled_seen[kind] = ~has, block
    return np.uint64(board.skilled_words[kind])


@compiled
def cannot_get_in(people: People, asked: Asked, board: Board, block: int, row: int) -> np.uint64:
    kind = asked.open_to[row]
    if board.open_seen[kind] != block:
        can = agreeing(people.needs, block * LANES, ~asked.access[kind], uint64(0))
        board.open_words[kind], board.open_seen[kind] = ~can, block
    return np.uint64(board.open_words[kind])


@compiled
def is_near(people: People, block: int, middle: Float, radius: float) -> bool:
    """Say whether anybody of the block may go to something within *radius* km of *middle*."""
    square, apart = 0.0, people.radius[block] + people.farthest[block] + radius
    for axis in range(3):
        square += (people.middle[block, axis] - middle[axis]) ** 2
    return bool(square <= apart * apart + 1e-6)


@compiled
def too_far(people: People, place: Float, first: int) -> np.uint64:
    """Return for whom the straight line to *place* is longer than they go, or not known."""
    return np.uint64(~within(people.place, people.reach, first, place))


@compiled
def shut_out(people: People, asked: Asked, board: Board, block: int, row: int, far: np.uint64, words: Bits) -> None:
    """Write for each condition but places and time whom it shuts out of the role in *row*.

    Parameters
    ----------
    far : for whom it is too far.
    words : uint64 (reasons,), lanes beyond the people hold anything.
    """
    of_all, ages, nobody = board.of_all, board.age_words[asked.ages[row]], uint64(0)
    words[NOT_OPEN] = nobody if asked.is_open[row] else of_all[REAL]
    words[NO_CONSENT] = of_all[NO_CONTACT]
    words[TOO_YOUNG], words[TOO_OLD], words[GUARDIAN] = ages[0], ages[1], ages[2]
    words[QUALIFICATION] = lacks_qualification(people, asked, board, block, row)
    words[ACCESS] = cannot_get_in(people, asked, board, block, row)
    words[ONLINE_NOT_WANTED] = of_all[STAYS_OFFLINE] if asked.online[row] else nobody
    words[HOME_ONLY] = nobody if asked.online[row] else of_all[STAYS_HOME]
    words[GROUP] = nobody if asked.takes_groups[row] else of_all[TOGETHER]
    avoided = uint64(0)
    for at in range(asked.activity_start[row], asked.activity_start[row + 1]):
        avoided |= board.avoid_words[asked.activity[at]]
    words[AVOIDED], words[CLOSED], words[DISTANCE] = avoided, board.closed_words[row], far


@compiled
def places_and_times(asked: Asked, board: Board, block: int, row: int, words: Bits) -> None:
    """Write whom the places left, and the times, shut out of the role in *row*."""
    first, last = asked.slot_start[row], asked.slot_start[row + 1]
    with_room, fits, both = uint64(0), uint64(0), uint64(0)
    for slot in range(first, last):
        room, free = board.room_words[asked.room[slot]], in_time(asked, board, slot, block)
        with_room |= room
        fits |= free
        both |= room & free
    words[CAPACITY] = ~with_room
    words[TIME] = (with_room & ~both) | (~with_room & ~fits) if last > first else uint64(0)


@compiled
def in_time(asked: Asked, board: Board, slot: int, block: int) -> np.uint64:
    """Return who is free for one of the ways to do the slot at this place of the order."""
    kind = asked.time[slot]
    if board.time_seen[kind] != block:
        comes = uint64(0)
        for way in range(asked.way_start[kind], asked.way_start[kind + 1]):
            mask = asked.way_mask[way]
            comes |= agreeing(board.free[asked.way_day[way]], 0, mask, mask)
        board.time_words[kind], board.time_seen[kind] = comes, block
    return np.uint64(board.time_words[kind])
