"""The slow twin: the same contract in plain Python, to test the fast engine against. Loops, sets, geopy."""

from __future__ import annotations

import math

import numpy as np
from geopy.distance import geodesic

from matching.engine import scoring
from matching.engine.checks import check
from matching.engine.outcome import AROUND, CANDIDATES, Ranking, Tally
from matching.engine.problem import Problem, Single
from matching.engine.products import row
from matching.engine.reasons import Reason
from matching.engine.scoring import USUAL, Weights
from matching.engine.signal import Pair

BASE = ("interest", "wish", "skill", "distance")
GRID, SLACK = 2**20, 1e-6

Item = tuple[Pair, Single, np.float32]


class SlowTwin:
    """Looks at one pair after the other. See `matching.engine.outcome.Engine`."""

    def __init__(self, problem: Problem) -> None:
        check(problem)
        self._problem = problem

    def rank(self, *, top: int, floor: float, weights: Weights = USUAL) -> Ranking:
        """Return the *top* best feasible roles per volunteer whose relevance is at least *floor*, by *weights*."""
        problem, most = self._problem, CANDIDATES * top
        lists, edges, besides = [], [], []
        for volunteer in range(len(problem.volunteers)):
            fit = [role for role in range(len(problem.roles)) if not self.why_not(volunteer, role)]
            based = [_based(problem, _pair(problem, volunteer, role), weights) for role in fit]
            wanted = sorted((-base, pair.role, pair) for base, relevance, pair in based if relevance >= floor - SLACK)
            edges.append(-wanted[most - 1][0] / GRID if 0 < most <= len(wanted) else -1.0)
            items = [_scored(problem, pair, weights) for _, _, pair in wanted[:most]]
            lists.append(_best(items, top=top, floor=floor, weights=weights))
            listed = {pair.role for pair, _, _ in lists[-1]}
            besides.append([pair.role for pair, _, _ in items if pair.role not in listed and edges[-1] >= 0])
        return _ranking(lists, edges, besides, weights)

    def tally(self) -> Tally:
        """Return how many people could come to each role, and what shuts the others out."""
        people, roles = len(self._problem.volunteers), len(self._problem.roles)
        tally = Tally(
            np.zeros(roles, dtype=np.int32),
            np.zeros((roles, len(Reason)), dtype=np.int32),
            np.zeros((roles, len(Reason)), dtype=np.int32),
        )
        for volunteer in range(people):
            for role in range(roles):
                if (
                    not _km(self._problem, volunteer, role)
                    > AROUND * self._problem.volunteers.travel_limit_km[volunteer]
                ):
                    _count(tally, role, self.why_not(volunteer, role))
        return tally

    def why_not(self, volunteer: int, role: int) -> int:
        """Return the ``Reason`` bits that shut this pair out, 0 where it fits."""
        problem = self._problem
        people, roles = problem.volunteers, problem.roles
        age, online, party = int(people.age[volunteer]), bool(roles.is_online[role]), int(people.party_size[volunteer])
        no_guardian = not people.has_guardian[volunteer]
        needs_guardian = age < 16 or (age < 18 and age < int(roles.guardian_under[role]))
        held, asked = _bits(int(people.qualifications[volunteer])), _bits(int(roles.qualifications[role]))
        needs, met = _bits(int(people.access_needs[volunteer])), _bits(int(roles.access[role]))
        if online:
            met |= _bits(problem.place_access)
        limit, km = float(people.travel_limit_km[volunteer]), _km(problem, volunteer, role)
        avoided = _columns(people.avoids, volunteer) & _columns(roles.activities, role)
        slots = [slot for slot in range(len(problem.slots)) if problem.slots.role[slot] == role]
        with_room = [slot for slot in slots if problem.slots.places_left[slot] >= party]
        in_time = any(_fits(problem, volunteer, slot) for slot in with_room or slots)
        holds = {
            Reason.NOT_OPEN: not roles.is_approved[role],
            Reason.NO_CONSENT: not people.can_contact[volunteer],
            Reason.TOO_YOUNG: age < roles.min_age[role],
            Reason.TOO_OLD: age > roles.max_age[role],
            Reason.GUARDIAN: needs_guardian and no_guardian,
            Reason.QUALIFICATION: not asked <= held,
            Reason.ACCESS: not needs <= met,
            Reason.ONLINE_NOT_WANTED: online and not people.takes_online[volunteer],
            Reason.HOME_ONLY: not online and people.is_home_only[volunteer],
            Reason.DISTANCE: not online and not km <= limit,
            Reason.CAPACITY: not with_room,
            Reason.TIME: bool(slots) and not in_time,
            Reason.GROUP: party > 1 and not roles.takes_groups[role],
            Reason.AVOIDED: bool(avoided),
            Reason.CLOSED: role in _columns(problem.closed, volunteer),
        }
        return sum(int(reason) for reason, is_so in holds.items() if is_so)


