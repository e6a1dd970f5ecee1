"""Small markets: written by hand, or drawn by hypothesis. One person and one role that fit, unless changed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random
from typing import Any

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st
from scipy import sparse

from matching.engine.pairs import Pairs
from matching.engine.problem import Problem, Roles, Slots, Volunteers
from matching.engine.signal import Signal

ACTIVITIES, SKILLS, TERMS, TRAITS = 6, 4, 6, 8
DAYS = 10
AT_HOME = 0b001
"""The first access bit is about the place."""

ALL_DAY = (1 << 48) - 1
NO_POINT = (math.nan, math.nan)
PLACES = (
    (35.475339, 139.549581),
    (35.460687, 139.508768),
    (35.460086, 139.551005),
    (35.503989, 139.498487),
    (35.482728, 139.536025),
    (35.461251, 139.533833),
    (35.081233, 139.071234),
)
LIMITS_KM = (0.4, 1.3, 2.1, 3.7, 6.2, 50.0)

Facts = dict[str, Any]


def half_hours(begin: float, end: float) -> int:
    """Return the half hours from one hour of the day to another."""
    return (1 << int(end * 2)) - (1 << int(begin * 2))


def person(**changes: Any) -> Facts:
    return {
        "at": PLACES[0],
        "travel_limit_km": 2.1,
        "weekly": [ALL_DAY] * 7,
        "exceptions": {},
        "age": 40,
        "has_guardian": False,
        "can_contact": True,
        "qualifications": 0,
        "access_needs": 0,
        "party_size": 1,
        "takes_online": True,
        "is_home_only": False,
        "minutes_at_most": 0,
        "interests": {0: 1.0},
        "avoids": {},
        "skills": {},
        "wish": {},
        "has_taken_part": False,
        "tried": {},
        "leanings": {},
    } | changes


def role(**changes: Any) -> Facts:
    return {
        "at": PLACES[0],
        "is_online": False,
        "is_approved": True,
        "min_age": 0,
        "max_age": 120,
        "guardian_under": 18,
        "qualifications": 0,
        "access": 0,
        "takes_groups": False,
        "activities": {0: 1.0},
        "skills": {},
        "text": {},
        "effort": 2,
        "asks_first": False,
        "traits": {0: 0.7, 6: 0.3},
        "slots": [slot()],
    } | changes


def slot(**changes: Any) -> Facts:
    return {
        "places_left": 1,
        "minutes": 60,
        "starts_h": 33.0,
        "ways": [(1, half_hours(9, 10))],
        "capacity": 1,
        "hours_left": 24.0,
    } | changes


def market(people: Sequence[Facts], roles: Sequence[Facts], closed: Sequence[tuple[int, int]] = ()) -> Problem:
    """Put people and roles into arrays; the first day is a Wednesday."""
    table = np.zeros((len(people), len(roles)), dtype=np.bool_)
    for volunteer, number in closed:
        table[volunteer, number] = True
    return Problem(
        volunteers=_volunteers(people),
        roles=_roles(roles),
        slots=_slots(roles),
        first_weekday=2,
        days=DAYS,
        place_access=AT_HOME,
        closed=sparse.csr_array(table),
    )


def value(signal: Signal, who: Facts, what: Facts) -> float:
    """Return what *signal* gives a person and the first slot of a role, changed like this, side by side."""
    first = np.zeros(1, dtype=np.int32)
    pairs = Pairs(first, first, first, np.zeros(1))
    return float(signal.score(market([person(**who)], [role(**what)]), pairs)[0])


def _volunteers(people: Sequence[Facts]) -> Volunteers:
    exceptions = [(who, day, free) for who, facts in enumerate(people) for day, free in facts["exceptions"].items()]
    return Volunteers(
        lat=_column(people, "at", np.float64, 0),
        lng=_column(people, "at", np.float64, 1),
        travel_limit_km=_column(people, "travel_limit_km", np.float64),
        weekly=np.array([facts["weekly"] for facts in people], dtype=np.uint64).reshape(-1, 7),
        exception_volunteer=np.array([who for who, _, _ in exceptions], dtype=np.int32),
        exception_day=np.array([day for _, day, _ in exceptions], dtype=np.int32),
        exception_free=np.array([free for _, _, free in exceptions], dtype=np.uint64),
        age=_column(people, "age", np.int32),
        has_guardian=_column(people, "has_guardian", np.bool_),
        can_contact=_column(people, "can_contact", np.bool_),
        qualifications=_column(people, "qualifications", np.uint64),
        access_needs=_column(people, "access_needs", np.uint64),
        party_size=_column(people, "party_size", np.int32),
        takes_online=_column(people, "takes_online", np.bool_),
        is_home_only=_column(people, "is_home_only", np.bool_),
        minutes_at_most=_column(people, "minutes_at_most", np.int32),
        interests=_sparse(people, "interests", ACTIVITIES),
        avoids=_sparse(people, "avoids", ACTIVITIES),
        skills=_sparse(people, "skills", SKILLS),
        wish=_texts(people, "wish"),
        has_taken_part=_column(people, "has_taken_part", np.bool_),
        tried=_sparse(people, "tried", TRAITS),
        leanings=_sparse(people, "leanings", TRAITS),
    )


def _roles(roles: Sequence[Facts]) -> Roles:
    return Roles(
        lat=_column(roles, "at", np.float64, 0),
        lng=_column(roles, "at", np.float64, 1),
        is_online=_column(roles, "is_online", np.bool_),
        is_approved=_column(roles, "is_approved", np.bool_),
        min_age=_column(roles, "min_age", np.int32),
        max_age=_column(roles, "max_age", np.int32),
        guardian_under=_column(roles, "guardian_under", np.int32),
        qualifications=_column(roles, "qualifications", np.uint64),
        access=_column(roles, "access", np.uint64),
        takes_groups=_column(roles, "takes_groups", np.bool_),
        activities=_sparse(roles, "activities", ACTIVITIES),
        skills=_sparse(roles, "skills", SKILLS),
        text=_texts(roles, "text"),
        effort=_column(roles, "effort", np.int32),
        asks_first=_column(roles, "asks_first", np.bool_),
        traits=_sparse(roles, "traits", TRAITS),
    )


def _slots(roles: Sequence[Facts]) -> Slots:
    owned = [(number, facts) for number, one in enumerate(roles) for facts in one["slots"]]
    slots = [facts for _, facts in owned]
    ways = [(place, day, mask) for place, facts in enumerate(slots) for day, mask in facts["ways"]]
    return Slots(
        role=np.array([number for number, _ in owned], dtype=np.int32),
        places_left=_column(slots, "places_left", np.int32),
        minutes=_column(slots, "minutes", np.int32),
        starts_h=_column(slots, "starts_h", np.float64),
        choice_slot=np.array([place for place, _, _ in ways], dtype=np.int32),
        choice_day=np.array([day for _, day, _ in ways], dtype=np.int32),
        choice_mask=np.array([mask for _, _, mask in ways], dtype=np.uint64),
        capacity=_column(slots, "capacity", np.int32),
        hours_left=_column(slots, "hours_left", np.float64),
    )


def _column(rows: Sequence[Facts], name: str, kind: Any, part: int | None = None) -> Any:
    return np.array([facts[name] if part is None else facts[name][part] for facts in rows], dtype=kind)


def _sparse(rows: Sequence[Facts], name: str, columns: int) -> sparse.csr_array:
    table = np.zeros((len(rows), columns))
    for number, facts in enumerate(rows):
        for column, weight in facts[name].items():
            table[number, column] = weight
    return sparse.csr_array(table)


def _texts(rows: Sequence[Facts], name: str) -> npt.NDArray[np.int8]:
    """Return rows whose weights are given as parts of a length of 1."""
    return np.asarray(np.round(_sparse(rows, name, TERMS).toarray() * 127), dtype=np.int8)


def _of_length_1(row: dict[int, float]) -> dict[int, float]:
    length = math.sqrt(sum(value**2 for value in row.values()))
    return {column: float(np.float32(value / length)) for column, value in row.items()}


_FREE = (ALL_DAY, half_hours(9, 12), half_hours(9, 17), half_hours(6, 9), half_hours(17, 21), 0)
_MASKS = (half_hours(9, 10), half_hours(11, 13), half_hours(7, 8), half_hours(19, 20.5), ALL_DAY)
_WEIGHTS = (1.0, 0.6, 0.15)


class _Dice:
    """Draws facts by chance. Each is the usual one most of the time, so that a good part of the pairs fits."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def number(self, low: int, high: int) -> int:
        return self._random.randint(low, high)

    def among(self, *values: Any) -> Any:
        return self._random.choice(values)

    def mostly(self, usual: Any, *others: Any) -> Any:
        return usual if self._random.random() < 0.9 else self._random.choice(others)

    def weights(self, columns: int, values: Sequence[float], at_least: int = 0) -> dict[int, float]:
        chosen = self._random.sample(range(columns), self.number(at_least, 3))
        return {column: self._random.choice(values) for column in chosen}

    def text(self) -> dict[int, float]:
        row = self.weights(TERMS, (1.0, 0.5, 0.2))
        length = math.sqrt(sum(value**2 for value in row.values()))
        return {column: float(np.float32(value / length)) for column, value in row.items()}

    def person(self) -> Facts:
        return {
            "at": self.mostly(self.among(*PLACES), NO_POINT),
            "travel_limit_km": self.mostly(LIMITS_KM[-1], *LIMITS_KM),
            "weekly": [self.among(ALL_DAY, *_FREE) for _ in range(7)],
            "exceptions": {self.number(0, DAYS + 1): self.among(*_FREE) for _ in range(self.number(0, 2))},
            "age": self.mostly(40, 11, 15, 16, 17, 18, 19, 80),
            "has_guardian": self.among(True, False),
            "can_contact": self.mostly(True, False),
            "qualifications": self.mostly(3, 0, 1, 1 << 63),
            "access_needs": self.mostly(0, 1, 2, 3),
            "party_size": self.mostly(1, 2, 5),
            "takes_online": self.mostly(True, False),
            "is_home_only": self.mostly(False, True),
            "minutes_at_most": self.among(0, 30, 90),
            "interests": self.weights(ACTIVITIES, _WEIGHTS, at_least=1),
            "avoids": self.mostly({}, {0: 1.0}, {3: 1.0, 4: 1.0}),
            "skills": self.weights(SKILLS, (1.0,)),
            "wish": self.text(),
            "has_taken_part": self.among(True, False),
            "tried": self.weights(TRAITS, (1.0,)),
            "leanings": self.weights(TRAITS, (-1.5, -0.5, 0.25, 1.0, 4.0)),
        }

    def role(self) -> Facts:
        return {
            "at": self.mostly(self.among(*PLACES), NO_POINT),
            "is_online": self.mostly(False, True),
            "is_approved": self.mostly(True, False),
            "min_age": self.mostly(0, 16, 18),
            "max_age": self.mostly(120, 17, 79),
            "guardian_under": self.mostly(18, 0, 17, 20),
            "qualifications": self.mostly(0, 1, 2, 1 << 63),
            "access": self.mostly(7, 0, 1, 2),
            "takes_groups": self.among(True, False),
            "activities": self.weights(ACTIVITIES, _WEIGHTS, at_least=1),
            "skills": self.weights(SKILLS, (1.0, 0.5)),
            "text": self.text(),
            "effort": self.number(1, 3),
            "asks_first": self.among(True, False),
            "traits": self.weights(TRAITS, (0.1, 0.2, 0.3)),
            "slots": [self.slot() for _ in range(self.mostly(self.number(1, 3), 0))],
        }

    def slot(self) -> Facts:
        return {
            "places_left": self.mostly(1, 0, 2, 6),
            "minutes": self.among(15, 60, 120),
            "starts_h": self.among(9.0, 33.0, 105.5),
            "ways": [(self.number(0, DAYS - 1), self.among(*_MASKS)) for _ in range(self.mostly(2, 0, 1, 3))],
            "capacity": self.among(6, 9, 30),
            "hours_left": self.among(0.0, 9.5, 240.0),
        }

    def market(self) -> Problem:
        people = [self.person() for _ in range(self.number(1, 4))]
        roles = [self.role() for _ in range(self.number(1, 5))]
        pairs = [(self.number(0, len(people) - 1), self.number(0, len(roles) - 1)) for _ in range(self.number(0, 2))]
        return market(people, roles, pairs)


def markets() -> st.SearchStrategy[Problem]:
    """Draw up to four people and five roles: one pair in five fits, the others are shut out for any of the reasons.

    Hypothesis draws the seed alone. Drawing every fact by itself, it repeats itself so much that hardly a pair fits.
    """
    return st.integers(0, 2**32 - 1).map(lambda seed: _Dice(seed).market())


def crowd(seed: int, *, people: int, roles: int) -> Problem:
    """Draw a market of some size, all by chance."""
    dice = _Dice(seed)
    return market(
        [dice.person() for _ in range(people)], [dice.role() for _ in range(roles)], [(0, 0), (people - 1, 1)]
    )
