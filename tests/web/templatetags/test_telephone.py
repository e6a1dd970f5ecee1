from __future__ import annotations

import pytest

from web.templatetags.telephone import tel


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("045-000-0000", "0450000000"),
        ("０４５－０００－００００ (夜だけ)", "0450000000"),
        ("内線2 / +81 45 000 0000", "+81450000000"),
        ("夜に", ""),
    ],
)
def test_a_number_is_dialled_however_it_was_written(written: str, dialled: str) -> None:
    assert tel(written) == dialled
