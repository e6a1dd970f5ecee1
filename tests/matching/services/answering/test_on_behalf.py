from __future__ import annotations

import pytest

from accounts.models.consent import ConsentKind
from matching.models import Suggestion, SuggestionStatus
from matching.services.answering import on_behalf, suggestions
from matching.services.asking import digests
from notifications.models import Channel, Notification
from tests.factories import NOW, UserFactory
from tests.matching import rows
from tests.volunteers.services.coordinating.test_at_the_desk import READ, register

pytestmark = pytest.mark.django_db


def test_who_was_registered_by_telephone_is_on_the_call_list_after_the_next_run():
    likes = rows.gardening()
    role = rows.role(likes)
    made = register(answers={"town": rows.a_town(), "interests": [likes]})
    silent = register(
        answers={"town": rows.a_town(), "interests": [likes]}, texts_read={ConsentKind.TERMS: READ["terms"]}
    )
    rows.run_once()
    assert digests.plan(now=NOW) == 1
    line = Notification.objects.get()
    assert (line.user, line.channel) == (made.user, Channel.CALL_LIST)
    assert role.title in line.body
    assert not Suggestion.objects.filter(volunteer=silent).exists()


def test_reading_what_waits_counts_as_nothing_seen_and_leaves_out_what_is_gone():
    likes = rows.gardening()
    made = rows.person(likes)
    waiting = rows.suggestion(made, rows.role(likes), status="planned", seen_at=None)
    rows.suggestion(made, rows.role(likes, status="closed"))
    assert [shown.suggestion for shown in on_behalf.waiting(volunteer=made, now=NOW)] == [waiting]
    waiting.refresh_from_db()
    assert (waiting.status, waiting.seen_at) == (SuggestionStatus.PLANNED, None)


def test_answers_are_those_in_force():
    likes, coordinator = rows.gardening(), UserFactory()
    made = rows.person(likes)
    first, second = (rows.suggestion(made, rows.role(likes)) for _ in range(2))
    for one in (first, second):
        suggestions.answer(suggestion=one, answer="decline", reason="遠い", now=NOW, actor=coordinator)
    suggestions.undo(suggestion=first, now=NOW, actor=coordinator)
    assert [(one.suggestion, one.reason) for one in on_behalf.answers(volunteer=made)] == [(second, "遠い")]
