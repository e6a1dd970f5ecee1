"""The fast engine against its slow twin, and what both promise."""

from __future__ import annotations

import socket
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching.engine import fast, scoring
from matching.engine.fast import FastEngine
from matching.engine.outcome import Engine, Outcome, Ranking
from matching.engine.problem import Problem
from matching.engine.reasons import Reason
from matching.engine.scoring import Weights
from matching.engine.twin import SlowTwin
from tests.matching.engine.markets import NO_POINT, PLACES, half_hours, market, markets, person, role, slot

ENGINES: list[Engine] = [FastEngine(), SlowTwin()]
BENT = Weights.of(scoring.WEIGHTS | {"interest": 0.24, "history": 0.1, "urgency": 0.14})
QUICK = settings(
    max_examples=120, deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)


def _same(one: Outcome, other: Outcome) -> None:
    for name in ("start", "role", "slot", "weights"):
        np.testing.assert_array_equal(getattr(one.ranking, name), getattr(other.ranking, name), err_msg=name)
    np.testing.assert_allclose(one.ranking.score, other.ranking.score, atol=1e-5)
    np.testing.assert_allclose(one.ranking.parts, other.ranking.parts, atol=1e-5)
    np.testing.assert_allclose(one.ranking.km, other.ranking.km, atol=1e-3)
    for name in ("could_come", "listed", "shut_out", "only_by"):
        np.testing.assert_array_equal(getattr(one.tally, name), getattr(other.tally, name), err_msg=name)
    for table in ("ranking", "tally"):
        for name in getattr(one, table).__slots__:
            kinds = [getattr(getattr(outcome, table), name) for outcome in (one, other)]
            assert getattr(kinds[0], "dtype", kinds[0]) == getattr(kinds[1], "dtype", kinds[1]), name


@QUICK
@given(
    problem=markets(),
    top=st.integers(0, 4),
    floor=st.sampled_from([0.0, scoring.FLOOR, 0.8]),
    weights=st.sampled_from([scoring.USUAL, BENT]),
)
def test_the_fast_engine_agrees_with_its_twin_and_keeps_its_promises(
    problem: Problem, top: int, floor: float, weights: Weights
) -> None:
    outcome = FastEngine().rank(problem, top=top, floor=floor, weights=weights)

    _same(outcome, SlowTwin().rank(problem, top=top, floor=floor, weights=weights))
    _keeps_its_promises(problem, outcome.ranking, top, floor, weights)


def _keeps_its_promises(problem: Problem, ranking: Ranking, top: int, floor: float, weights: Weights) -> None:
    assert (ranking.signals, ranking.weights.tolist()) == (weights.names, weights.values.tolist())
    assert ranking.parts.min(initial=0.0) >= 0
    assert ranking.score.max(initial=0.0) <= 1
    np.testing.assert_allclose(ranking.parts.sum(axis=1), ranking.score, atol=1e-6)
    assert (scoring.relevance(ranking.parts, weights) >= np.float32(floor)).all()
    assert (np.isnan(ranking.km) == problem.roles.is_online[ranking.role]).all()
    assert (problem.slots.role[ranking.slot] == ranking.role).all()
    for volunteer, (begin, end) in enumerate(pairwise(ranking.start)):
        listed = list(zip(-ranking.score[begin:end], ranking.role[begin:end], strict=True))
        assert listed == sorted(listed)
        assert len(listed) <= top
        assert all(FastEngine().why_not(problem, volunteer, number) == 0 for _, number in listed)


@settings(QUICK, max_examples=25)
@given(problem=markets())
def test_every_pair_is_shut_out_for_the_same_reasons(problem: Problem) -> None:
    for volunteer in range(len(problem.volunteers)):
        for number in range(len(problem.roles)):
            reasons = [Reason(engine.why_not(problem, volunteer, number)) for engine in ENGINES]
            assert reasons[0] == reasons[1]


def test_cut_into_stretches_it_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    people = [person(at=PLACES[number % 6], age=10 + number, exceptions={number % 3: 0}) for number in range(41)]
    problem = market(people, [role(at=place) for place in PLACES], closed=[(40, 0), (8, 1)])
    whole = FastEngine().rank(problem, top=5, floor=0.0)

    monkeypatch.setattr(fast, "_PAIRS_IN_ONE_GO", 60)

    _same(FastEngine().rank(problem, top=5, floor=0.0), whole)


@pytest.mark.parametrize("engine", ENGINES, ids=["fast", "twin"])
def test_equal_scores_go_by_the_number_of_the_role(engine: Engine) -> None:
    problem = market([person()], [role() for _ in range(7)])

    assert engine.rank(problem, top=4, floor=0.0).ranking.role.tolist() == [0, 1, 2, 3]


