from __future__ import annotations

from django.utils.translation import override

from organisations.services import saying


def test_things_in_a_row_follow_the_language() -> None:
    assert saying.listed(["花", "朝", "庭"]) == "花、朝、庭"
    assert saying.joined(["花", "朝"]) == "花・朝"
    with override("en"):
        assert saying.listed(["flowers", "morning"]) == saying.joined(["flowers", "morning"]) == "flowers, morning"
