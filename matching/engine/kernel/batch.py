"""Pairs that wait to be scored: a thousand at a time cost a third of what they cost one by one."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from matching.engine.compiled import compiled
from matching.engine.geodesy import MEAN_RADIUS_KM
from matching.engine.kernel.asked import Asked
from matching.engine.kernel.base import Scale, fading, is_relevant, key
from matching.engine.kernel.people import People
from matching.engine.kernel.selection import Keys, keep_best
from matching.engine.problem import Bool, Float, Int
from matching.engine.signals.distance import AT_HOME
from matching.engine.signals.interest import STEEPNESS
from matching.engine.signals.wish import NOISE, SAME, STEP

WAITING = 1024
ROOM = 4
"""So many times the candidates are collected before the worse ones are thrown out."""


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
    """

    keys: Keys
    size: Int
    bar: Keys


def batch() -> Batch:
    """Return an empty batch."""
    lane, row, turn = np.zeros((3, WAITING), dtype=np.int32)
    shared, said, skill, square, per_km, base = np.zeros((6, WAITING))
    online = np.zeros(WAITING, dtype=np.bool_)
    return Batch(np.zeros(1, dtype=np.int32), lane, row, turn, shared, said, skill, square, per_km, online, base)


@compiled
def wait(batch: Batch, people: People, asked: Asked, person: int, lane: int, row: int, turn: int) -> int:
    """Put a pair at the end of the batch, and return its place, where the rest is to be filled in."""
    at = int(batch.size[0])
    batch.size[0] = at + 1
    square = 0.0
    for axis in range(3):
        square += (people.place[axis, person] - asked.place[row, axis]) ** 2
    batch.lane[at], batch.row[at], batch.turn[at] = lane, row, turn
    batch.square[at], batch.online[at] = square, asked.online[row]
    batch.per_km[at] = 1.0 / people.limit_km[person] if people.limit_km[person] > 0.0 else 0.0
    return at


@compiled
def settle(batch: Batch, asked: Asked, scale: Scale, found: Found, most: int) -> None:
    """Score the pairs of the batch, keep those that are relevant and among the *most* best, and empty it."""
    _score(batch, scale)
    for at in range(batch.size[0]):
        if is_relevant(batch.shared[at], batch.said[at], batch.skill[at], scale):
            lane = batch.lane[at]
            rank = key(batch.base[at], asked.number[batch.row[at]], batch.turn[at])
            if rank > found.bar[lane]:
                _keep(found, lane, rank, most)
    batch.size[0] = 0


@compiled
def _score(batch: Batch, scale: Scale) -> None:
    for at in range(batch.size[0]):
        interest = 1.0 - fading(STEEPNESS * batch.shared[at])
        wish = 1.0 - fading(max(batch.said[at] * (1.0 / SAME) - NOISE, 0.0) * (1.0 / STEP))
        square = batch.square[at]
        km = math.sqrt(square) * (1.0 + square * (1.0 / (24.0 * MEAN_RADIUS_KM * MEAN_RADIUS_KM)))
        near = AT_HOME if batch.online[at] else fading(km * batch.per_km[at])
        likes = scale.interest * interest + scale.wish * wish
        batch.base[at] = likes + scale.skill * batch.skill[at] + scale.distance * near


@compiled
def _keep(found: Found, lane: int, rank: np.int64, most: int) -> None:
    size = found.size[lane]
    found.keys[lane, size] = rank
    found.size[lane] = size + 1
    if size + 1 == found.keys.shape[1]:
        keep_best(found.keys[lane], size + 1, most)
        found.size[lane] = most
        found.bar[lane] = found.keys[lane, 0]
        for at in range(1, most):
            found.bar[lane] = min(found.bar[lane], found.keys[lane, at])
