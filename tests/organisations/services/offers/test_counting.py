"""A number of things, as each language counts them."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from organisations.services.offers.counting import counted


@pytest.mark.parametrize(
    ("number", "unit", "japanese", "english"),
    [
        (12, "脚", "12脚", "12"),
        (1, "箱", "1箱", "1 box"),
        (3, "箱", "3箱", "3 boxes"),
        (20, "人分", "20人分", "20 portions"),
        (5, "kg", "5kg", "5 kg"),
        (7, "", "7", "7"),
    ],
)
def test_counters_that_are_no_words_elsewhere_are_left_out(number: int, unit: str, japanese: str, english: str) -> None:
    with override("ja"):
        assert counted(number, unit) == japanese
    with override("en"):
        assert counted(number, unit) == english
