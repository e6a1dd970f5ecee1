"""Three questions before anything is asked about the person, then the code, then a profile."""

from __future__ import annotations

import re
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client

from accounts.models import Consent, User
from accounts.models.consent import ConsentKind
from organisations.models import Town
from tests.factories import NOW, ActivityFactory, SlotFactory, TownFactory, UserFactory, at
from tests.web.conftest import said, send, signed_in
from volunteers.models import Availability, Volunteer
from web.texts import CONTACT_TEXT, TERMS, TERMS_TEXT

WHAT, WHEN, WHERE, ACCOUNT = (f"/start/{step}/" for step in ("what", "when", "where", "account"))
CODE = "/accounts/confirm-email/"


def last(**changed: Any) -> dict[str, Any]:
    born = {"born_on_0": "1951", "born_on_1": "4", "born_on_2": "1"}
    return {"name": "花子", **born, "email": "hana@yaritai.example", "terms": "on", "contact": "on", **changed}


def answer_three(client: Client, town: Town | None = None, **what: Any) -> None:
    where: dict[str, Any] = {"town": (town or TownFactory()).pk, "travel_limit_km": "1.8", "where": "either"}
    assert send(client, WHAT, **{"wish": "土いじり", **what})["Location"] == WHEN
    assert send(client, WHEN, free=["5-morning"])["Location"] == WHERE
    assert send(client, WHERE, **where)["Location"] == ACCOUNT


