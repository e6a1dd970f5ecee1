"""The slow twin: the same contract in plain Python, to test the fast engine against. Loops, sets, geopy."""

from __future__ import annotations

import math

import numpy as np
from geopy.distance import geodesic

from matching.engine import scoring
from matching.engine.checks import check
from matching.engine.outcome import Outcome, Ranking, Tally
from matching.engine.problem import Problem, Single
from matching.engine.products import row
from matching.engine.reasons import Reason
from matching.engine.scoring import USUAL, Weights
from matching.engine.signal import Pair

Item = tuple[Pair, Single, np.float32]


class SlowTwin:
    """Looks at one pair after the other. See `matching.engine.outcome.Engine`."""

    def rank(self, problem: Problem, *, top: int, floor: float, weights: Weights = USUAL) -> Outcome:
        """Return the *top* best feasible roles per volunteer whose relevance is at least *floor*, by *weights*."""
        check(problem)
        people, roles = len(problem.volunteers), len(problem.roles)
        tally = Tally(
            np.zeros(roles, dtype=np.int32),
            np.zeros(roles, dtype=np.int32),
            np.zeros((roles, len(Reason)), dtype=np.int32),
            np.zeros((roles, len(Reason)), dtype=np.int32),
        )
        lists: list[list[Item]] = []
        for volunteer in range(people):
            items = []
            for role in range(roles):
                reasons = self.why_not(problem, volunteer, role)
                _count(tally, role, reasons)
                if not reasons:
                    items.append(_scored(problem, volunteer, role, weights))
            lists.append(_best(items, top=top, floor=floor, weights=weights))
            for pair, _, _ in lists[-1]:
                tally.listed[pair.role] += 1
        return Outcome(_ranking(lists, weights), tally)

    def why_not(self, problem: Problem, volunteer: int, role: int) -> int:
        """Return the ``Reason`` bits that shut this pair out, 0 where it fits."""
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


def _scored(problem: Problem, volunteer: int, role: int, weights: Weights) -> Item:
    pair = Pair(volunteer, role, _first_slot(problem, volunteer, role), _km(problem, volunteer, role))
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


def _ranking(lists: list[list[Item]], weights: Weights) -> Ranking:
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
    )
