"""The young ask, the guardian answers by a link and without signing in."""

from __future__ import annotations

import re
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.models import Consent, User
from accounts.models.consent import ConsentKind
from notifications.models import Notification
from organisations.models import Slot
from tests.factories import NOW, JuniorFactory, SlotFactory, VolunteerFactory
from tests.web.conftest import said, send, signed_in, without_keys
from volunteers.models import GuardianRequest, Volunteer
from volunteers.services.taking_part import joining
from web.texts import GUARDIAN_SCOPES, GUARDIAN_TEXT

ANSWERS = {"name": "母", "relation": "母", "email": "mother@yaritai.example"}


@pytest.fixture(autouse=True)
def _now(db: None) -> Any:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def junior() -> Volunteer:
    found: Volunteer = JuniorFactory(guardian=None, user__name="みどり")
    return found


def link_of(kind: str) -> str:
    letter = Notification.objects.filter(kind=kind).latest("created_at")
    found = re.search(r"/l/[^/]+/", letter.actions[0]["url"])
    assert found is not None
    return found[0]


def consents() -> Any:
    return Consent.objects.filter(kind=ConsentKind.GUARDIAN, withdrawn_at=None)


def ask(junior: Volunteer) -> str:
    assert send(signed_in(junior.user), "/my/guardian/", **ANSWERS)["Location"] == "/my/guardian/"
    return link_of("guardian_asked")


def test_the_suggestions_lead_the_young_to_the_question(junior: Volunteer) -> None:
    assert "/my/guardian/" in said(signed_in(junior.user).get("/my/suggestions/"))
    assert "保護者の方の同意をもらいましょう" not in said(signed_in(VolunteerFactory().user).get("/my/suggestions/"))


def test_where_one_joins_the_young_are_led_to_the_question_and_see_that_it_waits(junior: Volunteer) -> None:
    client, page = signed_in(junior.user), f"/my/slots/{SlotFactory().pk}/join/"
    first = said(client.get(page))
    assert "保護者の方の同意をもらいましょう" in first
    assert "押すと、すぐに参加が決まります" not in first
    ask(junior)
    for waiting in (page, "/my/suggestions/"):
        assert "保護者の方のお返事を待っています" in said(client.get(waiting))


def test_with_a_consent_it_is_said_that_the_desk_looks_first() -> None:
    client, page = signed_in(JuniorFactory().user), f"/my/slots/{SlotFactory().pk}/join/"
    assert "まず、相談窓口が確かめます" in said(client.get(page))
    assert send(client, page)["Location"] == "/my/places/"
    places = said(client.get("/my/places/"))
    assert "相談窓口が確かめてから、団体に伝えます" in places
    assert "相談窓口が確かめています" in places


def test_what_a_guardian_had_ticked_is_ticked_when_something_is_changed(junior: Volunteer) -> None:
    link, client = ask(junior), Client()
    client.post(link, {"give": "1", "scope": ["photo"], "until": "2027-05-01"})
    page = said(client.get(link))
    assert re.search(r'value="photo"[^>]*checked', page)
    assert 'value="2027-05-01"' in page
    assert "この内容に変える" in page


def test_asking_says_what_is_waited_for(junior: Volunteer) -> None:
    ask(junior)
    page = said(signed_in(junior.user).get("/my/guardian/"))
    assert "お返事を待っています" in page
    assert "mother@yaritai.example" in page


def answers_about(email: str, junior: Volunteer) -> list[bytes]:
    """What one reads after asking at *email*, without the address, the moment and what is drawn anew."""
    client = signed_in(junior.user)
    sent = send(client, "/my/guardian/", **ANSWERS | {"email": email})
    read = [client.get("/my/guardian/") for _once_with_the_message_and_once_without in range(2)]
    assert [sent.status_code, *(page.status_code for page in read)] == [302, 200, 200]
    headers = {name: value for name, value in sent.headers.items() if name != "Expires"}
    said_to_them = [str(headers).encode(), *(without_keys(page.content) for page in read)]
    return [part.replace(email.encode(), b"@") for part in said_to_them]


