from __future__ import annotations

import pytest

from accounts.services import audit
from matching.services.answering import suggestions
from matching.services.coordinating import trail
from tests.factories import NOW, UserFactory
from tests.matching import rows

pytestmark = pytest.mark.django_db


def test_all_that_was_done_to_one_person_and_nothing_of_others():
    coordinator = UserFactory()
    one, other = rows.person(), rows.person()
    for who in (one, other):
        audit.looked_at(actor=coordinator, target=who, now=NOW, through="person")
        audit.record(actor=who.user, action="user.changed", target=who.user, now=NOW)
        found = rows.suggestion(who, rows.role())
        suggestions.answer(suggestion=found, answer="decline", reason="ひざが痛い", now=NOW, actor=coordinator)
    lines = trail.of(one)
    assert {(line.actor, line.action) for line in lines} == {
        (coordinator, "looked_at"),
        (one.user, "user.changed"),
        (coordinator, "suggestion.answered"),
    }
    assert len(lines) == 3
    assert "ひざ" not in "".join(str(line.detail) for line in lines)