def _bits(number: int) -> set[int]:
    return {bit for bit in range(64) if number >> bit & 1}


def _columns(matrix: object, number: int) -> set[int]:
    return {column for column, value in row(matrix, number).items() if value}


def _km(problem: Problem, volunteer: int, role: int) -> float:
    """Return the way, NaN for a role done from home or where a point is missing."""
    here = (float(problem.volunteers.lat[volunteer]), float(problem.volunteers.lng[volunteer]))
    there = (float(problem.roles.lat[role]), float(problem.roles.lng[role]))
    if problem.roles.is_online[role] or any(map(math.isnan, here + there)):
        return math.nan
    return float(geodesic(here, there).km)


def _fits(problem: Problem, volunteer: int, slot: int) -> bool:
    """Say whether one of the ways to do the slot lies in the free time."""
    slots = problem.slots
    ways = [way for way in range(len(slots.choice_slot)) if slots.choice_slot[way] == slot]
    return any(
        _bits(int(slots.choice_mask[way])) <= _free(problem, volunteer, int(slots.choice_day[way])) for way in ways
    )


def _free(problem: Problem, volunteer: int, day: int) -> set[int]:
    people = problem.volunteers
    for at in range(len(people.exception_volunteer)):
        if people.exception_volunteer[at] == volunteer and people.exception_day[at] == day:
            return _bits(int(people.exception_free[at]))
    return _bits(int(people.weekly[volunteer, (problem.first_weekday + day) % 7]))


def _first_slot(problem: Problem, volunteer: int, role: int) -> int:
    slots, party = problem.slots, problem.volunteers.party_size[volunteer]
    return min(
        (
            slot
            for slot in range(len(slots))
            if slots.role[slot] == role and slots.places_left[slot] >= party and _fits(problem, volunteer, slot)
        ),
        key=lambda slot: (slots.starts_h[slot], slot),
    )


def _pair(problem: Problem, volunteer: int, role: int) -> Pair:
    return Pair(volunteer, role, _first_slot(problem, volunteer, role), _km(problem, volunteer, role))


def _based(problem: Problem, pair: Pair, weights: Weights) -> tuple[int, float, Pair]:
    """Return the base score in whole steps of the grid, and the relevance."""
    values = {signal.name: signal.plain(problem, pair) for signal in scoring.SIGNALS if signal.name in BASE}
    base = sum(weights.by_name()[name] * values[name] for name in BASE)
    doubt = math.prod(1 - belief * values[name] for name, belief in scoring.RELEVANT.items())
    return math.floor(base * GRID + 0.5), 1 - doubt, pair


def _scored(problem: Problem, pair: Pair, weights: Weights) -> Item:
    parts = scoring.plain_parts(problem, pair, weights)
    return pair, parts, scoring.total(parts[None])[0]


def _best(items: list[Item], *, top: int, floor: float, weights: Weights) -> list[Item]:
    wanted = [item for item in items if scoring.relevance(item[1][None], weights)[0] >= np.float32(floor)]
    return sorted(wanted, key=lambda item: (-item[2], item[0].role))[:top]


def _count(tally: Tally, role: int, reasons: int) -> None:
    tally.could_come[role] += reasons == 0
    for bit in _bits(reasons):
        tally.shut_out[role, bit] += 1
        tally.only_by[role, bit] += reasons == 1 << bit


def _ranking(lists: list[list[Item]], edges: list[float], besides: list[list[int]], weights: Weights) -> Ranking:
    items = [item for one in lists for item in one]
    return Ranking(
        np.cumsum([0] + [len(one) for one in lists], dtype=np.int64),
        np.array([pair.role for pair, _, _ in items], dtype=np.int32),
        np.array([pair.slot for pair, _, _ in items], dtype=np.int32),
        np.array([score for _, _, score in items], dtype=np.float32),
        np.array([pair.km for pair, _, _ in items], dtype=np.float64),
        np.array([parts for _, parts, _ in items], dtype=np.float32).reshape(-1, len(weights.names)),
        weights.names,
        weights.values,
        np.array(edges, dtype=np.float32),
        np.cumsum([0] + [len(one) for one in besides], dtype=np.int64),
        np.array([role for one in besides for role in one], dtype=np.int32),
    )
