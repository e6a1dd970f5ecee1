"""The exact best of all roles that fit a person, by the base score: near roles only, 64 people at a time.

Time grows with the pairs that are near each other, memory with people × candidates; never with people × roles.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import uint64

from matching.engine.byte_products import product
from matching.engine.compiled import ALL, LANES, compiled, lowest
from matching.engine.hands import in_chunks
from matching.engine.kernel.asked import Asked
from matching.engine.kernel.base import Scale, is_enough, is_enough_with_skill
from matching.engine.kernel.batch import (
    ALONE,
    WAITING,
    WITH_SKILL,
    WITH_WORDS,
    Batch,
    Found,
    batch,
    begin,
    found,
    settle,
    wait,
)
from matching.engine.kernel.first_look import ask_first
from matching.engine.kernel.fitting import Fitting, fitting, turn_of, who_can
from matching.engine.kernel.layout import Layout
from matching.engine.kernel.people import People
from matching.engine.kernel.selection import Keys, keep_best, put_in_order
from matching.engine.kernel.sought import Sought
from matching.engine.kernel.wishes import (
    Wishes,
    clear_wishes,
    lay_out_wishes,
    shared,
    skill,
    who_brings,
    who_likes,
    wishes,
)
from matching.engine.kernel.words import WROTE, Board, Closed, board, clear, is_near, lay_out, too_far
from matching.engine.problem import Bits, Int
from matching.engine.signals.distance import AT_HOME

WORTH, BUSY = 2_048, 4
"""So many looks of a block at a role are worth being handed to a thread; one where somebody has been found by asking
first counts for so many."""


class Desk(NamedTuple):
    """What a thread works with."""

    board: Board
    fitting: Fitting
    wishes: Wishes
    batch: Batch
    found: Found


class Best(NamedTuple):
    """The candidates of every person, the best first: size int32 (n,), keys int64 (n, c), only so many are written."""

    size: Int
    keys: Keys


def desk(layout: Layout, most: int) -> Desk:
    """Return an empty desk, for the *most* best roles of everybody."""
    return Desk(
        board(layout.asked, layout.days, layout.activities),
        fitting(layout.asked),
        wishes(layout.activities, layout.skills),
        batch(),
        found(most),
    )


@compiled
def best_of_blocks(
    people: People,
    asked: Asked,
    closed: Closed,
    scale: Scale,
    weekday: int,
    blocks: Keys,
    desk: Desk,
    best: Best,
    might: Bits,
    nearest: float,
) -> None:
    """Find the candidates of the people in these blocks, int64.

    Parameters
    ----------
    might : uint64 (b,), who of each of all blocks is worth being looked at.
    nearest : what the distance adds at most.
    """
    most, board, batch, found = best.keys.shape[1], desk.board, desk.batch, desk.found
    for at in range(len(blocks)):
        block = blocks[at]
        is_laid_out, lanes = False, might[block]
        for tile in range(len(asked.tile_radius)):
            if not is_near(people, block, asked.tile_middle[tile], asked.tile_radius[tile]):
                continue
            for row in range(asked.tile_start[tile], asked.tile_end[tile]):
                if not (asked.online[row] or is_near(people, block, asked.place[row], 0.0)):
                    continue
                if not is_laid_out:
                    # For one new role most blocks end here: nobody in them goes so far.
                    if not asked.online[row] and too_far(people, asked.place[row], block * LANES) == ALL:
                        continue
                    lay_out(people, asked, closed, board, block, weekday, lanes)
                    begin(found, nearest)
                    is_laid_out = True
                _look_at(people, asked, scale, block, row, desk, lanes)
                if batch.size[0] > WAITING - LANES:
                    settle(batch, people, asked, scale, block, found, most)
        if is_laid_out:
            settle(batch, people, asked, scale, block, found, most)
            clear(people, closed, board, block, lanes)
            clear_wishes(people, desk.wishes, block)
            _take(people, found, best, block, lanes)


@compiled
def _look_at(people: People, asked: Asked, scale: Scale, block: int, row: int, desk: Desk, lanes: np.uint64) -> None:
    """Let all of these *lanes* wait for a score who can come to the role in *row* and want to."""
    wishes, batch = desk.wishes, desk.batch
    comes = who_can(people, asked, desk.board, desk.fitting, block, row) & lanes
    if not comes:
        return
    lay_out_wishes(people, wishes, block, comes)
    wrote = comes & desk.board.of_all[WROTE] if asked.says[row] else uint64(0)
    likes, brings = comes & who_likes(wishes, asked, row), comes & who_brings(wishes, asked, row)
    begun = batch.size[0]
    if scale.enough <= 0.0:
        likes = comes
    # One kind of reason after the other: what is done for each person of a kind is the same, and needs no asking.
    _by_words(people, asked, scale, block, row, desk, wrote & ~(likes | brings | desk.found.sated[0]))
    _by_interest(asked, scale, row, desk, likes & ~(wrote | brings))
    _by_both(people, asked, scale, block, row, desk, likes & wrote & ~brings)
    _by_skill(people, asked, scale, block, row, desk, brings, wrote)
    for at in range(begun, batch.size[0]):
        batch.row[at], batch.turn[at] = row, turn_of(desk.fitting, batch.lane[at])


@compiled
def _by_words(people: People, asked: Asked, scale: Scale, block: int, row: int, desk: Desk, lanes: np.uint64) -> None:
    while lanes:
        lane = lowest(lanes)
        lanes &= lanes - uint64(1)
        said = float(product(people.wish[people.number[block * LANES + lane]], asked.text[row]))
        if said >= scale.must_say:
            wait(desk.batch, lane, 0.0, said, 0.0, is_enough(0.0, said, scale))


@compiled
def _by_interest(asked: Asked, scale: Scale, row: int, desk: Desk, lanes: np.uint64) -> None:
    must_like = desk.found.must_like[ALONE]
    while lanes:
        lane = lowest(lanes)
        lanes &= lanes - uint64(1)
        liked = shared(desk.wishes, asked, row, lane)
        wait(desk.batch, lane, liked, 0, 0.0, (liked >= must_like[lane]) & is_enough(liked, 0, scale))


@compiled
def _by_both(people: People, asked: Asked, scale: Scale, block: int, row: int, desk: Desk, lanes: np.uint64) -> None:
    must_like = desk.found.must_like[WITH_WORDS]
    while lanes:
        lane = lowest(lanes)
        lanes &= lanes - uint64(1)
        liked = shared(desk.wishes, asked, row, lane)
        if liked >= must_like[lane]:
            said = float(product(people.wish[people.number[block * LANES + lane]], asked.text[row]))
            wait(desk.batch, lane, liked, said, 0.0, is_enough(liked, said, scale))


@compiled
def _by_skill(
    people: People, asked: Asked, scale: Scale, block: int, row: int, desk: Desk, lanes: np.uint64, wrote: np.uint64
) -> None:
    must_like = desk.found.must_like[WITH_SKILL]
    while lanes:
        lane = lowest(lanes)
        bit = lanes & (~lanes + uint64(1))
        lanes ^= bit
        liked, said = shared(desk.wishes, asked, row, lane), 0.0
        if liked < must_like[lane]:
            continue
        if wrote & bit:
            said = float(product(people.wish[people.number[block * LANES + lane]], asked.text[row]))
        brought = skill(desk.wishes, asked, row, lane)
        wait(desk.batch, lane, liked, said, brought, is_enough_with_skill(liked, said, brought, scale))


@compiled
def _take(people: People, found: Found, best: Best, block: int, lanes: np.uint64) -> None:
    """Write down what was found for these *lanes* of the block."""
    most = best.keys.shape[1]
    while lanes:
        lane = lowest(lanes)
        lanes &= lanes - uint64(1)
        number = people.number[block * LANES + lane]
        if number >= 0:
            size = found.size[lane]
            if size > most:
                keep_best(found.keys[lane], size, most)
                size = most
            put_in_order(found.keys[lane], size)
            best.size[number] = size
            for at in range(size):
                best.keys[number, at] = found.keys[lane, at]


def find(layout: Layout, scale: Scale, most: int, might: Bits | None = None) -> Best:
    """Return the *most* best roles of every person, by the base score, of all that fit and are relevant.

    Parameters
    ----------
    might : uint64 (blocks,), who is worth being looked at, see `asked_first`; everybody, where nobody was asked.
    """
    volunteers, roles = len(layout.crowd.home), int((layout.asked.tile_end - layout.asked.tile_start).sum())
    best = Best(np.zeros(volunteers, dtype=np.int32), np.empty((volunteers, most), dtype=np.int64))
    if not most:
        return best
    who, desks = np.full(layout.blocks, ALL) if might is None else might, list[Desk]()
    blocks, looks = np.flatnonzero(who), roles * (1 if might is None else BUSY)
    people, weekday, nearest = layout.crowd.people, layout.first_weekday, _nearest(layout, scale)

    def work(first: int, last: int) -> None:
        at, some = desks.pop() if desks else desk(layout, most), blocks[first:last]
        best_of_blocks(people, layout.asked, layout.closed, scale, weekday, some, at, best, who, nearest)
        desks.append(at)

    in_chunks(work, len(blocks), at_least=WORTH // max(looks, 1) + 1)
    return best


def _nearest(layout: Layout, scale: Scale) -> float:
    """Return what the distance adds at most: of what is done from home that is known."""
    last = layout.asked.tile_end - 1  # of a tile: who comes before it is done from home as well
    return scale.distance * (AT_HOME if layout.asked.online[last].all() else 1.0)


def asked_first(layout: Layout, scale: Scale, words: Sought) -> Bits:
    """Return who of each block might want any of the roles, uint64 (blocks,)."""
    might = np.zeros(layout.blocks, dtype=np.uint64)

    def work(first: int, last: int) -> None:
        empty, weekday = board(layout.asked, layout.days, layout.activities), layout.first_weekday
        ask_first(layout.crowd.people, layout.asked, words, scale, empty, weekday, first, last, might)

    # Done from home, a role is looked at by every block; elsewhere most blocks are too far away to be worth a thread.
    from_home = layout.asked.online[layout.asked.tile_start].any()
    in_chunks(work, layout.blocks, at_least=WORTH // 4 if from_home else 2 * WORTH)
    return might
