from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from matching.models import Answer, Feedback, Suggestion, SuggestionStatus
from matching.services.listing import shortlists
from notifications.models import Channel, Notification
from notifications.services import calls
from organisations.models import Slot
from tests.factories import (
    NOW,
    ActivityFactory,
    RoleFactory,
    SlotFactory,
    SupportDeskFactory,
    UserFactory,
    VolunteerFactory,
)
from tests.web.conftest import BACKEND, said, send, signed_in
from volunteers.models import Placement, Volunteer

PAGE = "/my/suggestions/"


@pytest.fixture
def suggested(volunteer: Volunteer) -> Suggestion:
    liked = ActivityFactory(ja="花の手入れ")
    volunteer.interests.set([liked])
    slot = SlotFactory(role=RoleFactory(title="駅前の花だん", activities=[liked], venue__town=volunteer.town))
    return Suggestion.objects.create(
        volunteer=volunteer,
        role=slot.role,
        slot=slot,
        status=SuggestionStatus.SENT,
        rank=1,
        score=0.8,
        km=0.5,
        parts={"interest": 0.5},
        planned_at=NOW,
    )


def answer_url(suggestion: Suggestion) -> str:
    return f"/my/suggestions/{suggestion.pk}/answer/"


def test_strangers_sign_in_first(client: Client) -> None:
    response = client.get(PAGE)
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/?next=")


def test_without_a_profile_the_page_leads_to_it_and_names_a_desk(client: Client) -> None:
    SupportDeskFactory(organisation__phone="045-000-1234")
    client.force_login(UserFactory(), backend=BACKEND)
    page = said(client.get(PAGE))
    assert "/my/profile/" in page
    assert "045-000-1234" in page


def test_shows_reasons_band_and_time(member: Client, suggested: Suggestion) -> None:
    page = said(member.get(PAGE))
    for expected in ("駅前の花だん", "花の手入れ", "3月6日(土) 朝9時", "歩いて", "断っても大丈夫です", "行けます"):
        assert expected in page
    assert "今回はやめる" in page
    assert "電話がほしい" in page


def test_an_empty_list_says_what_helps(member: Client) -> None:
    page = said(member.get(PAGE))
    assert "おすすめできる募集はありません" in page
    assert "/my/profile/" in page


def test_yes_takes_a_place_and_no_other_click_is_needed(member: Client, suggested: Suggestion) -> None:
    response = send(member, answer_url(suggested), answer="accept")
    assert response.status_code == 302
    page = said(member.get(response["Location"]))
    assert "参加が決まりました" in page
    assert "返事を取り消す" in page
    assert Placement.objects.active().get().slot == suggested.slot
    assert Slot.objects.get().taken == 1


def test_the_same_form_twice_acts_once(member: Client, suggested: Suggestion) -> None:
    first = send(member, answer_url(suggested), once="a-key", answer="accept")
    second = send(member, answer_url(suggested), once="a-key", answer="accept")
    assert first["Location"] == second["Location"]
    assert Placement.objects.count() == 1
    assert Feedback.objects.count() == 1


def test_no_is_kept_with_its_reason(member: Client, suggested: Suggestion) -> None:
    response = send(member, answer_url(suggested), answer="decline", reason="土曜は仕事です")
    assert "今回はやめておきますね" in said(member.get(response["Location"]))
    kept = Feedback.objects.get()
    assert (kept.answer, kept.reason) == (Answer.DECLINE, "土曜は仕事です")


def test_call_me_reaches_the_call_list_and_asks_for_the_number_that_is_missing(
    member: Client, suggested: Suggestion
) -> None:
    page = send(member, answer_url(suggested), answer="call")["Location"]
    line = Notification.objects.get(channel=Channel.CALL_LIST)
    assert "電話番号を教えてください" in said(member.get(page))
    assert "電話番号を確かめて" in said(send(member, page, phone="でんわ"), 409)
    assert send(member, page, phone="０４５ー０００ー０００１")["Location"] == page
    assert calls.number(line) == "045-000-0001"
    told = said(member.get(page))
    assert "お電話します" in told
    assert 'name="phone"' not in told


def test_undo_gives_the_place_back(member: Client, suggested: Suggestion) -> None:
    send(member, answer_url(suggested), answer="accept")
    response = send(member, f"/my/suggestions/{suggested.pk}/undo/")
    assert response["Location"] == PAGE
    assert not Placement.objects.active().exists()
    assert Slot.objects.get().taken == 0
    assert "駅前の花だん" in said(member.get(PAGE))
    assert "取り消すお返事がありません" in said(send(member, f"/my/suggestions/{suggested.pk}/undo/"), 409)


