"""Some people, or some roles, are a problem of its own."""

from __future__ import annotations

from matching.engine.checks import check
from matching.engine.parts import some_people, some_roles
from matching.engine.problem import Problem
from tests.matching.engine.markets import market, person, role, slot


def _market() -> Problem:
    people = [person(age=age, exceptions={age % 3: age}, interests={age % 6: 1.0}) for age in range(20, 30)]
    slots = [[slot(minutes=10 * number + at) for at in range(number)] for number in range(3)]
    roles = [role(min_age=number, slots=slots[number]) for number in range(3)]
    return market(people, roles, closed=[(2, 0), (5, 1), (6, 2)])


def test_some_people_keep_what_ties_them() -> None:
    some = some_people(_market(), [4, 5, 8])

    check(some)
    assert some.volunteers.age.tolist() == [24, 25, 28]
    assert some.volunteers.exception_volunteer.tolist() == [0, 1, 2]
    assert some.volunteers.exception_free.tolist() == [24, 25, 28]
    assert some.volunteers.interests.toarray().argmax(axis=1).tolist() == [0, 1, 4]
    assert some.closed.toarray().tolist() == [[False] * 3, [False, True, False], [False] * 3]


def test_some_roles_keep_their_slots_and_ways() -> None:
    some = some_roles(_market(), [0, 2])

    check(some)
    assert some.roles.min_age.tolist() == [0, 2]
    assert some.slots.role.tolist() == [1, 1]
    assert some.slots.minutes.tolist() == [20, 21]
    assert some.slots.choice_slot.tolist() == [0, 1]
    assert some.closed.sum() == 2
    assert some.closed[6, 1]
