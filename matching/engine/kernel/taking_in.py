"""Whose list takes a role in: who of a block could come, wants to, and likes it no less than the last of their list.

For each block words say first who might; most of these have lists full of what they like better than the words allow
them to like this. Of the few who are left all is read, one after the other, for so few are not worth a board.
"""

from __future__ import annotations

import math

import numpy as np
from numba import uint64

from matching.engine.byte_products import product
from matching.engine.compiled import LANES, compiled, lowest
from matching.engine.exponential import fading
from matching.engine.kernel.asked import Asked
from matching.engine.kernel.base import GRID, ROUNDING, Scale, base_score, eagerness, is_enough_with_skill, wished
from matching.engine.kernel.first_look import brings, liked_at_most, might_come, wrote
from matching.engine.kernel.people import People
from matching.engine.kernel.sought import WEEK, Sought
from matching.engine.kernel.words import Board
from matching.engine.problem import Bits, Float, Int
from matching.engine.signals.distance import AT_HOME
from matching.engine.signals.interest import STEEPNESS


@compiled
def take_in(
    people: People,
    asked: Asked,
    words: Sought,
    scale: Scale,
    board: Board,
    weekday: int,
    row: int,
    edges: Float,
    first: int,
    last: int,
    said: Float,
    taken: Bits,
) -> None:
    """Write whose list takes the role in this *row* of `Asked` in, of the blocks first ≤ block < last.

    Parameters
    ----------
    edges : float64 (n,), the base score that a pair of each person must have at least.
    said : float64 (64,), to work with.
    taken : uint64 (blocks,)
    """
    for block in range(first, last):
        lanes = might_come(people, asked, words, scale, board, weekday, block, row)
        lanes = _who_could_take(people, asked, words, scale, block, row, edges, lanes)
        _read_wishes(people, asked, words, block, row, lanes, said)
        taken[block] = _who_takes(people, asked, words, scale, weekday, block, row, edges, lanes, said)


@compiled
def _who_could_take(
    people: People, asked: Asked, words: Sought, scale: Scale, block: int, row: int, edges: Float, lanes: np.uint64
) -> np.uint64:
    """Return whose list would take it, if they said the very same as the role."""
    could, bringing, writing = uint64(0), brings(asked, words, block, row), wrote(asked, words, block, row)
    while lanes:
        lane = lowest(lanes)
        bit = lanes & (~lanes + uint64(1))
        lanes ^= bit
        most = _most(asked, scale, row, liked_at_most(asked, words, block, row, lane), bringing & bit)
        if most + (scale.wish if writing & bit else 0.0) >= edges[people.number[block * LANES + lane]]:
            could |= bit
    return could


@compiled
def _read_wishes(
    people: People, asked: Asked, words: Sought, block: int, row: int, lanes: np.uint64, said: Float
) -> None:
    """Write what these lanes said, as a product of texts. Nothing is decided here: so several are fetched at once."""
    said[:] = 0.0
    lanes &= wrote(asked, words, block, row)
    while lanes:
        lane = lowest(lanes)
        lanes &= lanes - uint64(1)
        said[lane] = float(product(people.wish[people.number[block * LANES + lane]], asked.text[row]))


@compiled
def _who_takes(
    people: People,
    asked: Asked,
    words: Sought,
    scale: Scale,
    weekday: int,
    block: int,
    row: int,
    edges: Float,
    lanes: np.uint64,
    said: Float,
) -> np.uint64:
    """Return whose list takes it; everything else is read only of those for whom what they said could be enough."""
    takes, bringing = uint64(0), brings(asked, words, block, row)
    while lanes:
        lane = lowest(lanes)
        bit = lanes & (~lanes + uint64(1))
        lanes ^= bit
        at, liked = block * LANES + lane, liked_at_most(asked, words, block, row, lane)
        most, edge = _most(asked, scale, row, liked, bringing & bit), edges[people.number[at]]
        if eagerness(liked, said[lane]) < (scale.never if bringing & bit else scale.enough):
            continue
        if most + scale.wish * wished(said[lane]) < edge:
            continue
        if _comes(people, asked, row, at, weekday) and _is_above(people, asked, scale, row, at, said[lane], edge):
            takes |= bit
    return takes


