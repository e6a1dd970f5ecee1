"""Public holidays and the turn of the year; a weekend is no day off by itself."""

from __future__ import annotations

import datetime as dt

import pytest

from organisations.services.times.working_days import is_day_off


@pytest.mark.parametrize(
    ("on", "is_off"),
    [
        ("2026-12-28", False),
        ("2026-12-29", True),
        ("2027-01-03", True),
        ("2027-01-04", False),
        ("2027-03-06", False),  # a Saturday
        ("2027-03-21", True),  # 春分の日, a Sunday
        ("2027-03-22", True),  # its substitute
        ("2027-05-01", False),
        ("2027-05-03", True),
    ],
)
def test_days_off(on: str, is_off: bool) -> None:
    assert is_day_off(dt.date.fromisoformat(on)) == is_off
