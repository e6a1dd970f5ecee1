"""What two processors are worth together."""

from __future__ import annotations

import pytest

from benchmarks import processors


@pytest.mark.parametrize(("together", "found"), [(2.0, 1.0), (4.0, 0.5), (8.0, 0.25)])
def test_efficiency_is_one_where_neither_hinders_the_other(together: float, found: float) -> None:
    assert processors.efficiency([2.0], [together]) == found


def test_one_loop_that_was_held_up_does_not_count() -> None:
    assert processors.efficiency([2.0, 2.0, 9.0], [4.0, 90.0, 4.0]) == 0.5


def test_loops_are_really_run() -> None:
    assert processors.measured(turns=1_000, repeats=1) > 0