@pytest.mark.parametrize("known", ["a friend", "an adult", "somebody shut out"])
def test_nobody_learns_by_asking_who_is_registered(junior: Volunteer, known: str) -> None:
    at_hand = {"a friend": JuniorFactory, "an adult": VolunteerFactory, "somebody shut out": VolunteerFactory}
    other = at_hand[known](user__email="known@yaritai.example", user__name="べつの名前")
    User.objects.filter(pk=other.user_id).update(is_active=known != "somebody shut out")
    unknown = answers_about("nobody@yaritai.example", junior)
    assert answers_about("known@yaritai.example", junior) == unknown
    assert "別のメールアドレスを入れるか" in unknown[1].decode()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"email": "母"}, "メールアドレスの形"),
        ({"email": ""}, "ここを書いてください"),
        ({"name": ""}, "ここを書いてください"),
    ],
)
def test_mistakes_are_said_beside_the_question(junior: Volunteer, change: dict[str, str], sentence: str) -> None:
    answer = send(signed_in(junior.user), "/my/guardian/", **ANSWERS | change)
    assert answer.status_code in {400, 409}
    assert sentence in answer.content.decode()
    assert not GuardianRequest.objects.exists()


def test_opening_the_link_decides_nothing_however_often(junior: Volunteer) -> None:
    link = ask(junior)
    for _ in range(3):
        page = said(Client().get(link))
    assert str(GUARDIAN_TEXT) in page
    assert "みどりさん" in page
    assert not consents().exists()
    assert GuardianRequest.objects.get().answered_at is None


def test_a_yes_is_kept_in_the_words_that_were_shown(junior: Volunteer) -> None:
    link = ask(junior)
    page = said(Client().post(link, {"give": "1", "scope": ["photo"]}))
    assert "同意をいただいています" in page
    consent = consents().get()
    assert consent.text == f"{GUARDIAN_TEXT}\n- {GUARDIAN_SCOPES['take_part']}\n- {GUARDIAN_SCOPES['photo']}"
    Client().post(link, {"give": "1", "scope": ["photo"]})
    assert consents().count() == 1


def test_what_was_given_is_taken_back_by_either_link(junior: Volunteer) -> None:
    first = ask(junior)
    Client().post(first, {"give": "1"})
    second = link_of("guardian_thanks")
    assert "同意を取り消す" in said(Client().get(second))
    Client().post(second, {"refuse": "1"})
    assert not consents().exists()
    assert "いまは同意しません" in said(Client().get(first))


def test_a_date_that_is_none_is_refused_and_nothing_is_kept(junior: Volunteer) -> None:
    link = ask(junior)
    said(Client().post(link, {"give": "1", "until": "いつか"}), 400)
    said(Client().post(link, {"give": "1", "scope": ["everything"]}), 400)
    said(Client().post(link, {}), 400)
    said(Client().post(link, {"give": "1", "until": "2026-01-01"}), 409)
    assert not consents().exists()


def test_a_link_that_was_replaced_or_never_was_is_not_there(junior: Volunteer) -> None:
    first = ask(junior)
    ask(junior)
    assert Client().get(first).status_code == 404
    assert Client().post(first, {"give": "1"}).status_code == 404
    assert Client().get("/l/unknown/").status_code == 404
    assert not consents().exists()


def test_each_activity_is_answered_by_its_own_link(junior: Volunteer) -> None:
    Client().post(ask(junior), {"give": "1", "scope": ["ask_each_time"]})
    slot: Slot = SlotFactory(role__title="花だんの水やり")
    asked = joining.join(volunteer=junior, slot=slot, now=NOW, actor=junior.user)
    link = link_of("guardian_each_time")
    assert "花だんの水やり" in said(Client().get(link))
    asked.refresh_from_db()
    assert asked.guardian_agreed_at is None  # type: ignore[union-attr]
    assert "同意をいただきました" in said(Client().post(link, {"give": "1"}))
    asked.refresh_from_db()
    assert asked.guardian_agreed_at is not None  # type: ignore[union-attr]
    assert "取り下げました" in said(Client().post(link, {"refuse": "1"}))
    said(Client().post(link, {"give": "1"}), 409)


def test_adults_need_no_guardian() -> None:
    user = VolunteerFactory().user
    assert "いりません" in said(signed_in(user).get("/my/guardian/"))
    said(send(signed_in(user), "/my/guardian/", **ANSWERS), 409)
