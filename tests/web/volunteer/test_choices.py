from __future__ import annotations

import pytest
from django.test import Client

from notifications.models import Channel, ContactPoint, Preference
from notifications.services import preferences
from tests.factories import NOW, UserFactory
from tests.web.conftest import BACKEND, said, send
from volunteers.models import Volunteer

PAGE = "/my/notices/choices/"
CHOSEN = {"channel": "inbox", "digest": "monthly", "asks_per_month": "3"}


def test_what_is_chosen_is_kept_and_shown(member: Client, volunteer: Volunteer) -> None:
    page = said(member.get(PAGE))
    assert page.count(" checked") == 3
    assert send(member, PAGE, **CHOSEN)["Location"] == PAGE
    kept = preferences.of(volunteer.user)
    assert (kept.channel, kept.digest, kept.asks_per_month) == ("inbox", "monthly", 3)
    assert "保存しました" in said(member.get(PAGE))


def test_a_number_chosen_elsewhere_stays_to_be_kept(member: Client, volunteer: Volunteer) -> None:
    preferences.change(user=volunteer.user, now=NOW, asks_per_month=7)
    assert "7件まで" in said(member.get(PAGE))
    send(member, PAGE, **CHOSEN | {"asks_per_month": "7"})
    assert preferences.of(volunteer.user).asks_per_month == 7


@pytest.mark.parametrize("changed", [{"channel": "pigeon"}, {"digest": ""}, {"asks_per_month": "61"}])
def test_what_is_no_choice_is_named(member: Client, changed: dict[str, str]) -> None:
    assert 'class="errorlist' in said(send(member, PAGE, **CHOSEN | changed), 400)
    assert not Preference.objects.exists()


def test_mail_needs_an_address(client: Client) -> None:
    user = UserFactory(email=None)
    preferences.change(user=user, now=NOW, channel="inbox")
    client.force_login(user, backend=BACKEND)
    assert "先にメールアドレスを登録" in said(send(client, PAGE, **CHOSEN | {"channel": "email"}), 409)


def test_a_form_sent_twice_acts_once(member: Client) -> None:
    first, second = (send(member, PAGE, once="k", **CHOSEN) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert "画面が古くなっています" in said(send(member, PAGE, once="", **CHOSEN), 409)


def test_a_phone_number_is_kept_shown_and_taken_away(member: Client, volunteer: Volunteer) -> None:
    send(member, PAGE, **CHOSEN | {"channel": "call_list", "phone": "０４５(000)0001"})
    points = ContactPoint.objects.filter(user=volunteer.user, channel=Channel.CALL_LIST)
    assert [one.address for one in points] == ["045-000-0001"]
    assert "045-000-0001" in said(member.get(PAGE))
    assert "電話番号を確かめて" in said(send(member, PAGE, **CHOSEN | {"phone": "でんわ"}), 409)
    assert points.all().count() == 1
    assert "電話番号を書いてください" in said(send(member, PAGE, **CHOSEN | {"channel": "call_list", "phone": ""}), 409)
    assert points.all().count() == 1
    send(member, PAGE, **CHOSEN | {"phone": ""})
    assert not points.all().exists()
