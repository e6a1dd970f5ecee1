"""What somebody says on the telephone is answered for them, once, and the line is done with the last answer."""

from __future__ import annotations

import pytest

from accounts.models import AuditEntry
from matching.models import Answer, Feedback, Suggestion, SuggestionStatus
from matching.services.answering import on_the_phone, suggestions
from notifications.models import Call, Notification
from notifications.models.call import Outcome
from organisations.services.times.filling import SlotFull
from tests.factories import NOW, CallFactory, CallLineFactory, SlotFactory, UserFactory, VolunteerFactory, at
from volunteers.models import Placement, Volunteer

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Volunteer:
    made: Volunteer = VolunteerFactory()
    return made


def suggested(person: Volunteer, day: int = 5, **slot: object) -> Suggestion:
    made = SlotFactory(starts_at=at(day, 9), **slot)
    given = {"status": SuggestionStatus.SENT, "rank": 1, "score": 0.8, "planned_at": NOW}
    return Suggestion.objects.create(volunteer=person, role=made.role, slot=made, **given)


def line_about(*rows: Suggestion) -> Notification:
    made: Notification = CallLineFactory(user=rows[0].volunteer.user, about={"suggestions": [row.pk for row in rows]})
    return made


def told(line: Notification, row: Suggestion, answer: str = Answer.ACCEPT) -> Feedback:
    by = UserFactory()
    return on_the_phone.answer(line=line, suggestion_id=row.pk, answer=answer, now=NOW, actor=by)


def test_a_yes_takes_part_and_says_who_wrote_it_down(person: Volunteer) -> None:
    row, other = suggested(person), suggested(person, 6)
    line = line_about(row, other)
    told(line, row)
    assert Placement.objects.get().volunteer == person
    assert AuditEntry.objects.get(action="suggestion.answered").actor != person.user
    assert list(on_the_phone.waiting(line)) == [other]
    assert {one.pk: one.answer for one in on_the_phone.on_line(line)} == {row.pk: "accept", other.pk: None}
    assert not Call.objects.exists()


def test_with_the_last_answer_the_line_is_done(person: Volunteer) -> None:
    rows = suggested(person), suggested(person, 6)
    line = line_about(*rows)
    for row in rows:
        told(line, row, Answer.DECLINE)
    assert Call.objects.get().outcome == Outcome.REACHED
    assert not Placement.objects.exists()
    with pytest.raises(suggestions.AlreadyAnswered):
        told(line, rows[0])


def test_a_line_that_is_done_already_stays_as_it_is(person: Volunteer) -> None:
    row = suggested(person)
    line = line_about(row)
    CallFactory(notification=line)
    told(line, row)
    assert Call.objects.count() == 1


def test_who_wished_for_a_call_says_yes_or_no_then(person: Volunteer) -> None:
    row = suggested(person)
    suggestions.answer(suggestion=row, answer=Answer.CALL, now=NOW, actor=person.user)
    line = Notification.objects.get(kind="call_wanted")
    assert list(on_the_phone.waiting(line)) == [row]
    told(line, row)
    assert list(Feedback.objects.filter(undone_at=None).values_list("answer", flat=True)) == ["accept"]
    assert list(on_the_phone.on_line(line)) == [row]
    assert not on_the_phone.waiting(line).exists()


def test_where_the_yes_is_refused_the_wish_for_a_call_stands(person: Volunteer) -> None:
    row = suggested(person, capacity=1, taken=1)
    suggestions.answer(suggestion=row, answer=Answer.CALL, now=NOW, actor=person.user)
    line = Notification.objects.get(kind="call_wanted")
    with pytest.raises(SlotFull):
        told(line, row)
    assert Feedback.objects.get().undone_at is None


def test_only_what_the_line_is_about(person: Volunteer) -> None:
    row, beside, other = suggested(person), suggested(person, 6), suggested(VolunteerFactory())
    line = line_about(row)
    line.about["suggestions"].append(other.pk)
    assert list(on_the_phone.on_line(line)) == [row]
    for wrong in (beside, other):
        with pytest.raises(on_the_phone.NotOnThisLine):
            told(line, wrong)
    assert not on_the_phone.on_line(CallLineFactory(user=person.user)).exists()