def test_a_full_slot_is_said_at_the_suggestion(member: Client, suggested: Suggestion) -> None:
    Slot.objects.update(taken=3)
    page = said(send(member, answer_url(suggested), answer="accept"), 409)
    assert not Placement.objects.exists()
    assert 'role="alert"' in page
    assert "駅前の花だん" in page


def test_what_stands_in_the_way_is_named_and_linked(member: Client, suggested: Suggestion) -> None:
    there = SlotFactory(role__title="茶話会")
    send(member, f"/my/slots/{there.pk}/join/")
    page = said(send(member, answer_url(suggested), answer="accept"), 409)
    assert f'href="/my/places/#slot-{there.pk}"' in page


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"answer": "perhaps"}, "一覧からえらんでください"),
        ({"answer": "decline", "reason": "あ" * 501}, "500文字まで"),
        ({"answer": "decline", "reason": "い\x00う"}, "読めない文字"),
        ({"answer": "decline", "reason": "い\ufffdう"}, "読めない文字"),
    ],
)
def test_bad_answers_are_named_and_what_was_typed_stays(
    member: Client, suggested: Suggestion, answers: dict[str, str], says: str
) -> None:
    page = said(send(member, answer_url(suggested), **answers), 400)
    assert says in page
    assert answers.get("reason", "").replace("\x00", "") in page.replace("\x00", "")
    assert not Feedback.objects.exists()


def test_a_form_without_a_key_is_too_old(member: Client, suggested: Suggestion) -> None:
    assert "画面が古くなっています" in said(send(member, answer_url(suggested), once="", answer="accept"), 409)


def test_somebody_elses_suggestion_is_not_there(suggested: Suggestion) -> None:
    other = signed_in(VolunteerFactory().user)
    for path in (answer_url(suggested), f"/my/suggestions/{suggested.pk}/undo/"):
        said(send(other, path, answer="accept"), 404)
    said(other.get(f"/my/suggestions/{suggested.pk}/answered/"), 404)
    assert not Feedback.objects.exists()


def test_coming_back_by_address_leads_somewhere_sensible(member: Client, suggested: Suggestion) -> None:
    assert member.get(answer_url(suggested))["Location"] == PAGE
    assert member.get(f"/my/suggestions/{suggested.pk}/answered/")["Location"] == PAGE
    assert "answered" in member.get(f"/my/suggestions/{suggested.pk}/undo/")["Location"]


@pytest.mark.parametrize("count", [1, 4, 30])
def test_at_most_twelve_queries_however_many_fit(
    member: Client, volunteer: Volunteer, django_assert_max_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    liked = ActivityFactory()
    volunteer.interests.set([liked])
    for _ in range(count):
        slot = SlotFactory(role=RoleFactory(activities=[liked], venue__town=volunteer.town))
    shortlists.refresh(volunteer=volunteer, now=NOW)
    sent = {"status": SuggestionStatus.SENT, "rank": 1, "score": 0.8, "planned_at": NOW}
    Suggestion.objects.create(volunteer=volunteer, role=slot.role, slot=slot, **sent)
    for _visit in ("what was sent and what is new", "what was seen"):
        with django_assert_max_num_queries(12):
            said(member.get(PAGE))
    assert Suggestion.objects.filter(status=SuggestionStatus.SEEN).count() == min(count, 3)


def test_nobody_keeps_a_copy_of_a_personal_page(member: Client) -> None:
    assert "no-store" in member.get(PAGE)["Cache-Control"]


def test_a_person_without_an_account_is_nobody(client: Client) -> None:
    assert not User.objects.exists()
    assert client.post("/my/suggestions/1/answer/", {"answer": "accept"}).status_code == 302


def test_a_no_may_say_why_by_a_choice_and_in_words(member: Client, suggested: Suggestion) -> None:
    page = said(member.get(PAGE))
    for why in ("時間が合わない", "遠い", "興味と違う", "体の都合", "そのほか"):
        assert why in page
    page = said(send(member, answer_url(suggested), answer="decline", why="far", reason="あ" * 501), 400)
    assert 'value="far" checked' in page
    send(member, answer_url(suggested), answer="decline", why="far", reason="坂が多い")
    assert Feedback.objects.values_list("why", "reason").get() == ("far", "坂が多い")


def test_an_unknown_reason_is_refused_and_a_yes_has_none(member: Client, suggested: Suggestion) -> None:
    said(send(member, answer_url(suggested), answer="decline", why="weather"), 400)
    send(member, answer_url(suggested), answer="accept", why="far")
    assert Feedback.objects.get().why == ""
