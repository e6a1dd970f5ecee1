"""When people are free, and in which order slots are tried."""

from __future__ import annotations

import numpy as np

from matching.engine import bits
from matching.engine.times import Timetable, free_half_hours
from tests.matching.engine.markets import DAYS, half_hours, market, person, role, slot


def test_a_date_that_differs_replaces_the_weekday_and_no_other_date() -> None:
    weekly = [1, 2, 4, 8, 16, 32, 64]
    free = free_half_hours(market([person(weekly=weekly, exceptions={7: 0, 1: 5, DAYS: 9}), person()], [role()]))

    assert free[:, 0].tolist() == [4, 5, 16, 32, 64, 1, 2, 0, 8, 16]
    assert len(set(free[:, 1].tolist())) == 1


def test_slots_are_tried_by_role_by_start_and_by_row() -> None:
    first, second = [slot(starts_h=50.0), slot(starts_h=30.0), slot(starts_h=50.0)], [slot(starts_h=1.0)]
    timetable = Timetable(market([person()], [role(slots=first), role(slots=[]), role(slots=second)]).slots)

    assert timetable.slot.tolist() == [1, 0, 2, 3]
    assert timetable.role.tolist() == [0, 0, 0, 2]
    assert timetable.turn.tolist() == [0, 1, 2, 0]


def test_one_way_is_enough_and_all_its_half_hours_are_needed() -> None:
    ways = [(0, half_hours(9, 11)), (3, half_hours(20, 21))]
    problem = market([person()], [role(slots=[slot(ways=ways), slot(ways=[])])])
    free = np.zeros((DAYS, 4), dtype=np.uint64)
    free[0] = [half_hours(9, 11), half_hours(9, 10.5), 0, 0]
    free[3] = [0, half_hours(10, 11), half_hours(19, 24), 0]

    fits = Timetable(problem.slots).fits(free)

    assert [people.tolist() for people in bits.members(fits)] == [[0, 0], [0, 2]]
