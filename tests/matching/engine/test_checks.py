"""A problem that does not hang together is refused by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from scipy import sparse

from matching.engine.checks import check
from matching.engine.fast import FastEngine
from matching.engine.outcome import Engine
from matching.engine.problem import Problem
from matching.engine.twin import SlowTwin
from tests.matching.engine.markets import market, markets, person, role, slot

GOOD = market([person(exceptions={0: 1}), person()], [role(), role()])

WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("volunteers", {"age": np.array([1])}, "volunteers.age"),
    ("volunteers", {"weekly": np.zeros((2, 6), dtype=np.uint64)}, "seven days"),
    ("volunteers", {"interests": sparse.csr_array((2, 3))}, "volunteers.interests"),
    ("volunteers", {"leanings": sparse.csr_array((2, 3))}, "volunteers.leanings"),
    ("volunteers", {"exception_volunteer": np.array([2])}, "an exception has no volunteer"),
    ("volunteers", {"exception_free": np.empty(0, dtype=np.uint64)}, "exceptions differ"),
    ("roles", {"is_online": np.array([True])}, "roles.is_online"),
    ("slots", {"capacity": np.array([1])}, "slots.capacity"),
    ("slots", {"role": np.array([1, 0])}, "slots.role"),
    ("slots", {"role": np.array([0, 2])}, "slots.role"),
    ("slots", {"choice_day": np.array([0, 10])}, "outside the 10 days"),
    ("slots", {"choice_slot": np.array([0, -1])}, "a choice has no slot"),
    ("slots", {"choice_mask": np.array([1, 1 << 48], dtype=np.uint64)}, "48 half hours"),
    ("slots", {"choice_mask": np.empty(0, dtype=np.uint64)}, "choices differ"),
]


@pytest.mark.parametrize(("part", "changes", "message"), WRONG)
@pytest.mark.parametrize("engine", [FastEngine, SlowTwin], ids=["fast", "twin"])
def test_what_does_not_fit_is_named(
    engine: Callable[[Problem], Engine], part: str, changes: dict[str, Any], message: str
) -> None:
    problem = replace(GOOD, **{part: replace(getattr(GOOD, part), **changes)})

    with pytest.raises(ValueError, match=message):
        engine(problem)


def test_two_exceptions_on_one_day_are_refused() -> None:
    twice = {
        "exception_volunteer": np.array([1, 1]),
        "exception_day": np.array([4, 4]),
        "exception_free": np.array([0, 1], dtype=np.uint64),
    }

    with pytest.raises(ValueError, match="two exceptions"):
        check(replace(GOOD, volunteers=replace(GOOD.volunteers, **twice)))


def test_closed_has_a_row_for_everybody() -> None:
    with pytest.raises(ValueError, match=r"closed is \(3, 2\)"):
        check(replace(GOOD, closed=sparse.csr_array((3, 2), dtype=np.bool_)))


@settings(max_examples=20, deadline=None, derandomize=True, database=None)
@given(problem=markets())
def test_small_markets_are_in_order(problem: Problem) -> None:
    check(problem)
    check(market([person()], [role(slots=[slot(), slot()]), role(slots=[])]))
