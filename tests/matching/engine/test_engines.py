"""The fast engine against its slow twin, and what both promise."""

from __future__ import annotations

import socket
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching.engine import hands, scoring
from matching.engine.fast import FastEngine
from matching.engine.outcome import Engine, Ranking, Tally
from matching.engine.parts import some_roles
from matching.engine.problem import Problem
from matching.engine.reasons import Reason
from matching.engine.scoring import Weights
from matching.engine.twin import SlowTwin
from tests.matching.engine.markets import NO_POINT, PLACES, crowd, half_hours, market, markets, person, role, slot

ENGINES: list[Callable[[Problem], Engine]] = [FastEngine, SlowTwin]
BENT = Weights.of(scoring.WEIGHTS | {"interest": 0.24, "history": 0.1, "urgency": 0.14})
QUICK = settings(
    max_examples=200, deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)


def _same(one: Ranking, other: Ranking) -> None:
    for name in ("start", "role", "slot", "besides_start", "besides"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name), err_msg=name)
    np.testing.assert_allclose(one.score, other.score, atol=1e-5)
    np.testing.assert_allclose(one.parts, other.parts, atol=1e-5)
    np.testing.assert_allclose(one.km, other.km, atol=1e-3)
    np.testing.assert_allclose(one.edge, other.edge, atol=1e-5)
    _same_kinds(one, other)


def _same_tally(one: Tally, other: Tally) -> None:
    for name in Tally.__slots__:
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name), err_msg=name)
    _same_kinds(one, other)


def _same_kinds(one: Any, other: Any) -> None:
    for name in one.__slots__:
        kinds = [getattr(outcome, name) for outcome in (one, other)]
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
    engine, twin = FastEngine(problem), SlowTwin(problem)
    ranking = engine.rank(top=top, floor=floor, weights=weights)

    _same(ranking, twin.rank(top=top, floor=floor, weights=weights))
    _same_tally(engine.tally(), twin.tally())
    _keeps_its_promises(problem, ranking, top, floor, weights)


@pytest.mark.parametrize("seed", range(3))
def test_they_agree_on_more_people_than_a_block_and_more_roles_than_a_tile(seed: int) -> None:
    problem = crowd(seed, people=150, roles=50)
    engine, twin = FastEngine(problem), SlowTwin(problem)

    _same(engine.rank(top=3, floor=scoring.FLOOR), twin.rank(top=3, floor=scoring.FLOOR))
    _same_tally(engine.tally(), twin.tally())


def _keeps_its_promises(problem: Problem, ranking: Ranking, top: int, floor: float, weights: Weights) -> None:
    assert (ranking.signals, ranking.weights.tolist()) == (weights.names, weights.values.tolist())
    engine = FastEngine(problem)
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
        assert all(engine.why_not(volunteer, number) == 0 for _, number in listed)


@settings(QUICK, max_examples=25)
@given(problem=markets())
def test_every_pair_is_shut_out_for_the_same_reasons(problem: Problem) -> None:
    for volunteer in range(len(problem.volunteers)):
        for number in range(len(problem.roles)):
            reasons = [Reason(engine(problem).why_not(volunteer, number)) for engine in ENGINES]
            assert reasons[0] == reasons[1]


def test_what_lies_under_the_edge_does_not_change_a_list() -> None:
    problem = crowd(6, people=100, roles=60)
    everything = FastEngine(problem).rank(top=2, floor=scoring.FLOOR)
    for left_out in (7, 30, 59):
        others = [number for number in range(60) if number != left_out]
        without = FastEngine(some_roles(problem, others)).rank(top=2, floor=scoring.FLOOR)
        comers = FastEngine(problem).comers([left_out], floor=scoring.FLOOR)
        above = comers.pairs.volunteer[comers.base >= without.edge[comers.pairs.volunteer]]
        for volunteer in set(range(100)) - set(above.tolist()):
            had, has = _list(without, volunteer), _list(everything, volunteer)
            assert [others[number] for number in had] == has


def test_a_role_that_goes_changes_the_lists_of_those_whose_candidate_it_was() -> None:
    problem = crowd(6, people=100, roles=60)
    everything = FastEngine(problem).rank(top=2, floor=scoring.FLOOR)
    beside, changed = 0, 0
    for left_out in range(60):
        others = [number for number in range(60) if number != left_out]
        without = FastEngine(some_roles(problem, others)).rank(top=2, floor=scoring.FLOOR)
        for volunteer in range(100):
            had, has = _list(everything, volunteer), [others[number] for number in _list(without, volunteer)]
            changed += had != has
            if left_out in _besides(everything, volunteer):
                beside += had != has
            elif left_out not in had:
                assert had == has
    assert changed > beside > 0


def _list(ranking: Ranking, volunteer: int) -> list[int]:
    return list(ranking.role[ranking.start[volunteer] : ranking.start[volunteer + 1]].tolist())


def _besides(ranking: Ranking, volunteer: int) -> list[int]:
    return list(ranking.besides[ranking.besides_start[volunteer] : ranking.besides_start[volunteer + 1]].tolist())


@pytest.mark.parametrize("many", [1, 3])
def test_with_more_hands_it_is_the_same(many: int, monkeypatch: pytest.MonkeyPatch) -> None:
    problem = crowd(4, people=700, roles=60)
    usual = FastEngine(problem)
    ranking, tally = usual.rank(top=5, floor=0.0), usual.tally()

    monkeypatch.setattr(hands, "threads", lambda: many)

    again = FastEngine(problem)
    np.testing.assert_array_equal(again.rank(top=5, floor=0.0).score, ranking.score)
    _same(again.rank(top=5, floor=0.0), ranking)
    _same_tally(again.tally(), tally)


