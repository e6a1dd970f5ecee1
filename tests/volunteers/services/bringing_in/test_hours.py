from __future__ import annotations

import pytest

from accounts.services.errors import DomainError
from volunteers.services.bringing_in import hours
from volunteers.services.people.availability import bits


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("9:00〜12:00", [(9, 12)]),
        ("９：００～１２：００", [(9, 12)]),
        ("9時-12時、13:00-15:00", [(9, 12), (13, 15)]),
        ("午前 夜", [(9, 12), (17, 21)]),
        ("一日", [(6, 21)]),
        ("21:00〜24:00", [(21, 24)]),
        ("×", []),
    ],
)
def test_hours_are_read_in_figures_and_in_words(text: str, spans: list[tuple[int, int]]):
    wanted = 0
    for start, end in spans:
        wanted |= bits(start * 60, end * 60)
    assert hours.half_hours(text) == wanted
    assert hours.half_hours(hours.told(wanted)) == wanted


@pytest.mark.parametrize("text", ["いつでも", "12:00〜9:00", "9:00", "25:00〜26:00"])
def test_what_are_no_hours_is_refused(text: str):
    with pytest.raises(DomainError):
        hours.half_hours(text)
