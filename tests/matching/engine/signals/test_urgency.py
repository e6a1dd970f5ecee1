"""A slot presses when it is soon and empty."""

from __future__ import annotations

import pytest

from matching.engine.signals.urgency import SIGNAL
from tests.matching.engine.markets import slot, value

DAY = 24.0


def _urgency(**changes: float) -> float:
    return value(SIGNAL, {}, {"slots": [slot(**changes)]})


@pytest.mark.parametrize(("days", "expected"), [(0, 1.0), (1, 0.867), (7, 0.368), (21, 0.050)])
def test_the_sooner_the_more(days: int, expected: float) -> None:
    assert _urgency(capacity=4, places_left=4, hours_left=days * DAY) == pytest.approx(expected, abs=1e-3)


@pytest.mark.parametrize(("left", "expected"), [(4, 1.0), (2, 0.5), (1, 0.25), (0, 0.0)])
def test_the_emptier_the_more(left: int, expected: float) -> None:
    assert _urgency(capacity=4, places_left=left, hours_left=0.0) == pytest.approx(expected)


def test_soon_and_nearly_full_presses_less_than_later_and_empty() -> None:
    soon = _urgency(capacity=10, places_left=1, hours_left=DAY)

    assert soon < _urgency(capacity=10, places_left=10, hours_left=7 * DAY)