def test_more_candidates_than_are_kept_are_thrown_out_on_the_way() -> None:
    problem = market([person()], [role(activities={0: 0.3 + number / 200}) for number in range(120)])
    ranking = FastEngine(problem).rank(top=2, floor=0.0)

    assert ranking.role.tolist() == [119, 118]
    assert ranking.edge[0] > 0


@pytest.mark.parametrize("engine", ENGINES, ids=["fast", "twin"])
def test_equal_scores_go_by_the_number_of_the_role(engine: Callable[[Problem], Engine]) -> None:
    problem = market([person()], [role() for _ in range(7)])

    assert engine(problem).rank(top=4, floor=0.0).role.tolist() == [0, 1, 2, 3]


@pytest.mark.parametrize("engine", ENGINES, ids=["fast", "twin"])
def test_the_slot_is_the_earliest_that_fits_and_has_room(engine: Callable[[Problem], Engine]) -> None:
    at_9 = [(1, half_hours(9, 10))]
    slots = [
        slot(starts_h=57.0, ways=[(2, 1)]),
        slot(starts_h=33.0, ways=at_9, places_left=0),
        slot(starts_h=35.0, ways=[(1, half_hours(0, 24))]),
        slot(starts_h=36.0, ways=at_9),
        slot(starts_h=36.0, ways=at_9),
    ]
    problem = market([person(exceptions={1: half_hours(9, 12)})], [role(slots=slots)])

    assert engine(problem).rank(top=1, floor=0.0).slot.tolist() == [3]


@pytest.mark.parametrize("engine", ENGINES, ids=["fast", "twin"])
def test_a_role_is_listed_once_however_many_slots_fit(engine: Callable[[Problem], Engine]) -> None:
    problem = market([person()], [role(slots=[slot(starts_h=30.0 - number) for number in range(5)])])
    ranking = engine(problem).rank(top=9, floor=0.0)

    assert (ranking.role.tolist(), ranking.slot.tolist()) == ([0], [4])


@pytest.mark.parametrize("engine", ENGINES, ids=["fast", "twin"])
def test_who_wants_nothing_of_it_does_not_get_it_however_near(engine: Callable[[Problem], Engine]) -> None:
    problem = market([person(interests={1: 1.0})], [role(), role(activities={1: 0.6})])

    assert engine(problem).rank(top=5, floor=scoring.FLOOR).role.tolist() == [1]


@pytest.mark.parametrize("engine", ENGINES, ids=["fast", "twin"])
def test_from_home_is_neither_nearest_nor_farthest(engine: Callable[[Problem], Engine]) -> None:
    roles = [role(at=PLACES[4]), role(at=NO_POINT, is_online=True), role()]
    ranking = engine(market([person()], roles)).rank(top=3, floor=0.0)

    assert ranking.role.tolist() == [2, 1, 0]
    assert np.isnan(ranking.km).tolist() == [False, True, False]


@pytest.mark.parametrize("engine", ENGINES, ids=["fast", "twin"])
def test_weights_move_the_order_and_never_what_is_relevant(engine: Callable[[Problem], Engine]) -> None:
    pressing = role(activities={1: 0.2}, slots=[slot(hours_left=0.0)])
    chosen, unwanted = role(slots=[slot(hours_left=500.0)]), role(activities={5: 1.0}, slots=[slot(hours_left=0.0)])
    problem = market([person(interests={0: 0.35, 1: 1.0})], [chosen, pressing, unwanted])
    usual, bent = (engine(problem).rank(top=3, floor=scoring.FLOOR, weights=one) for one in (scoring.USUAL, BENT))

    assert usual.role.tolist() == [0, 1]
    assert bent.role.tolist() == [1, 0]


@pytest.mark.parametrize("engine", ENGINES, ids=["fast", "twin"])
def test_the_tally_counts_each_condition_alone_and_with_others(engine: Callable[[Problem], Engine]) -> None:
    people = [person(), person(age=70), person(age=70, can_contact=False), person(interests={5: 1.0})]
    tally = engine(market(people, [role(max_age=69)])).tally()

    too_old, no_consent = Reason.TOO_OLD.bit_length() - 1, Reason.NO_CONSENT.bit_length() - 1
    assert tally.could_come[0] == 2
    assert (tally.shut_out[0, too_old], tally.only_by[0, too_old]) == (2, 1)
    assert (tally.shut_out[0, no_consent], tally.only_by[0, no_consent]) == (1, 0)


@pytest.mark.parametrize("engine", ENGINES, ids=["fast", "twin"])
def test_who_lives_much_too_far_away_is_not_counted(engine: Callable[[Problem], Engine]) -> None:
    people = [person(travel_limit_km=limit) for limit in (6.0, 2.5, 2.0)]  # the way is 4.1 km
    tally = engine(market(people, [role(at=PLACES[1])])).tally()

    assert tally.could_come[0] == 1
    assert tally.only_by[0, Reason.DISTANCE.bit_length() - 1] == 1


@pytest.mark.parametrize("engine", ENGINES, ids=["fast", "twin"])
@pytest.mark.parametrize(("people", "roles"), [(0, 0), (0, 2), (2, 0)])
def test_an_empty_side_gives_an_empty_outcome(engine: Callable[[Problem], Engine], people: int, roles: int) -> None:
    empty = engine(market([person()] * people, [role()] * roles))

    assert empty.rank(top=3, floor=0.0).start.tolist() == [0] * (people + 1)
    assert empty.tally().could_come.shape == (roles,)


def test_no_engine_opens_a_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the engine talks to nobody")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    for engine in ENGINES:
        assert len(engine(market([person()], [role()])).rank(top=1, floor=0.0).role) == 1
