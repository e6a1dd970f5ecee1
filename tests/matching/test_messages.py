"""A digest reads like a note from somebody kind, and is short."""

from __future__ import annotations

import pytest

from matching import messages
from matching.services.choosing import picks
from tests.matching import rows

pytestmark = pytest.mark.django_db

LONGEST = 600


def test_a_digest() -> None:
    gardening = rows.gardening()
    volunteer = rows.person(gardening, name="まこと")
    made = [rows.role(gardening, title=f"駅前の花だんの水やりとそうじ 15分 {number}") for number in range(3)]
    shown = picks.explain_all([rows.suggestion(volunteer, role) for role in made])
    links = {answer: f"https://example.org/l/{answer}/" for answer in ("accept", "decline", "call")}
    message = messages.digest(user=volunteer.user, shown=shown, links=links)
    assert message.body.startswith("まことさん、こんにちは。")
    assert "断っても大丈夫です" in message.body
    assert "3月6日(土) 朝9時(2時間) 集会所" in message.body
    assert "「花だんの手入れ」が好き・歩いて10分くらい・土曜日の朝" in message.body
    for role in made:
        assert role.title in message.body
        assert role.organisation.name in message.body
    assert [action.label for action in message.actions] == ["行けます", "今回はやめる", "電話がほしい"]
    assert len(message.body) <= LONGEST
    assert "マッチング" not in message.body + message.title


def test_who_gave_no_name_is_greeted_too() -> None:
    gardening = rows.gardening()
    volunteer = rows.person(gardening, name="")
    shown = picks.explain_all([rows.suggestion(volunteer, rows.role(gardening))])
    assert "ご登録の方さん" not in messages.digest(user=volunteer.user, shown=shown, links={}).body
