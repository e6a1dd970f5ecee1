"""Pairs that wait to be scored: a thousand at a time cost a third of what they cost one by one."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numba import uint64

from matching.engine.compiled import LANES, compiled
from matching.engine.kernel.asked import Asked
from matching.engine.kernel.base import GRID, ROUNDING, Scale, base_score, key
from matching.engine.kernel.people import People
from matching.engine.kernel.selection import Keys, keep_best
from matching.engine.problem import Bits, Bool, Float, Int
from matching.engine.signals.interest import STEEPNESS

WAITING = 1024
ROOM = 3
"""So many times the candidates are collected before the worse ones are thrown out."""

ALONE, WITH_WORDS, WITH_SKILL = range(3)


class Batch(NamedTuple):
    """Pairs in the order they were found (up to `WAITING`); ``size[0]`` says how many there are.

    Parameters
    ----------
    lane, row, turn : int32, which of the block, row of `Asked`, which of the role's slots.
    shared, said, skill : float64, the products of interests and of texts, and the part of the skills that is there.
    square : float64, km², of the straight line; per_km : float64, 1 ÷ how far the person goes; online : bool
    base : float64, the base score, once it is worked out.
    """

    size: Int
    lane: Int
    row: Int
    turn: Int
    shared: Float
    said: Float
    skill: Float
    square: Float
    per_km: Float
    online: Bool
    base: Float


class Found(NamedTuple):
    """The best so far of each of the block.

    Parameters
    ----------
    keys : int64 (64, room), see `base.key`; size : int32 (64,); bar : int64 (64,), what a key must be above.
    must_like : float64 (3, 64), the least product of interests with which a pair may come above the bar, however near
        it is: by interest `ALONE`, `WITH_WORDS` that say the same, and these `WITH_SKILL`.
    sated : uint64 (1,), above whose bar words alone never come.
    nearest : float64 (1,), what the distance adds at most, to any role that is looked at.
    """

    keys: Keys
    size: Int
    bar: Keys
    must_like: Float
    sated: Bits
    nearest: Float


def found(most: int) -> Found:
    """Return room for the *most* best of each."""
    return Found(
        keys=np.zeros((LANES, most * ROOM), dtype=np.int64),
        size=np.zeros(LANES, dtype=np.int32),
        bar=np.zeros(LANES, dtype=np.int64),
        must_like=np.zeros((3, LANES)),
        sated=np.zeros(1, dtype=np.uint64),
        nearest=np.zeros(1),
    )


@compiled
def begin(found: Found, nearest: float) -> None:
    """Forget what was found for the block before."""
    found.size[:] = 0
    found.bar[:] = -1
    found.must_like[:] = -1.0
    found.sated[0] = uint64(0)
    found.nearest[0] = nearest


def batch() -> Batch:
    """Return an empty batch."""
    lane, row, turn = np.zeros((3, WAITING), dtype=np.int32)
    shared, said, skill, square, per_km, base = np.zeros((6, WAITING))
    online = np.zeros(WAITING, dtype=np.bool_)
    return Batch(np.zeros(1, dtype=np.int32), lane, row, turn, shared, said, skill, square, per_km, online, base)


@compiled
def wait(batch: Batch, lane: int, shared: float, said: float, skill: float, stays: bool) -> None:
    """Put a pair at the end of the batch; it is written over by the next unless it *stays*.

    Half of the pairs stay, in no order that a processor could foresee: so it is written before that is known.
    """
    at = batch.size[0]
    batch.lane[at], batch.shared[at], batch.said[at], batch.skill[at] = lane, shared, said, skill
    batch.size[0] = at + stays


@compiled
def settle(batch: Batch, people: People, asked: Asked, scale: Scale, block: int, found: Found, most: int) -> None:
    """Score the pairs of the batch, keep those that are among the *most* best, and empty it."""
    _measure(batch, people, asked, block)
    _score(batch, scale)
    for at in range(batch.size[0]):
        lane = batch.lane[at]
        rank = key(batch.base[at], asked.number[batch.row[at]], batch.turn[at])
        if rank > found.bar[lane]:
            _keep(found, scale, lane, rank, most)
    batch.size[0] = 0


@compiled
def _measure(batch: Batch, people: People, asked: Asked, block: int) -> None:
    for at in range(batch.size[0]):
        person, row, square = block * LANES + batch.lane[at], batch.row[at], 0.0
        for axis in range(3):
            square += (people.place[axis, person] - asked.place[row, axis]) ** 2
        batch.square[at], batch.online[at] = square, asked.online[row]
        limit = people.limit_km[person]
        batch.per_km[at] = 1.0 / limit if limit > 0.0 else 0.0


@compiled
def _score(batch: Batch, scale: Scale) -> None:
    for at in range(batch.size[0]):
        batch.base[at] = base_score(
            batch.shared[at],
            batch.said[at],
            batch.skill[at],
            batch.square[at],
            batch.per_km[at],
            batch.online[at],
            scale,
        )


@compiled
def _keep(found: Found, scale: Scale, lane: int, rank: np.int64, most: int) -> None:
    size = found.size[lane]
    found.keys[lane, size] = rank
    found.size[lane] = size + 1
    if size + 1 == found.keys.shape[1]:
        keep_best(found.keys[lane], size + 1, most)
        found.size[lane] = most
        found.bar[lane] = found.keys[lane, 0]
        for at in range(1, most):
            found.bar[lane] = min(found.bar[lane], found.keys[lane, at])
        _raise(found, scale, lane)


@compiled
def _raise(found: Found, scale: Scale, lane: int) -> None:
    """Work out what the bar asks of a pair of which not all is known yet."""
    base = (found.bar[lane] >> 42) / GRID - ROUNDING - found.nearest[0]
    for kind in range(3):
        share = base / scale.interest
        found.must_like[kind, lane] = math.log(1.0 - share) / -STEEPNESS if 0.0 < share < 1.0 else -1.0
        base -= scale.wish if kind == ALONE else scale.skill
    if found.must_like[WITH_WORDS, lane] > 0.0:
        found.sated[0] |= uint64(1) << uint64(lane)
