from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import AuditEntry
from matching.models import Feedback, Suggestion, SuggestionStatus
from notifications.models import Call, Channel, ContactPoint, Notification
from organisations.models import Town
from tests.factories import (
    NOW,
    CallLineFactory,
    DeskMembershipFactory,
    GuardianRequestFactory,
    SlotFactory,
    TownFactory,
    VolunteerFactory,
)
from tests.web.conftest import said, send, signed_in
from volunteers.models import Placement, Volunteer

LIST = "/console/calls/"


@pytest.fixture
def person() -> Volunteer:
    volunteer: Volunteer = VolunteerFactory(user__name="うめの", user__email=None)
    ContactPoint.objects.create(user=volunteer.user, channel=Channel.CALL_LIST, address="045-000-2005")
    return volunteer


@pytest.fixture
def suggestion(person: Volunteer) -> Suggestion:
    slot = SlotFactory(role__title="おはようコール")
    given = {"status": SuggestionStatus.SENT, "rank": 1, "score": 0.8, "planned_at": NOW}
    return Suggestion.objects.create(volunteer=person, role=slot.role, slot=slot, **given)


@pytest.fixture
def line(person: Volunteer, suggestion: Suggestion) -> Notification:
    body = "うめのさんに合いそうな活動です。\n\n■ おはようコール"
    made: Notification = CallLineFactory(user=person.user, body=body, about={"suggestions": [suggestion.pk]})
    return made


@pytest.fixture
def desk(person: Volunteer) -> Client:
    return signed_in(DeskMembershipFactory(user__name="はるえ", desk__towns=[person.town]).user)


def page_of(line: Notification) -> str:
    return f"{LIST}{line.pk}/"


def looks() -> int:
    return AuditEntry.objects.filter(action="looked_at", detail={"through": "call_line"}).count()


def test_the_list_names_no_number_and_is_no_look(desk: Client, line: Notification) -> None:
    page = said(desk.get(LIST))
    assert "うめの" in page
    assert "045-000-2005" not in page
    assert looks() == 0


def test_the_line_says_what_to_say_and_the_number_and_each_look_is_written_down(
    desk: Client, line: Notification, person: Volunteer
) -> None:
    desk.head(page_of(line))
    assert looks() == 0
    page = said(desk.get(page_of(line)))
    for words in ("045-000-2005", "うめのさんに合いそうな活動です。", "■ おはようコール", "行けます", "今回はやめる"):
        assert words in page
    desk.get(page_of(line))
    assert looks() == 2
    assert AuditEntry.objects.filter(action="looked_at").latest("pk").target_id == str(person.pk)


def test_what_came_of_it_is_noted_once_however_often_it_is_sent(desk: Client, line: Notification) -> None:
    for _twice in range(2):
        assert send(desk, page_of(line), once="k" * 32, outcome="reached", note="お元気")["Location"] == LIST
    assert Call.objects.get().note == "お元気"
    assert "いま、電話する方はいません" in said(desk.get(LIST))
    page = said(desk.get(page_of(line)))
    assert "この電話は済みました" in page
    assert "お元気" in page
    assert "もう済んでいます" in said(send(desk, page_of(line), outcome="settled"), 409)


def test_to_ring_again_one_says_when(desk: Client, line: Notification) -> None:
    assert "これからの日時" in said(send(desk, page_of(line), outcome="again"), 409)
    send(desk, page_of(line), outcome="again", again_at="2027-03-02T15:00")
    assert "かけなおす約束: 3月2日(火) 午後3時" in said(desk.get(LIST))
    send(desk, page_of(line), outcome="no_answer")
    assert "出られませんでした" in said(desk.get(LIST))


def test_an_outcome_is_chosen(desk: Client, line: Notification) -> None:
    page = said(send(desk, page_of(line), note="また来週に"), 400)
    assert "結果のボタンを" in page
    assert "また来週に" in page
    assert not Call.objects.exists()


def test_the_person_says_yes_and_takes_part(desk: Client, line: Notification, suggestion: Suggestion) -> None:
    answer = send(desk, f"{page_of(line)}answer/", suggestion_id=suggestion.pk, answer="accept")
    assert answer["Location"] == LIST
    assert Placement.objects.get().volunteer == suggestion.volunteer
    page = said(desk.get(page_of(line)))
    assert "行けます" in page
    assert 'name="answer"' not in page
    assert "この電話は済みました" in page
    again = send(desk, f"{page_of(line)}answer/", suggestion_id=suggestion.pk, answer="decline")
    assert "もうお返事をいただいています" in said(again, 409)


def test_what_is_refused_is_said_in_its_place(desk: Client, line: Notification, suggestion: Suggestion) -> None:
    suggestion.slot.taken = suggestion.slot.capacity
    suggestion.slot.save()
    assert 'role="alert"' in said(
        send(desk, f"{page_of(line)}answer/", suggestion_id=suggestion.pk, answer="accept"), 409
    )
    said(send(desk, f"{page_of(line)}answer/", suggestion_id="x", answer="call"), 400)
    assert not Feedback.objects.exists()


def test_a_guardian_and_somebody_without_a_number(desk: Client, person: Volunteer) -> None:
    asked = GuardianRequestFactory(volunteer__town=person.town)
    line = CallLineFactory(user=asked.guardian)
    page = said(desk.get(page_of(line)))
    assert "電話番号がありません" in page
    assert asked.guardian.email in page
    entry = AuditEntry.objects.get(action="looked_at")
    assert (entry.target, entry.target_id) == ("accounts.user", str(asked.guardian_id))


def test_nobody_of_another_area_is_telephoned(line: Notification, suggestion: Suggestion) -> None:
    town: Town = TownFactory()
    away = signed_in(DeskMembershipFactory(desk__towns=[town]).user)
    assert "いま、電話する方はいません" in said(away.get(LIST))
    assert away.get(page_of(line)).status_code == 404
    assert send(away, page_of(line), outcome="reached").status_code == 404
    path = f"{page_of(line)}answer/"
    assert send(away, path, suggestion_id=suggestion.pk, answer="accept").status_code == 404
    assert (looks(), Call.objects.count(), Feedback.objects.count()) == (0, 0, 0)
