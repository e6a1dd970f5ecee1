from __future__ import annotations

import pytest

from matching.models import Answer, Suggestion, SuggestionStatus
from matching.services.answering import suggestions
from matching.services.leaving import stepping_back
from organisations.models import Activity
from tests.factories import NOW
from tests.matching import rows
from volunteers.models import Application, Placement

pytestmark = pytest.mark.django_db


@pytest.fixture
def gardening() -> Activity:
    return rows.gardening()


def say_yes(suggestion: Suggestion) -> None:
    suggestions.answer(suggestion=suggestion, answer=Answer.ACCEPT, now=NOW, actor=None)


def test_a_place_given_back_takes_the_yes_back_and_yes_works_again(gardening: Activity) -> None:
    suggestion = rows.suggestion(rows.person(gardening), rows.role(gardening))
    say_yes(suggestion)
    stepping_back.cancel(placement=Placement.objects.get(), now=NOW, actor=None)
    suggestion.refresh_from_db()
    assert suggestion.status == SuggestionStatus.SEEN
    assert suggestion.feedback.get().undone_at == NOW
    say_yes(suggestion)
    assert Placement.objects.active().count() == 1
    assert suggestion.slot.role.slots.get().taken == 1


def test_a_question_taken_back_takes_the_yes_back(gardening: Activity) -> None:
    suggestion = rows.suggestion(rows.person(gardening), rows.role(gardening, asks_first=True))
    say_yes(suggestion)
    stepping_back.withdraw(application=Application.objects.get(), now=NOW, actor=None)
    assert suggestion.feedback.get().undone_at == NOW
    say_yes(suggestion)
    assert Application.objects.filter(status="asked").count() == 1


def test_other_answers_and_other_people_stay_as_they_are(gardening: Activity) -> None:
    role = rows.role(gardening)
    mine, theirs = (rows.suggestion(rows.person(gardening), role) for _ in range(2))
    say_yes(mine)
    suggestions.answer(suggestion=theirs, answer=Answer.DECLINE, now=NOW, actor=None)
    stepping_back.cancel(placement=Placement.objects.get(), now=NOW, actor=None)
    assert theirs.feedback.get().undone_at is None
