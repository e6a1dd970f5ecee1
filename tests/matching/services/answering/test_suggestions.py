"""What one person sees, and what their three answers do."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db.models import Model

from accounts.models import AuditEntry
from matching import dataset
from matching.models import Answer, Suggestion, SuggestionStatus
from matching.services.answering import suggestions
from matching.services.answering.suggestions import AlreadyAnswered, AnswerUnknown, NothingToUndo
from matching.services.choosing import picks
from notifications.models import Channel, Notification
from organisations.models import Activity, Organisation, Role, Slot
from tests.factories import NOW, JuniorFactory, at
from tests.matching import rows
from tests.together import together
from volunteers.models import Application, Placement, Volunteer
from volunteers.services.taking_part.joining import SlotFull, SlotOver


@pytest.fixture
def gardening() -> Activity:
    return rows.gardening()


def seen(volunteer: Volunteer, now: dt.datetime = NOW) -> list[int]:
    return [one.role.pk for one in suggestions.show(volunteer=volunteer, now=now)]


def answer(suggestion: Suggestion, said: str, **more: str) -> None:
    suggestions.answer(suggestion=suggestion, answer=said, now=NOW, actor=suggestion.volunteer.user, **more)


@pytest.mark.django_db
def test_a_page_is_filled_from_the_list(gardening: Activity) -> None:
    volunteer = rows.person(gardening)
    for number in range(5):
        rows.role(gardening, title=f"花だん {number}")
    assert seen(volunteer) == []  # nothing has been computed yet
    rows.run_once()
    first = seen(volunteer)
    assert first == rows.listed(volunteer)[: suggestions.SHOWN]
    assert seen(volunteer) == first
    assert Suggestion.objects.count() == suggestions.SHOWN
    assert {one.status for one in Suggestion.objects.all()} == {SuggestionStatus.SEEN}


@pytest.mark.django_db
def test_in_words(gardening: Activity) -> None:
    volunteer = rows.person(gardening)
    rows.role(gardening)
    rows.run_once()
    (one,) = suggestions.show(volunteer=volunteer, now=NOW)
    assert (one.when, one.band) == ("3月6日(土) 朝9時", "歩いて5分くらい")
    assert one.reasons == ["「花だんの手入れ」が好き", "歩いて5分くらい", "土曜日の朝"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rows_of", "change"),
    [
        (Slot, {"taken": 3}),
        (Slot, {"cancelled_at": NOW}),
        (Role, {"status": "closed"}),
        (Organisation, {"approval": "suspended"}),
    ],
    ids=["full", "called off", "closed", "suspended"],
)
def test_what_one_cannot_join_any_more_is_not_shown(
    gardening: Activity, rows_of: type[Model], change: dict[str, object]
) -> None:
    volunteer, role = rows.person(gardening), rows.role(gardening)
    rows.run_once()
    assert seen(volunteer) == [role.pk]
    rows_of._default_manager.update(**change)
    assert seen(volunteer) == []


@pytest.mark.django_db
def test_what_is_over_is_not_shown(gardening: Activity) -> None:
    volunteer, role = rows.person(gardening), rows.role(gardening)
    rows.run_once()
    assert seen(volunteer) == seen(volunteer, at(5, 8, 59)) == [role.pk]
    assert seen(volunteer, at(5, 9, 1)) == []


@pytest.mark.django_db
def test_yes_takes_a_place(gardening: Activity) -> None:
    volunteer, role = rows.person(gardening), rows.role(gardening)
    suggestion = rows.suggestion(volunteer, role)
    answer(suggestion, Answer.ACCEPT)
    answer(suggestion, Answer.ACCEPT)  # twice is once
    assert Placement.objects.active().get().volunteer == volunteer
    assert role.slots.get().taken == 1
    suggestion.refresh_from_db()
    assert suggestion.status == SuggestionStatus.ANSWERED
    assert seen(volunteer) == []
    assert AuditEntry.objects.filter(action="suggestion.answered").count() == 1


@pytest.mark.django_db
def test_yes_of_a_junior_asks_a_coordinator_first(gardening: Activity) -> None:
    volunteer = JuniorFactory()
    suggestion = rows.suggestion(volunteer, rows.role(gardening))
    answer(suggestion, Answer.ACCEPT)
    assert Application.objects.get().released_at is None
    suggestions.undo(suggestion=suggestion, now=NOW, actor=volunteer.user)
    assert Application.objects.get().status == "withdrawn"


@pytest.mark.django_db
def test_a_yes_that_comes_too_late_changes_nothing(gardening: Activity) -> None:
    suggestion = rows.suggestion(rows.person(gardening), rows.role(gardening))
    Slot.objects.update(taken=3)
    with pytest.raises(SlotFull):
        answer(suggestion, Answer.ACCEPT)
    suggestion.refresh_from_db()
    assert suggestion.status == SuggestionStatus.SEEN
    assert not suggestion.feedback.exists()


@pytest.mark.django_db
def test_no_is_never_asked_again_and_the_next_one_comes(gardening: Activity) -> None:
    volunteer = rows.person(gardening)
    made = [rows.role(gardening, title=f"花だん {number}").pk for number in range(4)]
    rows.run_once()
    first = Suggestion.objects.get(pk=suggestions.show(volunteer=volunteer, now=NOW)[0].suggestion.pk)
    answer(first, Answer.DECLINE, reason="今月はいそがしいです")
    assert first.feedback.get().reason == "今月はいそがしいです"
    assert set(seen(volunteer)) == set(made) - {first.role_id}
    much_later = NOW + picks.NOT_AGAIN * 3
    assert (volunteer.pk, first.role_id) in picks.lately(volunteer_ids=[volunteer.pk], now=much_later)
    assert dataset.load(now=NOW).problem.closed.toarray()[0].sum() == 1


@pytest.mark.django_db
def test_call_me_goes_on_the_list_of_calls(gardening: Activity) -> None:
    volunteer = rows.person(gardening, name="うめの")
    suggestion = rows.suggestion(volunteer, rows.role(gardening))
    answer(suggestion, Answer.CALL)
    letter = Notification.objects.get()
    assert (letter.channel, letter.user) == (Channel.CALL_LIST, volunteer.user)
    assert letter.title == "「電話がほしい」とお返事がありました"


@pytest.mark.django_db
def test_another_answer_needs_the_first_taken_back(gardening: Activity) -> None:
    volunteer, role = rows.person(gardening), rows.role(gardening)
    suggestion = rows.suggestion(volunteer, role)
    answer(suggestion, Answer.ACCEPT)
    with pytest.raises(AlreadyAnswered):
        answer(suggestion, Answer.DECLINE)
    suggestions.undo(suggestion=suggestion, now=NOW, actor=volunteer.user)
    assert role.slots.get().taken == 0
    assert seen(volunteer) == [role.pk]
    answer(suggestion, Answer.DECLINE)
    assert [one.undone_at for one in suggestion.feedback.order_by("pk")] == [NOW, None]


@pytest.mark.django_db
def test_what_took_place_cannot_be_undone(gardening: Activity) -> None:
    volunteer = rows.person(gardening)
    suggestion = rows.suggestion(volunteer, rows.role(gardening))
    answer(suggestion, Answer.ACCEPT)
    with pytest.raises(SlotOver):
        suggestions.undo(suggestion=suggestion, now=at(6, 9), actor=volunteer.user)
    assert Placement.objects.active().exists()


@pytest.mark.django_db
def test_nothing_to_undo_and_no_such_answer(gardening: Activity) -> None:
    suggestion = rows.suggestion(rows.person(gardening), rows.role(gardening))
    with pytest.raises(NothingToUndo):
        suggestions.undo(suggestion=suggestion, now=NOW, actor=None)
    with pytest.raises(AnswerUnknown):
        answer(suggestion, "perhaps")


@pytest.mark.django_db(transaction=True)
def test_one_tap_many_times_is_one_answer(gardening: Activity) -> None:
    role = rows.role(gardening)
    suggestion = rows.suggestion(rows.person(gardening), role)
    together(8, lambda _: answer(Suggestion.objects.get(pk=suggestion.pk), Answer.ACCEPT))
    assert suggestion.feedback.count() == 1
    assert role.slots.get().taken == 1


@pytest.mark.django_db(transaction=True)
def test_a_page_opened_many_times_at_once_suggests_once(gardening: Activity) -> None:
    volunteer = rows.person(gardening)
    rows.role(gardening)
    rows.run_once()
    pages = together(8, lambda _: seen(volunteer))
    assert pages == [pages[0]] * 8
    assert Suggestion.objects.count() == 1
