"""The exact best of all roles that fit a person, by the base score: near roles only, 64 people at a time.

Time grows with the pairs that are near each other, memory with people × candidates; never with people × roles.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import uint64

from matching.engine.compiled import ALL, LANES, compiled, lowest, product
from matching.engine.kernel.asked import Asked
from matching.engine.kernel.base import Scale, must_say
from matching.engine.kernel.batch import ROOM, WAITING, Batch, Found, batch, settle, wait
from matching.engine.kernel.layout import Layout, in_chunks
from matching.engine.kernel.people import People
from matching.engine.kernel.selection import Keys, keep_best, put_in_order
from matching.engine.kernel.words import (
    CAPACITY,
    REASONS,
    TIME,
    Board,
    Closed,
    board,
    clear,
    in_time,
    lay_out,
    shut_out,
    too_far,
)
from matching.engine.problem import Bits, Float, Int, Single


class Table(NamedTuple):
    """What is wished for in the block in hand; one a thread.

    Parameters
    ----------
    ready : uint64 (1,), the lanes whose columns are filled; in the others stands what was left there.
    interests : float32 (activities, 64); skills : float32 (skills, 64); wish : int16 (64, dims)
    shared, skill, must_say : float32 (64,), of the role in hand, see `base.must_say`.
    turn : int32 (64,), to which of its slots they can come first.
    """

    ready: Bits
    interests: Single
    skills: Single
    wish: npt.NDArray[np.int16]
    shared: Single
    skill: Single
    must_say: Single
    turn: Int


class Best(NamedTuple):
    """The candidates of every person, the best first: size int32 (n,), keys int64 (n, c)."""

    size: Int
    keys: Keys


def table(activities: int, skills: int, dims: int) -> Table:
    """Return an empty table."""
    return Table(
        ready=np.zeros(1, dtype=np.uint64),
        interests=np.zeros((activities, LANES), dtype=np.float32),
        skills=np.zeros((skills, LANES), dtype=np.float32),
        wish=np.zeros((LANES, dims), dtype=np.int16),
        shared=np.zeros(LANES, dtype=np.float32),
        skill=np.zeros(LANES, dtype=np.float32),
        must_say=np.zeros(LANES, dtype=np.float32),
        turn=np.zeros(LANES, dtype=np.int32),
    )


@compiled
def best_of_blocks(
    people: People,
    asked: Asked,
    closed: Closed,
    scale: Scale,
    weekday: int,
    first: int,
    last: int,
    board: Board,
    table: Table,
    batch: Batch,
    found: Found,
    best: Best,
) -> None:
    """Find the candidates of the people in the blocks first ≤ block < last."""
    most = best.keys.shape[1]
    for block in range(first, last):
        is_laid_out = False
        for tile in range(len(asked.tile_radius)):
            if not _is_near(people, block, asked.tile_middle[tile], asked.tile_radius[tile]):
                continue
            for row in range(asked.tile_start[tile], asked.tile_start[tile + 1]):
                if not (asked.online[row] or _is_near(people, block, asked.place[row], 0.0)):
                    continue
                if not is_laid_out:
                    # For one new role most blocks end here: nobody in them goes so far.
                    if not asked.online[row] and too_far(people, asked.place[row], board, block * LANES) == ALL:
                        continue
                    lay_out(people, asked, closed, board, block, weekday)
                    table.ready[0] = uint64(0)
                    found.size[:] = 0
                    found.bar[:] = -1
                    is_laid_out = True
                _look_at(people, asked, scale, block, row, board, table, batch)
                if batch.size[0] > WAITING - LANES:
                    settle(batch, asked, scale, found, most)
        if is_laid_out:
            settle(batch, asked, scale, found, most)
            clear(people, closed, board, block)
            _take(people, found, best, block)


@compiled
def _lay_out_wishes(people: People, table: Table, block: int, lanes: np.uint64) -> None:
    """Fill the columns of the *lanes* that are not filled for this block yet: for one new role they are few."""
    lanes &= ~table.ready[0]
    table.ready[0] |= lanes
    while lanes:
        lane = int(lowest(lanes))
        lanes &= lanes - uint64(1)
        number = people.number[block * LANES + lane]
        table.interests[:, lane] = np.float32(0.0)
        table.skills[:, lane] = np.float32(0.0)
        for at in range(people.interest_start[number], people.interest_start[number + 1]):
            table.interests[people.interest[at], lane] += np.float32(people.interest_weight[at])
        for at in range(people.skill_start[number], people.skill_start[number + 1]):
            if people.skill_weight[at] != 0.0:
                table.skills[people.skill[at], lane] = np.float32(1.0)
        for dim in range(people.wish.shape[1]):
            table.wish[lane, dim] = people.wish[number, dim]


@compiled
def _is_near(people: People, block: int, middle: Float, radius: float) -> bool:
    """Say whether anybody of the block may go to something within *radius* km of *middle*."""
    square, apart = 0.0, people.radius[block] + people.farthest[block] + radius
    for axis in range(3):
        square += (people.middle[block, axis] - middle[axis]) ** 2
    return bool(square <= apart * apart + 1e-6)


@compiled
def _look_at(
    people: People, asked: Asked, scale: Scale, block: int, row: int, board: Board, table: Table, batch: Batch
) -> None:
    """Let all of the block wait for a score who can come to the role in *row* and may want to."""
    comes = _who_can(people, asked, block, row, board, table)
    if not comes:
        return
    _lay_out_wishes(people, table, block, comes)
    _compare(asked, table, scale, row)
    while comes:
        lane = int(lowest(comes))
        comes &= comes - uint64(1)
        said = product(table.wish[lane], asked.text[row])
        if said >= table.must_say[lane]:
            at = wait(batch, people, asked, block * LANES + lane, lane, row, table.turn[lane])
            batch.shared[at], batch.said[at], batch.skill[at] = table.shared[lane], said, table.skill[lane]


@compiled
def _who_can(people: People, asked: Asked, block: int, row: int, board: Board, table: Table) -> np.uint64:
    """Return who can come to the role in *row*, and write down to which of its slots first."""
    shut_out(people, asked, board, block, row, ~uint64(0), board.words)
    fit, comes = ~uint64(0), uint64(0)
    for code in range(REASONS):
        if code not in (CAPACITY, TIME):
            fit &= ~board.words[code]
    for slot in range(asked.slot_start[row], asked.slot_start[row + 1]):
        if not fit:
            break
        hit = fit & board.room_words[asked.room[slot]]
        if hit:
            hit &= in_time(asked, board, slot, block)
        fit &= ~hit
        comes |= hit
        while hit:
            table.turn[lowest(hit)] = slot - asked.slot_start[row]
            hit &= hit - uint64(1)
    return comes


@compiled
def _compare(asked: Asked, table: Table, scale: Scale, row: int) -> None:
    """Work out for the whole block what is shared with the role in *row*, and how alike the texts must be then."""
    table.shared[:] = 0.0
    for at in range(asked.activity_start[row], asked.activity_start[row + 1]):
        liked, weight = table.interests[asked.activity[at]], np.float32(asked.activity_weight[at])
        for lane in range(LANES):
            table.shared[lane] += liked[lane] * weight
    table.skill[:] = 0.0
    for at in range(asked.skill_start[row], asked.skill_start[row + 1]):
        has, weight = table.skills[asked.skill[at]], np.float32(asked.skill_weight[at])
        for lane in range(LANES):
            table.skill[lane] += has[lane] * weight
    if asked.skill_total[row] > 0.0:
        one = np.float32(1.0 / asked.skill_total[row])
        for lane in range(LANES):
            table.skill[lane] = min(table.skill[lane] * one, np.float32(1.0))
    for lane in range(LANES):
        table.must_say[lane] = must_say(table.shared[lane], table.skill[lane], scale)


@compiled
def _take(people: People, found: Found, best: Best, block: int) -> None:
    """Write down what was found for the block."""
    most = best.keys.shape[1]
    for lane in range(LANES):
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


def find(layout: Layout, scale: Scale, most: int) -> Best:
    """Return the *most* best roles of every person, by the base score, of all that fit and are relevant."""
    people = layout.crowd.people
    volunteers = len(layout.crowd.home)
    best = Best(np.zeros(volunteers, dtype=np.int32), np.zeros((volunteers, most), dtype=np.int64))
    if not most:
        return best

    def work(first: int, last: int) -> None:
        best_of_blocks(
            people,
            layout.asked,
            layout.closed,
            scale,
            layout.first_weekday,
            first,
            last,
            board(layout.asked, layout.days, layout.activities),
            table(layout.activities, layout.skills, layout.dims),
            batch(),
            Found(
                np.zeros((LANES, most * ROOM), dtype=np.int64),
                np.zeros(LANES, dtype=np.int32),
                np.zeros(LANES, dtype=np.int64),
            ),
            best,
        )

    in_chunks(work, layout.blocks)
    return best
