"""Headlines on paper end their lines where a reader would breathe."""

from __future__ import annotations

import pytest

from organisations.publicity.phrases import phrases


@pytest.mark.parametrize(
    "said",
    [
        "坂の|多い町に、|乗り合いの|買い物便がほしい",
        "行事用の|テントをお貸しします",
        "認知症カフェ|「もの|忘れの|木」の|手伝い",
        "宿題のとなりに|座る人|(水曜の|夕方)",
        "Planting |bulbs |by |the |environmental |centre",
        "",
    ],
)
def test_a_line_ends_behind_a_particle_a_stop_or_a_space(said: str) -> None:
    assert "|".join(phrases(said.replace("|", ""))) == said


def test_what_no_line_has_room_for_may_be_broken_anywhere() -> None:
    assert phrases("障害者地域活動支援事業所") == list("障害者地域活動支援事業所")
