"""A suggestion that nobody answered goes after a year; an answer stays, for it says what somebody likes."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.services import retention
from matching.models import Feedback, Suggestion, SuggestionStatus
from matching.services.retention import KEPT, RULES
from tests.factories import NOW
from tests.matching import rows


@pytest.mark.django_db
def test_only_what_was_never_answered_goes() -> None:
    old = NOW - dt.timedelta(days=366)
    _silent, answered, young, alive = (rows.suggestion(rows.person(), rows.role()) for _ in range(4))
    Suggestion.objects.update(planned_at=old, status=SuggestionStatus.EXPIRED)
    Suggestion.objects.filter(pk=young.pk).update(planned_at=NOW)
    Suggestion.objects.filter(pk=alive.pk).update(status=SuggestionStatus.SENT)
    Feedback.objects.create(suggestion=answered, answer="decline", answered_at=old)
    assert retention.forget(RULES, now=NOW) == 1
    assert set(Suggestion.objects.values_list("pk", flat=True)) == {answered.pk, young.pk, alive.pk}


def test_every_room_that_keeps_something_is_asked() -> None:
    models = [rule.rows(NOW).model.__name__ for rule in KEPT]
    messages = ["ActionLink", "Notification", "Notification"]
    worries = ["Worry", "Worry"]
    people = ["Upload", "Suggestion", "Volunteer", "User"]
    assert models == ["IdempotencyKey", "Session", "Consent", *messages, *worries, *people]