@compiled
def _most(asked: Asked, scale: Scale, row: int, liked: float, brings: np.uint64) -> float:
    """Return the highest base score of somebody who likes the role so much and says nothing, however near it is."""
    most = scale.interest * (1.0 - fading(STEEPNESS * liked)) + ROUNDING
    return most + scale.distance * (AT_HOME if asked.online[row] else 1.0) + (scale.skill if brings else 0.0)


@compiled
def _is_above(people: People, asked: Asked, scale: Scale, row: int, at: int, said: float, edge: float) -> bool:
    """Say whether whoever stands in place *at* of the blocks wants the role no less than what is at their *edge*."""
    liked, skill = _liked(people, asked, row, people.number[at]), _skill(people, asked, row, people.number[at])
    if not is_enough_with_skill(liked, said, skill, scale):
        return False
    square, limit = 0.0, people.limit_km[at]
    for axis in range(3):
        square += (people.place[axis, at] - asked.place[row, axis]) ** 2
    base = base_score(liked, said, skill, square, 1.0 / limit if limit > 0.0 else 0.0, asked.online[row], scale)
    return bool(math.floor(base * GRID + 0.5) >= edge * GRID)


@compiled
def _liked(people: People, asked: Asked, row: int, number: int) -> float:
    """Return the product of the interests and the role's activities."""
    added = 0.0
    for at in range(asked.activity_start[row], asked.activity_start[row + 1]):
        liked = 0.0
        for choice in range(people.interest_start[number], people.interest_start[number + 1]):
            if people.interest[choice] == asked.activity[at]:
                liked += people.interest_weight[choice]
        added += liked * asked.activity_weight[at]
    return added


@compiled
def _skill(people: People, asked: Asked, row: int, number: int) -> float:
    """Return the share of the welcome skills, by weight, that is there."""
    added = 0.0
    for at in range(asked.skill_start[row], asked.skill_start[row + 1]):
        if _has(people.skill_start, people.skill, number, asked.skill[at]):
            added += asked.skill_weight[at]
    return min(added / asked.skill_total[row], 1.0) if asked.skill_total[row] > 0.0 else 0.0


@compiled
def _comes(people: People, asked: Asked, row: int, at: int, weekday: int) -> bool:
    """Say whether what words do not tell lets the person in place *at* of the blocks come."""
    number, party = people.number[at], people.party[at]
    if party > 1 and not asked.takes_groups[row]:
        return False
    for activity in range(asked.activity_start[row], asked.activity_start[row + 1]):
        if _has(people.avoid_start, people.avoid, number, asked.activity[activity]):
            return False
    for slot in range(asked.slot_start[row], asked.slot_start[row + 1]):
        kind = asked.time[slot]
        for way in range(asked.way_start[kind], asked.way_start[kind + 1]):
            if party <= asked.places[asked.room[slot]] and _is_free(
                people, number, asked.way_day[way], asked.way_mask[way], weekday
            ):
                return True
    return False


@compiled
def _is_free(people: People, number: int, day: int, mask: np.uint64, weekday: int) -> bool:
    free = people.weekly[number, (weekday + day) % WEEK]
    for at in range(people.exception_start[number], people.exception_start[number + 1]):
        if people.exception_day[at] == day:
            free = people.exception_free[at]
    return bool((free & mask) == mask)


@compiled
def _has(start: Int, column: Int, number: int, wanted: int) -> bool:
    """Say whether *wanted* is among what somebody chose."""
    has = False
    for at in range(start[number], start[number + 1]):
        has |= column[at] == wanted
    return has
