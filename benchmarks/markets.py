"""Invented people and roles as arrays, as many as one likes: what the engine is measured with.

A ward has 72 towns on 32.7 km², a city 1,700 on 435 km² (Asahi ward and Yokohama). People live in towns; most go 1 to
2 km, few go far. Each chose one to five of 113 activities in 18 fields; half wrote a wish, which is like the roles for
one of their activities. Weeks are made of mornings, afternoons, evenings and weekends; one in seven has other days
too. Roles are about one to three activities, lie anywhere in the area, and have one to eight slots in four weeks,
every fourth of them "any 30 minutes within a window".
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.engine.problem import Bits, Problem, Roles, Slots, Volunteers
from matching.engine.text import DIMS
from matching.engine.tree import spread, with_descendants

ACTIVITIES, FIELDS, SKILLS, TRAITS, DAYS = 113, 18, 40, 300, 28
MIDDLE = (35.4745, 139.5445)
KM_PER_DEGREE = (110.95, 90.8)
AREAS = {"ward": (72, 32.7), "city": (1_700, 435.0)}
LIMITS_KM, LIMIT_SHARES = (0.9, 1.8, 2.8, 3.8, 5.7, 10.0), (0.25, 0.35, 0.22, 0.1, 0.06, 0.02)
_NOON = (24, 34)
_FREE = (((12, 17), 0.12, 0.15), ((18, 24), 0.2, 0.6), (_NOON, 0.2, 0.6), ((35, 42), 0.3, 0.3))
"""Half hours of the day, and how likely somebody is free then on a weekday and at the weekend."""


def market(*, volunteers: int, roles: int, area: str, seed: int) -> Problem:
    """Return an invented problem; the same numbers give the same one.

    Parameters
    ----------
    area : ``ward`` or ``city``.
    """
    rng = np.random.default_rng(seed)
    parent = np.concatenate([np.full(FIELDS, -1), np.sort(rng.integers(0, FIELDS, ACTIVITIES - FIELDS))]).astype(
        np.int32
    )
    topics = rng.normal(size=(ACTIVITIES, DIMS)) + 0.8 * rng.normal(size=(FIELDS, DIMS))[np.maximum(parent, 0)]
    return Problem(
        volunteers=_volunteers(volunteers, area, topics, parent, rng),
        roles=_roles(roles, area, topics, rng),
        slots=_slots(roles, rng),
        first_weekday=2,
        days=DAYS,
        place_access=0b11,
        closed=_closed(volunteers, roles, rng),
    )


def _points(count: int, area: str, rng: np.random.Generator) -> npt.NDArray[np.float64]:
    half = math.sqrt(AREAS[area][1]) / 2
    return np.asarray(MIDDLE + rng.uniform(-half, half, size=(count, 2)) / np.array(KM_PER_DEGREE))


def _volunteers(
    count: int, area: str, topics: npt.NDArray[np.float64], parent: npt.NDArray[np.int32], rng: np.random.Generator
) -> Volunteers:
    towns = AREAS[area][0]
    size = rng.pareto(1.5, towns) + 0.3
    at = _points(towns, area, rng)[rng.choice(towns, count, p=size / size.sum())]
    chosen, main = _some(count, FIELDS, ACTIVITIES, 5, rng)
    tried = _some(count, 0, TRAITS, 3, rng)[0]
    has_wish = rng.random(count) < 0.5
    other = np.flatnonzero(rng.random(count) < 1 / 7)
    day = rng.integers(0, DAYS, len(other)).astype(np.int32)
    return Volunteers(
        lat=at[:, 0],
        lng=at[:, 1],
        travel_limit_km=rng.choice(LIMITS_KM, count, p=LIMIT_SHARES),
        weekly=_weeks(count, rng),
        exception_volunteer=other.astype(np.int32),
        exception_day=day,
        exception_free=np.where(rng.random(len(other)) < 0.5, np.uint64(0), _hours(*_NOON)),
        age=rng.integers(12, 85, count).astype(np.int32),
        has_guardian=rng.random(count) < 0.8,
        can_contact=rng.random(count) < 0.96,
        qualifications=_bits(count, 6, 0.06, rng),
        access_needs=_bits(count, 6, 0.02, rng),
        party_size=np.where(rng.random(count) < 0.02, 3, 1).astype(np.int32),
        takes_online=rng.random(count) < 0.65,
        is_home_only=rng.random(count) < 0.02,
        minutes_at_most=rng.choice([0, 30, 60, 90, 120], count).astype(np.int32),
        interests=spread(chosen, parent),
        avoids=with_descendants(sparse.csr_array(_rare(count, ACTIVITIES, 0.08, rng)), parent),
        skills=_some(count, 0, SKILLS, 3, rng)[0],
        wish=_texts(topics, np.where(has_wish, main, -1), 1.2, rng),
        has_taken_part=rng.random(count) < 0.3,
        tried=tried,
        leanings=0.5 * tried,
    )


def _roles(count: int, area: str, topics: npt.NDArray[np.float64], rng: np.random.Generator) -> Roles:
    at = _points(count, area, rng)
    about, main = _some(count, FIELDS, ACTIVITIES, 3, rng)
    about.data = np.where(about.indices == np.repeat(main, np.diff(about.indptr)), 1.0, 0.6)
    return Roles(
        lat=at[:, 0],
        lng=at[:, 1],
        is_online=rng.random(count) < 0.06,
        is_approved=np.ones(count, dtype=np.bool_),
        min_age=rng.choice([0, 15, 18], count, p=[0.5, 0.25, 0.25]).astype(np.int32),
        max_age=rng.choice([200, 70], count, p=[0.95, 0.05]).astype(np.int32),
        guardian_under=np.full(count, 18, dtype=np.int32),
        qualifications=np.where(
            rng.random(count) < 0.06, np.uint64(1) << rng.integers(0, 6, count).astype(np.uint64), np.uint64(0)
        ),
        access=_bits(count, 6, 0.5, rng),
        takes_groups=rng.random(count) < 0.5,
        activities=about,
        skills=_some(count, 0, SKILLS, 2, rng)[0],
        text=_texts(topics, main, 0.8, rng),
        effort=rng.integers(1, 4, count).astype(np.int32),
        asks_first=rng.random(count) < 0.4,
        traits=_some(count, 0, TRAITS, 3, rng)[0] / 3,
    )


def _slots(roles: int, rng: np.random.Generator) -> Slots:
    role = np.repeat(np.arange(roles, dtype=np.int32), rng.integers(1, 9, roles))
    when = rng.integers(1, DAYS, len(role)) * 48 + rng.choice([12, 18, 20, 26, 30, 36], len(role))
    day, begin = np.divmod(when[np.lexsort((when, role))], 48)
    is_window = rng.random(len(role)) < 0.25
    width = np.where(is_window, 8, rng.integers(1, 7, len(role)))
    ways = np.where(is_window, 8, 1)
    slot = np.repeat(np.arange(len(role)), ways)
    turn = np.arange(len(slot)) - np.repeat(np.cumsum(ways) - ways, ways)
    length = np.where(is_window, 1, width)[slot]
    mask = ((np.uint64(1) << length.astype(np.uint64)) - np.uint64(1)) << (begin[slot] + turn).astype(np.uint64)
    return Slots(
        role=role,
        places_left=rng.integers(0, 8, len(role)).astype(np.int32),
        minutes=np.where(is_window, 30, width * 30).astype(np.int32),
        starts_h=day * 24 + begin / 2,
        capacity=np.full(len(role), 8, dtype=np.int32),
        hours_left=day * 24 + begin / 2,
        choice_slot=slot.astype(np.int32),
        choice_day=day[slot].astype(np.int32),
        choice_mask=mask,
    )


def _hours(begin: int, end: int) -> np.uint64:
    return np.uint64((1 << end) - (1 << begin))


def _weeks(count: int, rng: np.random.Generator) -> Bits:
    weekly = np.zeros((count, 7), dtype=np.uint64)
    for part, on_weekdays, on_weekends in _FREE:
        likely = np.array([on_weekdays] * 5 + [on_weekends] * 2)
        weekly |= np.where(rng.random((count, 7)) < likely, _hours(*part), np.uint64(0))
    return weekly


def _bits(count: int, terms: int, likely: float, rng: np.random.Generator) -> Bits:
    return (rng.random((count, terms)) < likely) @ (np.uint64(1) << np.arange(terms, dtype=np.uint64))


def _some(
    count: int, low: int, high: int, most: int, rng: np.random.Generator
) -> tuple[sparse.csr_array, npt.NDArray[np.intp]]:
    """Draw 1 to *most* different columns per row, popular ones more often; return them and the first of each row."""
    columns = low + np.floor((high - low) * rng.random((count, most)) ** 1.6).astype(np.intp)
    wanted = np.arange(most) < rng.integers(1, most + 1, count)[:, None]
    row = np.repeat(np.arange(count), wanted.sum(axis=1))
    matrix = sparse.csr_array((np.ones(len(row)), (row, columns[wanted])), shape=(count, high))
    matrix.sum_duplicates()
    matrix.data[:] = 1.0
    return matrix, columns[:, 0]


def _rare(count: int, columns: int, likely: float, rng: np.random.Generator) -> sparse.coo_array:
    rows = np.flatnonzero(rng.random(count) < likely)
    return sparse.coo_array((np.ones(len(rows)), (rows, rng.integers(0, columns, len(rows)))), shape=(count, columns))


def _texts(
    topics: npt.NDArray[np.float64], about: npt.NDArray[np.intp], noise: float, rng: np.random.Generator
) -> npt.NDArray[np.int8]:
    """Return int8 rows of length 127 about these topics; rows of zeros where one is -1."""
    rows = np.empty((len(about), topics.shape[1]), dtype=np.int8)
    for first in range(0, len(about), 10_000):
        some = about[first : first + 10_000]
        said = (topics[some] + noise * rng.normal(size=(len(some), topics.shape[1]))) * (some >= 0)[:, None]
        length = np.maximum(np.linalg.norm(said, axis=1), 1e-9)
        rows[first : first + 10_000] = np.round(127 * said / length[:, None])
    return rows


def _closed(volunteers: int, roles: int, rng: np.random.Generator) -> sparse.csr_array:
    pairs = volunteers // 2
    where = (rng.integers(0, volunteers, pairs), rng.integers(0, roles, pairs))
    return sparse.csr_array((np.ones(pairs, dtype=np.bool_), where), shape=(volunteers, roles))
