from __future__ import annotations

import datetime as dt

from tests.matching.personas import foreign

TUESDAY = dt.date(2026, 11, 24)


def test_windows_narrows_the_codes_down_to_the_hours_of_the_role() -> None:
    assert foreign.windows(["sat-pm", "sat-eve"], "15:00", "19:00") == {"sat": [(900, 1140)]}
    assert foreign.windows(["mon-early", "mon-eve"], "06:30", "19:00") == {"mon": [(390, 540), (1020, 1140)]}
    assert foreign.windows(["sat-am"], "13:30", "15:00") == {}


def test_windows_without_hours_are_the_whole_parts_of_the_day() -> None:
    assert foreign.windows(["tue-am", "tue-pm"], "相談", "相談") == {"tue": [(540, 1020)]}
    assert foreign.windows("any")["sun"] == [(360, 1260)]


def test_the_day_is_the_first_fitting_one_and_never_beyond_the_horizon() -> None:
    assert foreign.the_day(20, ["sat"], TUESDAY) == 25
    assert foreign.the_day(55, ["sun"], TUESDAY) == 26
