"""One role in many forms: each is as if it alone had been asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.engine.fast import FastEngine
from matching.engine.parts import some_roles
from matching.engine.problem import Problem
from matching.engine.twin import SlowTwin
from matching.engine.variants import Change, variants
from tests.matching.engine.markets import crowd, half_hours, market, markets, person, role, slot
from tests.matching.engine.test_engines import QUICK


def _otherwise(problem: Problem, change: Change) -> Problem:
    """Return the problem in which the one role is changed, and nothing else is there."""
    roles = replace(problem.roles, **{name: np.full(1, value) for name, value in change.role.items()})
    return replace(problem, roles=roles, slots=change.slots or problem.slots)


def _later(problem: Problem, half_hours: int) -> Change:
    slots = problem.slots
    return Change(slots=replace(slots, choice_mask=(slots.choice_mask << np.uint64(half_hours)) & np.uint64(2**48 - 1)))


CONDITIONS: list[dict[str, Any]] = [
    {"min_age": 0},
    {"max_age": 200},
    {"guardian_under": 16},
    {"qualifications": 0},
    {"access": 7},
    {"takes_groups": True},
    {"is_approved": True, "min_age": 0},
]


@settings(QUICK, max_examples=60)
@given(problem=markets(), number=st.integers(0, 4))
def test_every_form_counts_as_it_would_alone(problem: Problem, number: int) -> None:
    alone = some_roles(problem, [number % len(problem.roles)])
    changes = [*[Change(role=one) for one in CONDITIONS], _later(alone, 2), _later(alone, 0)]
    tally = FastEngine(variants(alone, changes)).tally()

    brute = [SlowTwin(_otherwise(alone, change)).tally() for change in [Change(), *changes]]
    np.testing.assert_array_equal(tally.could_come, [one.could_come[0] for one in brute])
    np.testing.assert_array_equal(tally.only_by, [one.only_by[0] for one in brute])


def test_many_people_and_forms() -> None:
    alone = some_roles(crowd(3, people=150, roles=4), [2])
    changes = [Change(role=one) for one in CONDITIONS] * 3
    tally = FastEngine(variants(alone, changes)).tally()
    assert tally.could_come.tolist() == SlowTwin(variants(alone, changes)).tally().could_come.tolist()
    assert len(set(tally.could_come.tolist())) > 1


def test_a_form_may_have_more_slots_or_none() -> None:
    alone = market([person(weekly=[half_hours(18, 20)] * 7)], [role()])
    evening = market([], [role(slots=[slot(), slot(ways=[(2, half_hours(18, 19))])])]).slots
    none = market([], [role(slots=[])]).slots
    tally = FastEngine(variants(alone, [Change(slots=evening), Change(slots=none), Change()])).tally()
    assert tally.could_come.tolist() == [0, 1, 0, 0]


def test_what_cannot_be_a_form() -> None:
    two = market([person()], [role(), role()])
    with pytest.raises(ValueError, match="2 roles"):
        variants(two, [])
    for name in ("activities", "colour"):
        with pytest.raises(ValueError, match=name):
            variants(some_roles(two, [0]), [Change(role={name: 1})])