@pytest.mark.parametrize("engine", ENGINES, ids=["fast", "twin"])
def test_the_slot_is_the_earliest_that_fits_and_has_room(engine: Engine) -> None:
    at_9 = [(1, half_hours(9, 10))]
    slots = [
        slot(starts_h=57.0, ways=[(2, 1)]),
        slot(starts_h=33.0, ways=at_9, places_left=0),
        slot(starts_h=35.0, ways=[(1, half_hours(0, 24))]),
        slot(starts_h=36.0, ways=at_9),
        slot(starts_h=36.0, ways=at_9),
    ]
    problem = market([person(exceptions={1: half_hours(9, 12)})], [role(slots=slots)])

    assert engine.rank(problem, top=1, floor=0.0).ranking.slot.tolist() == [3]


@pytest.mark.parametrize("engine", ENGINES, ids=["fast", "twin"])
def test_a_role_is_listed_once_however_many_slots_fit(engine: Engine) -> None:
    problem = market([person()], [role(slots=[slot(starts_h=30.0 - number) for number in range(5)])])
    ranking = engine.rank(problem, top=9, floor=0.0).ranking

    assert (ranking.role.tolist(), ranking.slot.tolist()) == ([0], [4])


@pytest.mark.parametrize("engine", ENGINES, ids=["fast", "twin"])
def test_who_wants_nothing_of_it_does_not_get_it_however_near(engine: Engine) -> None:
    problem = market([person(interests={1: 1.0})], [role(), role(activities={1: 0.6})])

    assert engine.rank(problem, top=5, floor=scoring.FLOOR).ranking.role.tolist() == [1]


@pytest.mark.parametrize("engine", ENGINES, ids=["fast", "twin"])
def test_from_home_is_neither_nearest_nor_farthest(engine: Engine) -> None:
    roles = [role(at=PLACES[4]), role(at=NO_POINT, is_online=True), role()]
    ranking = engine.rank(market([person()], roles), top=3, floor=0.0).ranking

    assert ranking.role.tolist() == [2, 1, 0]
    assert np.isnan(ranking.km).tolist() == [False, True, False]


@pytest.mark.parametrize("engine", ENGINES, ids=["fast", "twin"])
def test_weights_move_the_order_and_never_what_is_relevant(engine: Engine) -> None:
    pressing = role(activities={1: 0.2}, slots=[slot(hours_left=0.0)])
    chosen, unwanted = role(slots=[slot(hours_left=500.0)]), role(activities={5: 1.0}, slots=[slot(hours_left=0.0)])
    problem = market([person(interests={0: 0.35, 1: 1.0})], [chosen, pressing, unwanted])
    usual, bent = (engine.rank(problem, top=3, floor=scoring.FLOOR, weights=one) for one in (scoring.USUAL, BENT))

    assert usual.ranking.role.tolist() == [0, 1]
    assert bent.ranking.role.tolist() == [1, 0]


@pytest.mark.parametrize("engine", ENGINES, ids=["fast", "twin"])
def test_the_tally_counts_each_condition_alone_and_with_others(engine: Engine) -> None:
    people = [person(), person(age=70), person(age=70, can_contact=False), person(interests={5: 1.0})]
    tally = engine.rank(market(people, [role(max_age=69)]), top=1, floor=scoring.FLOOR).tally

    too_old, no_consent = Reason.TOO_OLD.bit_length() - 1, Reason.NO_CONSENT.bit_length() - 1
    assert (tally.could_come[0], tally.listed[0]) == (2, 1)
    assert (tally.shut_out[0, too_old], tally.only_by[0, too_old]) == (2, 1)
    assert (tally.shut_out[0, no_consent], tally.only_by[0, no_consent]) == (1, 0)


@pytest.mark.parametrize("engine", ENGINES, ids=["fast", "twin"])
@pytest.mark.parametrize(("people", "roles"), [(0, 0), (0, 2), (2, 0)])
def test_an_empty_side_gives_an_empty_outcome(engine: Engine, people: int, roles: int) -> None:
    problem = market([person()] * people, [role()] * roles)
    outcome = engine.rank(problem, top=3, floor=0.0)

    assert outcome.ranking.start.tolist() == [0] * (people + 1)
    assert outcome.tally.could_come.shape == (roles,)


def test_no_engine_opens_a_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the engine talks to nobody")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    for engine in ENGINES:
        assert len(engine.rank(market([person()], [role()]), top=1, floor=0.0).ranking.role) == 1
