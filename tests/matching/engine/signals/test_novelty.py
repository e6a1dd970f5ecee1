"""Easy to begin with for newcomers, new for the others."""

from __future__ import annotations

from typing import Any

import pytest

from matching.engine.signals.novelty import SIGNAL
from tests.matching.engine.markets import slot, value

EASIEST = {"qualifications": 0, "effort": 1, "asks_first": False, "takes_groups": True, "slots": [slot(minutes=90)]}


def test_a_role_that_asks_for_nothing_special_is_the_best_first_time() -> None:
    assert value(SIGNAL, {}, EASIEST) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("harder", "costs"),
    [
        ({"qualifications": 1}, 0.2),
        ({"effort": 2}, 0.1),
        ({"effort": 3}, 0.2),
        ({"asks_first": True}, 0.2),
        ({"takes_groups": False}, 0.2),
        ({"slots": [slot(minutes=180)]}, 0.1),
    ],
)
def test_each_hurdle_counts_the_same(harder: dict[str, Any], costs: float) -> None:
    assert value(SIGNAL, {}, EASIEST | harder) == pytest.approx(1 - costs)


@pytest.mark.parametrize(
    ("tried", "expected"), [({0: 1.0, 6: 1.0}, 0.5), ({0: 1.0}, 0.65), ({6: 1.0}, 0.85), ({1: 1.0}, 1.0)]
)
def test_who_has_taken_part_finds_what_is_new_a_little_better(tried: dict[int, float], expected: float) -> None:
    what = {"traits": {0: 0.7, 6: 0.3}}

    assert value(SIGNAL, {"has_taken_part": True, "tried": tried}, what) == pytest.approx(expected)


def test_for_who_has_taken_part_hurdles_do_not_matter() -> None:
    who = {"has_taken_part": True}

    assert value(SIGNAL, who, EASIEST) == value(SIGNAL, who, EASIEST | {"effort": 3, "asks_first": True})
