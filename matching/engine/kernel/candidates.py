"""The exact best of all roles that fit a person, by the base score: near roles only, 64 people at a time.

Time grows with the pairs that are near each other, memory with people × candidates; never with people × roles.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import uint64

from matching.engine.compiled import LANES, compiled, lowest, product
from matching.engine.geodesy import MEAN_RADIUS_KM
from matching.engine.kernel.asked import Asked
from matching.engine.kernel.base import Scale, eagerness, is_relevant, key, nearness
from matching.engine.kernel.layout import Layout, in_chunks
from matching.engine.kernel.people import People
from matching.engine.kernel.selection import Keys, keep_best, put_in_order
from matching.engine.kernel.words import (
    AVOIDED,
    CAPACITY,
    CLOSED,
    REASONS,
    TIME,
    Board,
    Closed,
    board,
    clear,
    in_time,
    lay_out,
    lay_out_outline,
    shut_out,
    too_far,
)
from matching.engine.problem import Float, Int

FEW_ROLES = 8
"""For so few, most people of most blocks are too far or shut out: then only the others are laid out."""

ROOM = 4
"""So many times the candidates are collected before the worse ones are thrown out."""


class Table(NamedTuple):
    """What is wished for in the block in hand, and what was found for it; one a thread.

    Parameters
    ----------
    interests : float64 (activities, 64); skills : float64 (skills, 64); wish : int16 (64, dims)
    shared, skill : float64 (64,), of the role in hand.
    keys : int64 (64, room), see `base.key`; size : int32 (64,); bar : int64 (64,), what a key must be above.
    """

    interests: Float
    skills: Float
    wish: npt.NDArray[np.int16]
    shared: Float
    skill: Float
    keys: Keys
    size: Int
    bar: Keys


class Best(NamedTuple):
    """The candidates of every person, the best first: size int32 (n,), keys int64 (n, c)."""

    size: Int
    keys: Keys


def table(activities: int, skills: int, dims: int, most: int) -> Table:
    """Return an empty table for one thread that looks for the *most* best."""
    return Table(
        interests=np.zeros((activities, LANES)),
        skills=np.zeros((skills, LANES)),
        wish=np.zeros((LANES, dims), dtype=np.int16),
        shared=np.zeros(LANES),
        skill=np.zeros(LANES),
        keys=np.zeros((LANES, max(most, 1) * ROOM), dtype=np.int64),
        size=np.zeros(LANES, dtype=np.int32),
        bar=np.zeros(LANES, dtype=np.int64),
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
    best: Best,
) -> None:
    """Find the candidates of the people in the blocks first ≤ block < last."""
    for block in range(first, last):
        is_few = len(asked.number) <= FEW_ROLES
        lanes = _who_may(people, asked, board, block) if is_few else ~uint64(0)
        if not lanes:
            continue
        lay_out(people, asked, closed, board, block, weekday, lanes)
        likely = _who_can(people, asked, board, block, lanes) if is_few else lanes
        if likely:
            _lay_out_wishes(people, table, block, likely)
            for tile in range(len(asked.tile_radius)):
                if _is_near(people, block, asked.tile_middle[tile], asked.tile_radius[tile]):
                    for row in range(asked.tile_start[tile], asked.tile_start[tile + 1]):
                        if asked.online[row] or _is_near(people, block, asked.place[row], 0.0):
                            _look_at(people, asked, scale, block, row, likely, board, table, best)
            _clear_wishes(people, table, block, likely)
            _take(people, table, best, block)
        clear(people, closed, board, block)


@compiled
def _who_may(people: People, asked: Asked, board: Board, block: int) -> np.uint64:
    """Return who of the block may come to any role at all, as far as is known without laying anybody out."""
    lanes, is_outlined = uint64(0), False
    for row in range(len(asked.number)):
        if asked.online[row] or (
            _is_near(people, block, asked.place[row], 0.0) and ~too_far(people, asked.place[row], board, block * LANES)
        ):
            if not is_outlined:
                lay_out_outline(people, asked, board, block)
                is_outlined = True
            shut_out(people, asked, board, block, row, ~uint64(0), board.words)
            fit = ~uint64(0)
            for code in range(REASONS):
                if code not in (CAPACITY, TIME, AVOIDED, CLOSED):
                    fit &= ~board.words[code]
            lanes |= fit
    return lanes


@compiled
def _who_can(people: People, asked: Asked, board: Board, block: int, lanes: np.uint64) -> np.uint64:
    """Return who in these lanes, which are laid out, can come to any role: of them alone the wishes are wanted."""
    likely = uint64(0)
    for row in range(len(asked.number)):
        if asked.online[row] or _is_near(people, block, asked.place[row], 0.0):
            shut_out(people, asked, board, block, row, ~uint64(0), board.words)
            fit, hit = lanes, uint64(0)
            for code in range(REASONS):
                if code not in (CAPACITY, TIME):
                    fit &= ~board.words[code]
            if fit:
                for slot in range(asked.slot_start[row], asked.slot_start[row + 1]):
                    hit |= board.room_words[asked.room[slot]] & in_time(asked, board, slot, block)
            likely |= fit & hit
    return likely


@compiled
def _lay_out_wishes(people: People, table: Table, block: int, lanes: np.uint64) -> None:
    table.size[:] = 0
    table.bar[:] = -1
    for lane in range(LANES):
        number = people.number[block * LANES + lane]
        if number >= 0 and lanes >> uint64(lane) & uint64(1):
            for at in range(people.interest_start[number], people.interest_start[number + 1]):
                table.interests[people.interest[at], lane] = people.interest_weight[at]
            for at in range(people.skill_start[number], people.skill_start[number + 1]):
                table.skills[people.skill[at], lane] = 1.0
            for dim in range(people.wish.shape[1]):
                table.wish[lane, dim] = people.wish[number, dim]


@compiled
def _clear_wishes(people: People, table: Table, block: int, lanes: np.uint64) -> None:
    for lane in range(LANES):
        number = people.number[block * LANES + lane]
        if number >= 0 and lanes >> uint64(lane) & uint64(1):
            for at in range(people.interest_start[number], people.interest_start[number + 1]):
                table.interests[people.interest[at], lane] = 0.0
            for at in range(people.skill_start[number], people.skill_start[number + 1]):
                table.skills[people.skill[at], lane] = 0.0


@compiled
def _is_near(people: People, block: int, middle: Float, radius: float) -> bool:
    """Say whether anybody of the block may go to something within *radius* km of *middle*."""
    x, y, z = (
        people.middle[block, 0] - middle[0],
        people.middle[block, 1] - middle[1],
        people.middle[block, 2] - middle[2],
    )
    apart = people.radius[block] + people.farthest[block] + radius
    return x * x + y * y + z * z <= apart * apart + 1e-6


@compiled
def _look_at(
    people: People,
    asked: Asked,
    scale: Scale,
    block: int,
    row: int,
    lanes: np.uint64,
    board: Board,
    table: Table,
    best: Best,
) -> None:
    """Put the role in *row* before all in these lanes of the block who can come."""
    shut_out(people, asked, board, block, row, ~uint64(0), board.words)
    fit = lanes
    for code in range(REASONS):
        if code not in (CAPACITY, TIME):
            fit &= ~board.words[code]
    if not fit:
        return
    _compare(asked, table, row)
    for slot in range(asked.slot_start[row], asked.slot_start[row + 1]):
        hit = fit & board.room_words[asked.room[slot]]
        if hit:
            hit &= in_time(asked, board, slot, block)
        fit &= ~hit
        while hit:
            lane = lowest(hit)
            hit &= hit - uint64(1)
            _offer(people, asked, scale, block * LANES + lane, lane, row, slot - asked.slot_start[row], table, best)
        if not fit:
            return


@compiled
def _compare(asked: Asked, table: Table, row: int) -> None:
    """Work out for the whole block what is shared with the role in *row*, and which part of its skills is there."""
    table.shared[:] = 0.0
    for at in range(asked.activity_start[row], asked.activity_start[row + 1]):
        liked, weight = table.interests[asked.activity[at]], asked.activity_weight[at]
        for lane in range(LANES):
            table.shared[lane] += liked[lane] * weight
    table.skill[:] = 0.0
    for at in range(asked.skill_start[row], asked.skill_start[row + 1]):
        has, weight = table.skills[asked.skill[at]], asked.skill_weight[at]
        for lane in range(LANES):
            table.skill[lane] += has[lane] * weight
    if asked.skill_total[row] > 0.0:
        for lane in range(LANES):
            table.skill[lane] = min(table.skill[lane] / asked.skill_total[row], 1.0)


@compiled
def _offer(
    people: People, asked: Asked, scale: Scale, person: int, lane: int, row: int, turn: int, table: Table, best: Best
) -> None:
    """Score one pair that fits, and keep it where it may be among the best."""
    shared, skill = table.shared[lane], table.skill[lane]
    said = float(product(table.wish[lane], asked.text[row]))
    if not is_relevant(eagerness(shared, said), skill, scale):
        return
    near = nearness(_way_km(people, asked, person, row), people.limit_km[person], asked.online[row])
    rank = key(shared, said, skill, near, scale, asked.number[row], turn)
    if rank > table.bar[lane]:
        size, most = table.size[lane], best.keys.shape[1]
        table.keys[lane, size] = rank
        table.size[lane] = size + 1
        if size + 1 == table.keys.shape[1]:
            keep_best(table.keys[lane], size + 1, most)
            table.size[lane] = most
            table.bar[lane] = table.keys[lane, 0]
            for at in range(1, most):
                table.bar[lane] = min(table.bar[lane], table.keys[lane, at])


@compiled
def _way_km(people: People, asked: Asked, person: int, row: int) -> float:
    x = people.place[0, person] - asked.place[row, 0]
    y = people.place[1, person] - asked.place[row, 1]
    z = people.place[2, person] - asked.place[row, 2]
    square = x * x + y * y + z * z
    return math.sqrt(square) * (1.0 + square / (24.0 * MEAN_RADIUS_KM * MEAN_RADIUS_KM))


@compiled
def _take(people: People, table: Table, best: Best, block: int) -> None:
    """Write down what was found for the block."""
    most = best.keys.shape[1]
    for lane in range(LANES):
        number = people.number[block * LANES + lane]
        if number >= 0:
            size = table.size[lane]
            if size > most:
                keep_best(table.keys[lane], size, most)
                size = most
            put_in_order(table.keys[lane], size)
            best.size[number] = size
            for at in range(size):
                best.keys[number, at] = table.keys[lane, at]


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
            table(layout.activities, layout.skills, layout.dims, most),
            best,
        )

    in_chunks(work, layout.blocks)
    return best
