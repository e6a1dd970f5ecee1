"""A worry is sent: three questions, nothing written before the last, and nothing readable ever."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.template.loader import render_to_string
from django.test import Client
from django.utils.translation import override

from accounts.models.user import EASY
from notifications.models import Notification
from organisations.models import Town, Worry
from organisations.services.retention import WORDS_KEPT_FOR
from organisations.services.worries import sealing, urgent
from tests.factories import NOW, DeskMembershipFactory, TownFactory, UserFactory, at
from tests.web.conftest import said, send, signed_in
from web.public import worry_kept
from web.public.worry_forms import texts
from web.texts import WORRY_HEARD_TEXT, WORRY_TEXT

pytestmark = pytest.mark.django_db
WORDS = "庭の草が伸びて、ひとりでは抜けません"


@pytest.fixture(autouse=True)
def _monday() -> Any:
    cache.clear()
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def town() -> Town:
    town: Town = TownFactory()
    DeskMembershipFactory(desk__towns=[town])
    return town


def answers(**more: Any) -> dict[str, Any]:
    usual = {"reach": "phone", "contact": "045-000-0000", "name": "みどり", "consent": "on"}
    return {**usual, "consent_text": str(WORRY_TEXT), **more}


def up_to_the_last(client: Client, town: Town, **more: Any) -> None:
    assert send(client, "/worries/what/", words=WORDS, **more).url == "/worries/town/"
    assert send(client, "/worries/town/", town=town.pk).url == "/worries/reach/"


def test_three_questions_and_it_has_arrived(client: Client, town: Town) -> None:
    up_to_the_last(client, town)
    assert not Worry.objects.exists()
    assert send(client, "/worries/reach/", **answers()).url == "/worries/sent/"
    worry = Worry.objects.get()
    assert sealing.unseal(worry.sealed or b"") == {
        "words": WORDS, "reach": "phone", "contact": "045-000-0000", "name": "みどり"
    }  # fmt: skip
    assert (worry.town, worry.is_about_other, worry.via, worry.consent_text) == (town, False, "web", str(WORRY_TEXT))
    page = said(client.get("/worries/sent/"))
    assert worry.receipt in page
    assert "3月3日(水)までに連絡します" in page
    assert WORDS not in page


def test_before_the_last_step_nothing_can_be_read_anywhere(client: Client, town: Town) -> None:
    up_to_the_last(client, town)
    session = Session.objects.get()
    assert WORDS not in str(session.get_decoded())
    assert sealing.unseal(session.get_decoded()[worry_kept.KEY].encode())["words"] == WORDS
    send(client, "/worries/reach/", **answers())
    left = sealing.unseal(Session.objects.get().get_decoded()[worry_kept.KEY].encode())
    assert set(left) == {"sent", "by", "at", "comes", "is_told"}


def test_going_back_finds_what_was_written_and_later_it_is_gone(client: Client, town: Town) -> None:
    up_to_the_last(client, town)
    assert WORDS in said(client.get("/worries/what/"))
    assert f'value="{town.pk}" selected' in said(client.get("/worries/town/"))
    with time_machine.travel(NOW + worry_kept.KEPT_FOR * 1.1, tick=True):
        assert WORDS not in said(client.get("/worries/what/"))
        assert client.get("/worries/reach/")["Location"] == "/worries/town/"
        assert client.get("/worries/town/")["Location"] == "/worries/"


def test_sent_twice_it_arrives_once(client: Client, town: Town) -> None:
    up_to_the_last(client, town)
    kept = client.session[worry_kept.KEY]
    send(client, "/worries/reach/", **answers())
    assert send(client, "/worries/reach/", **answers()).url == "/worries/sent/"
    session = client.session
    session[worry_kept.KEY] = kept  # as it was for the second of two taps at once
    session.save()
    send(client, "/worries/reach/", **answers())
    assert (Worry.objects.count(), Notification.objects.count()) == (1, 1)


def test_somebody_else_is_a_worry_of_the_writer(client: Client, town: Town) -> None:
    page = said(client.get("/worries/what/?about=other"))
    assert "お名前や、住所、病気や体のことは、書かないでください" in page
    assert "書かないでください" not in said(client.get("/worries/what/?about="))
    up_to_the_last(client, town, about="other")
    send(client, "/worries/reach/", **answers())
    assert Worry.objects.get().is_about_other


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"consent": ""}, "同意の印"),
        ({"consent_text": "なんでも同意します"}, "文面が変わりました"),
        ({"reach": ""}, "えらんでください"),
        ({"reach": "phone", "contact": "1"}, "電話番号を、市外局番から"),
        ({"reach": "email", "contact": "みどり"}, "メールアドレスを確かめて"),
        ({"reach": "letter", "contact": ""}, "手紙のとどく住所"),
        ({"reach": "letter", "contact": "鶴ケ峰9-9-9", "name": " "}, "封筒に書くお名前"),
    ],
)
def test_what_is_missing_is_said_and_nothing_arrives(
    client: Client, town: Town, wrong: dict[str, str], told: str
) -> None:
    up_to_the_last(client, town)
    assert told in said(send(client, "/worries/reach/", **answers(**wrong)), 400)
    assert not Worry.objects.exists()


@pytest.mark.parametrize(
    ("reach", "contact", "name"), [("letter", "鶴ケ峰9-9-9", "みどり"), ("phone", "045-000-0000", "")]
)
def test_a_name_is_asked_for_on_an_envelope_only(
    client: Client, town: Town, reach: str, contact: str, name: str
) -> None:
    up_to_the_last(client, town)
    assert send(client, "/worries/reach/", **answers(reach=reach, contact=contact, name=name)).status_code == 302
    assert Worry.objects.exists()


@pytest.mark.parametrize(("contact", "is_promised"), [("", False), ("045-000-0000", True)])
def test_who_comes_to_the_desk_is_awaited_and_promised_no_call_without_a_number(
    client: Client, town: Town, contact: str, is_promised: bool
) -> None:
    up_to_the_last(client, town)
    send(client, "/worries/reach/", **answers(reach="visit", contact=contact))
    page = said(client.get("/worries/sent/"))
    assert "窓口でお待ちしています" in page
    assert ("までに連絡します" in page) == is_promised


@pytest.mark.parametrize(("chosen", "spoken"), [("en", "en"), (EASY, "ja")])
def test_the_text_that_was_agreed_to_is_the_one_that_was_shown(
    client: Client, town: Town, chosen: str, spoken: str
) -> None:
    client.cookies["django_language"] = chosen
    up_to_the_last(client, town)
    with override(chosen):
        shown = str(WORRY_TEXT)
    assert shown in said(client.get("/worries/reach/"))
    send(client, "/worries/reach/", **answers(consent_text=shown))
    worry = Worry.objects.get()
    assert (worry.consent_text, worry.language) == (shown, spoken)
    assert len(texts()) == 3


def test_the_promise_is_what_the_rule_does() -> None:
    for text in (WORRY_TEXT, WORRY_HEARD_TEXT):
        assert f"{WORDS_KEPT_FOR.days}日" in str(text)


def test_a_town_that_nobody_looks_after_is_shown_whom_to_telephone(client: Client, town: Town) -> None:
    send(client, "/worries/what/", words=WORDS)
    page = said(send(client, "/worries/town/", town=TownFactory().pk), 400)
    assert "下の相談窓口へお電話ください" in page
    assert "見本ケアプラザ" in page


def test_who_is_signed_in_stays_so_and_is_not_named(town: Town) -> None:
    client = signed_in(UserFactory())
    up_to_the_last(client, town)
    send(client, "/worries/reach/", **answers())
    with time_machine.travel(at(1, 10), tick=True):
        assert client.get("/my/notices/").status_code == 200
    assert Worry.objects.get().typed_in_by is None


def test_the_numbers_for_what_cannot_wait_stand_above(client: Client) -> None:
    for path in ("/worries/", "/worries/what/"):
        page = said(client.get(path))
        assert page.index("tel:119") < page.index("</aside>") < page.rindex("<h2>" if path == "/worries/" else "<form")
        assert all(one.number in page for one in (*urgent.numbers().at_once, *urgent.numbers().talk))
    assert "こども家庭庁「児童相談所虐待対応ダイヤル」" in page
    assert page.count("電気通信番号計画") == 1
    assert "2026年11月26日に書きうつしました" in page


def test_a_day_on_which_the_numbers_were_checked_is_said() -> None:
    checked = replace(urgent.numbers(), checked_on=at(0, 0).date())
    page = render_to_string("parts/urgent.html", {"urgent": checked})
    assert "2027年3月1日に確かめました" in page
    assert "書きうつしました" not in page


@pytest.mark.parametrize("path", ["/", "/desks/", "/about/"])
def test_the_way_there_is_shown(client: Client, path: str) -> None:
    assert 'href="/worries/"' in said(client.get(path))


def test_one_address_cannot_bury_a_desk_and_loses_nothing_it_wrote(town: Town) -> None:
    for _each in range(20):
        client = Client()
        up_to_the_last(client, town)
        assert send(client, "/worries/reach/", **answers()).url == "/worries/sent/"
    late = Client()
    up_to_the_last(late, town)
    assert "お電話ください" in said(send(late, "/worries/reach/", **answers()), 400)
    assert Worry.objects.count() == 20
    with time_machine.travel(at(0, 11, 5), tick=True):
        assert send(late, "/worries/reach/", **answers()).url == "/worries/sent/"


def test_another_address_is_not_counted_with_it(town: Town) -> None:
    for number in range(21):
        client = Client(REMOTE_ADDR=f"203.0.113.{number}")
        up_to_the_last(client, town)
        assert send(client, "/worries/reach/", **answers()).url == "/worries/sent/"
