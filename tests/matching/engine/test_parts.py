"""A stretch of the people is a problem of its own."""

from __future__ import annotations

from matching.engine.checks import check
from matching.engine.parts import part
from tests.matching.engine.markets import market, person, role


def test_a_part_keeps_its_people_and_what_ties_them() -> None:
    people = [person(age=age, exceptions={age % 3: age}, interests={age % 6: 1.0}) for age in range(20, 30)]
    some = part(market(people, [role(), role()], closed=[(2, 0), (5, 1)]), 4, 7)

    check(some)
    assert some.volunteers.age.tolist() == [24, 25, 26]
    assert some.volunteers.exception_volunteer.tolist() == [0, 1, 2]
    assert some.volunteers.exception_free.tolist() == [24, 25, 26]
    assert some.volunteers.interests.toarray().argmax(axis=1).tolist() == [0, 1, 2]
    assert some.closed.toarray().tolist() == [[False, False], [False, True], [False, False]]
