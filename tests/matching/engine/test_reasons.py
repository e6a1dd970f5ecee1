"""Each hard constraint on its own, in both engines."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from matching.engine.fast import FastEngine
from matching.engine.outcome import Engine
from matching.engine.problem import Problem
from matching.engine.reasons import Reason
from matching.engine.twin import SlowTwin
from tests.matching.engine.markets import NO_POINT, PLACES, Facts, half_hours, market, person, role, slot

ENGINES: list[Callable[[Problem], Engine]] = [FastEngine, SlowTwin]
ONLINE = {"is_online": True, "at": NO_POINT}
FULL = slot(places_left=0)
ON_THURSDAY_AT_9 = half_hours(9, 10)

SHUT_OUT: list[tuple[Reason, Facts, Facts]] = [
    (Reason.NOT_OPEN, {}, {"is_approved": False}),
    (Reason.NO_CONSENT, {"can_contact": False}, {}),
    (Reason.TOO_YOUNG, {"age": 17, "has_guardian": True}, {"min_age": 18}),
    (Reason.TOO_OLD, {"age": 70}, {"max_age": 69}),
    (Reason.GUARDIAN, {"age": 17}, {}),
    (Reason.GUARDIAN, {"age": 15}, {"guardian_under": 0}),
    (Reason.QUALIFICATION, {"qualifications": 0b01}, {"qualifications": 0b11}),
    (Reason.QUALIFICATION, {"qualifications": 0}, {"qualifications": 1 << 63}),
    (Reason.ACCESS, {"access_needs": 0b11}, {"access": 0b01}),
    (Reason.ACCESS, {"access_needs": 0b10}, ONLINE),
    (Reason.ONLINE_NOT_WANTED, {"takes_online": False}, ONLINE),
    (Reason.HOME_ONLY, {"is_home_only": True}, {}),
    (Reason.DISTANCE, {"travel_limit_km": 2.1}, {"at": PLACES[1]}),
    (Reason.DISTANCE, {"at": NO_POINT}, {}),
    (Reason.DISTANCE, {}, {"at": NO_POINT}),
    (Reason.CAPACITY, {}, {"slots": []}),
    (Reason.CAPACITY, {}, {"slots": [FULL]}),
    (Reason.CAPACITY, {"party_size": 2}, {"takes_groups": True}),
    (Reason.TIME, {"weekly": [0] * 7}, {}),
    (Reason.TIME, {"exceptions": {1: 0}}, {}),
    (Reason.TIME, {}, {"slots": [slot(ways=[])]}),
    (Reason.TIME, {"exceptions": {1: ON_THURSDAY_AT_9 >> 1}}, {}),
    (Reason.TIME, {"exceptions": {2: 0}}, {"slots": [FULL, slot(ways=[(2, 1)])]}),
    (Reason.CAPACITY | Reason.TIME, {"weekly": [0] * 7}, {"slots": [FULL]}),
    (Reason.GROUP, {"party_size": 2}, {"slots": [slot(places_left=2)]}),
    (Reason.AVOIDED, {"avoids": {1: 1.0}}, {"activities": {0: 1.0, 1: 0.6}}),
]

FITS: list[tuple[Facts, Facts]] = [
    ({}, {}),
    ({"age": 18}, {"min_age": 18, "max_age": 18}),
    ({"age": 17, "has_guardian": True}, {}),
    ({"age": 16}, {"guardian_under": 16}),
    ({"age": 18}, {"guardian_under": 20}),
    ({"qualifications": 0b11}, {"qualifications": 0b01}),
    ({"access_needs": 0b01}, {"access": 0b01}),
    ({"access_needs": 0b01}, ONLINE),
    ({"is_home_only": True}, ONLINE),
    ({"at": NO_POINT}, ONLINE),
    ({"travel_limit_km": 4.1}, {"at": PLACES[1]}),
    ({"party_size": 2}, {"takes_groups": True, "slots": [slot(places_left=2)]}),
    ({"exceptions": {1: ON_THURSDAY_AT_9}}, {}),
    ({"weekly": [0, 0, 0, ON_THURSDAY_AT_9, 0, 0, 0]}, {}),
    ({"exceptions": {1: 0}}, {"slots": [slot(ways=[(1, 1), (2, 1)])]}),
    ({"avoids": {2: 1.0}}, {}),
]


@pytest.mark.parametrize("engine", ENGINES, ids=["fast", "twin"])
@pytest.mark.parametrize(("reason", "who", "what"), SHUT_OUT)
def test_a_pair_is_shut_out_by_exactly_this(
    engine: Callable[[Problem], Engine], reason: Reason, who: Facts, what: Facts
) -> None:
    assert Reason(engine(market([person(**who)], [role(**what)])).why_not(0, 0)) == reason


@pytest.mark.parametrize("engine", ENGINES, ids=["fast", "twin"])
@pytest.mark.parametrize(("who", "what"), FITS)
def test_a_pair_fits(engine: Callable[[Problem], Engine], who: Facts, what: Facts) -> None:
    assert Reason(engine(market([person(**who)], [role(**what)])).why_not(0, 0)) == 0


@pytest.mark.parametrize("engine", ENGINES, ids=["fast", "twin"])
def test_a_pair_that_said_no_is_closed_and_its_neighbours_are_not(engine: Callable[[Problem], Engine]) -> None:
    problem = market([person(), person()], [role(), role()], closed=[(1, 0)])

    assert [engine(problem).why_not(*pair) for pair in ((0, 0), (0, 1), (1, 0), (1, 1))] == [0, 0, Reason.CLOSED, 0]


def test_every_reason_has_a_case() -> None:
    named = {reason for reason, _, _ in SHUT_OUT} | {Reason.CLOSED}

    assert set(Reason) <= named