def code() -> str:
    found = re.search(r"^ {4}(\d{6})$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found, mail.outbox[-1].body
    return found[1]


def test_three_questions_and_a_code_make_a_profile(client: Client) -> None:
    town, liked = TownFactory(), ActivityFactory(ja="花の手入れ")
    assert client.get("/start/")["Location"] == WHAT
    assert "花の手入れ" in said(client.get(WHAT))
    answer_three(client, town, interests=liked.pk)
    page = said(client.get(ACCOUNT))
    assert str(CONTACT_TEXT) in page
    assert all(str(sentence) in page for sentence in (*TERMS, TERMS_TEXT))
    assert not User.objects.exists()
    assert send(client, ACCOUNT, **last())["Location"] == CODE
    assert not Volunteer.objects.exists()
    assert client.post(CODE, {"code": code()})["Location"] == "/my/suggestions/"
    made = Volunteer.objects.get()
    assert (made.user.email, made.user.name, made.town, made.wish) == ("hana@yaritai.example", "花子", town, "土いじり")
    assert list(made.interests.all()) == [liked]
    assert Availability.objects.get().weekly[5]
    texts = {one.kind: one.text for one in Consent.objects.all()}
    assert texts[ConsentKind.CONTACT] == str(CONTACT_TEXT)
    assert texts[ConsentKind.TERMS].splitlines() == [*(str(one) for one in TERMS), str(TERMS_TEXT)]
    assert "登録できました" in said(client.get("/my/suggestions/"))
    assert client.get(WHAT)["Location"] == "/my/"


def test_the_answers_are_in_the_session_alone_and_leave_it_with_the_profile(client: Client) -> None:
    answer_three(client)
    assert client.session.get_expiry_age() == pytest.approx(7200, abs=60)
    send(client, ACCOUNT, **last())
    client.post(CODE, {"code": code()})
    assert "start" not in client.session
    assert client.session.get_expiry_age() > 7200
    assert not any("start" in session.get_decoded() for session in Session.objects.all())


def test_going_back_keeps_what_was_written_even_half(client: Client) -> None:
    answer_three(client)
    assert send(client, ACCOUNT, back="1", name="花子", born_on_0="1951")["Location"] == WHERE
    page = said(client.get(ACCOUNT))
    assert 'value="花子"' in page
    assert 'value="1951"' in page
    assert "errorlist" not in page
    assert send(client, WHERE, back="1", where="from_home")["Location"] == WHEN
    assert 'value="5-morning" checked' in said(client.get(WHEN))
    assert send(client, WHEN, back="1", free=["6-evening"])["Location"] == WHAT
    assert "土いじり</textarea>" in said(client.get(WHAT))
    assert 'value="6-evening" checked' in said(client.get(WHEN))


@pytest.mark.parametrize(
    ("path", "sent", "says"),
    [
        (WHAT, {"wish": "あ" * 1001}, "1000文字まで"),
        (WHEN, {"free": "7-morning"}, "もう一度えらんでください"),
        (WHERE, {}, "町をえらんでください"),
        (ACCOUNT, last(email=""), "メールアドレスを入れてください"),
        (ACCOUNT, last(born_on_0="2090"), "生年月日を確かめてください"),
        (ACCOUNT, last(terms=""), "「利用のきまり」を読んで"),
    ],
)
def test_a_mistake_is_said_in_its_place_and_nobody_is_written_to(
    client: Client, path: str, sent: dict[str, Any], says: str
) -> None:
    answer_three(client)
    assert says in said(send(client, path, **sent), 400)
    assert not mail.outbox
    assert not User.objects.exists()


def test_a_town_without_a_point_is_refused_where_it_is_chosen(client: Client) -> None:
    far = TownFactory(lat=None, lng=None)
    page = said(send(client, WHERE, town=far.pk, travel_limit_km="1.8", where="either"), 400)
    assert 'href="#id_town"' in page


def test_after_two_hours_one_is_told_kindly_and_begins_again(client: Client) -> None:
    with time_machine.travel(NOW, tick=True):
        answer_three(client)
    with time_machine.travel(at(0, 14), tick=True):
        assert send(client, ACCOUNT, **last())["Location"] == WHAT
        assert "もう一度お願いします" in said(client.get(WHAT))
    assert not User.objects.exists()


def test_who_opens_the_last_page_first_begins_at_the_beginning(client: Client) -> None:
    assert client.get(ACCOUNT)["Location"] == WHAT
    send(client, WHAT)
    assert client.get(ACCOUNT)["Location"] == WHEN


def test_a_second_tap_sends_no_second_code(client: Client) -> None:
    answer_three(client)
    for _tap in range(2):
        assert send(client, ACCOUNT, **last())["Location"] == CODE
    assert len(mail.outbox) == 1
    assert client.post(CODE, {"code": code()})["Location"] == "/my/suggestions/"
    assert client.post(CODE, {"code": code()}).status_code == 302
    assert Volunteer.objects.count() == 1


def test_another_address_gets_a_code_of_its_own(client: Client) -> None:
    answer_three(client)
    send(client, ACCOUNT, **last(email="hanna@yaritai.example"))
    send(client, ACCOUNT, **last())
    assert mail.outbox[-1].to == ["hana@yaritai.example"]
    client.post(CODE, {"code": code()})
    assert Volunteer.objects.get().user.email == "hana@yaritai.example"


def test_who_has_an_account_signs_in_and_the_answers_become_theirs(client: Client) -> None:
    known = UserFactory(email="hana@yaritai.example")
    answer_three(client)
    assert send(client, ACCOUNT, **last())["Location"] == CODE
    assert "/accounts/login/" in mail.outbox[-1].body
    asked = client.post("/accounts/login/", {"login": known.email})
    assert client.post(asked["Location"], {"code": code()})["Location"] == "/my/suggestions/"
    assert Volunteer.objects.get().user == known


def test_on_a_shared_machine_nobody_becomes_who_was_there_before(client: Client) -> None:
    other = UserFactory()
    answer_three(client)
    send(client, ACCOUNT, **last())
    asked = client.post("/accounts/login/", {"login": other.email})
    assert client.post(asked["Location"], {"code": code()})["Location"] == "/my/"
    assert "start" not in client.session
    assert not Volunteer.objects.exists()


def test_who_is_signed_in_is_asked_for_no_address(client: Client) -> None:
    user = UserFactory(name="もも")
    member = signed_in(user)
    answer_three(member)
    page = said(member.get(ACCOUNT))
    assert 'value="もも"' in page
    assert 'type="email"' not in page
    for _tap in range(2):
        assert send(member, ACCOUNT, "same", **last())["Location"] in {"/my/suggestions/", "/my/"}
    assert Volunteer.objects.get().user == user
    assert not mail.outbox


def test_without_the_second_tick_nobody_is_written_to_later(client: Client) -> None:
    answer_three(client)
    send(client, ACCOUNT, **last(contact=""))
    client.post(CODE, {"code": code()})
    assert [one.kind for one in Consent.objects.all()] == [ConsentKind.TERMS]


def test_where_one_wanted_to_go_is_where_one_ends(client: Client) -> None:
    goal = f"/my/slots/{SlotFactory().pk}/join/"
    assert f"/start/?next={goal}" in said(client.get(f"/accounts/login/?next={goal}")).replace("%2F", "/")
    client.get(f"/start/?next={goal}")
    answer_three(client)
    send(client, ACCOUNT, **last())
    assert client.post(CODE, {"code": code()})["Location"] == goal


def test_no_foreign_site_is_gone_to(client: Client) -> None:
    client.get("/start/?next=https://elsewhere.example/")
    answer_three(client)
    send(client, ACCOUNT, **last())
    assert client.post(CODE, {"code": code()})["Location"] == "/my/suggestions/"


def test_under_16_the_profile_is_kept_and_a_guardian_is_asked_for(client: Client) -> None:
    client.get(f"/start/?next=/my/slots/{SlotFactory().pk}/join/")
    answer_three(client)
    send(client, ACCOUNT, **last(born_on_0="2014"))
    assert client.post(CODE, {"code": code()})["Location"] == "/my/guardian/"
    assert "保護者の方の同意があってから" in said(client.get("/my/guardian/"))
    assert Volunteer.objects.count() == 1


@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/accounts/signup/", "/about/"])
def test_every_way_in_leads_to_the_questions(client: Client, path: str) -> None:
    assert 'href="/start/' in said(client.get(path))
