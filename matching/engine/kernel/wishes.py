"""What the people of a block would like, laid out so that a role's own activities, skills and words are looked up."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import uint64

from matching.engine.compiled import LANES, compiled, lowest
from matching.engine.kernel.asked import Asked
from matching.engine.kernel.people import People
from matching.engine.problem import Bits, Float


class Wishes(NamedTuple):
    """Filled for those who can come to anything; one a thread.

    Parameters
    ----------
    ready : uint64 (1,), the lanes that are filled; interests : float64 (activities, 64), 0 in the others.
    liked : uint64 (activities,), who likes it at all; brings : uint64 (skills,), who has the skill.
    """

    ready: Bits
    interests: Float
    liked: Bits
    brings: Bits


def wishes(activities: int, skills: int) -> Wishes:
    """Return empty tables."""
    return Wishes(
        ready=np.zeros(1, dtype=np.uint64),
        interests=np.zeros((activities, LANES)),
        liked=np.zeros(activities, dtype=np.uint64),
        brings=np.zeros(skills, dtype=np.uint64),
    )


@compiled
def lay_out_wishes(people: People, wishes: Wishes, block: int, lanes: np.uint64) -> None:
    """Fill the *lanes* that are not filled for this block yet: for one new role they are few."""
    lanes &= ~wishes.ready[0]
    wishes.ready[0] |= lanes
    while lanes:
        lane = lowest(lanes)
        lanes &= lanes - uint64(1)
        _lay_out_one(people, wishes, people.number[block * LANES + lane], lane)


@compiled
def _lay_out_one(people: People, wishes: Wishes, number: int, lane: int) -> None:
    bit = uint64(1) << uint64(lane)
    for at in range(people.interest_start[number], people.interest_start[number + 1]):
        wishes.interests[people.interest[at], lane] += people.interest_weight[at]
        wishes.liked[people.interest[at]] |= bit
    for at in range(people.skill_start[number], people.skill_start[number + 1]):
        wishes.brings[people.skill[at]] |= bit


@compiled
def clear_wishes(people: People, wishes: Wishes, block: int) -> None:
    """Empty the tables of the block for the next."""
    lanes = wishes.ready[0]
    while lanes:
        lane = lowest(lanes)
        lanes &= lanes - uint64(1)
        number = people.number[block * LANES + lane]
        for at in range(people.interest_start[number], people.interest_start[number + 1]):
            wishes.interests[people.interest[at], lane] = 0.0
    wishes.ready[0] = uint64(0)
    wishes.liked[:] = uint64(0)
    wishes.brings[:] = uint64(0)


@compiled
def who_likes(wishes: Wishes, asked: Asked, row: int) -> np.uint64:
    """Return who likes any of the role's activities."""
    likes = uint64(0)
    for at in range(asked.activity_start[row], asked.activity_start[row + 1]):
        likes |= wishes.liked[asked.activity[at]]
    return likes


@compiled
def who_brings(wishes: Wishes, asked: Asked, row: int) -> np.uint64:
    """Return who has any of the skills that are welcome."""
    brings = uint64(0)
    for at in range(asked.skill_start[row], asked.skill_start[row + 1]):
        brings |= wishes.brings[asked.skill[at]]
    return brings


@compiled
def shared(wishes: Wishes, asked: Asked, row: int, lane: int) -> float:
    """Return the product of the interests and the role's activities."""
    added = 0.0
    for at in range(asked.activity_start[row], asked.activity_start[row + 1]):
        added += wishes.interests[asked.activity[at], lane] * asked.activity_weight[at]
    return added


@compiled
def skill(wishes: Wishes, asked: Asked, row: int, lane: int) -> float:
    """Return the share of the welcome skills, by weight, that is there."""
    added = 0.0
    for at in range(asked.skill_start[row], asked.skill_start[row + 1]):
        if (wishes.brings[asked.skill[at]] >> uint64(lane)) & uint64(1):
            added += asked.skill_weight[at]
    return min(added / asked.skill_total[row], 1.0) if asked.skill_total[row] > 0.0 else 0.0
