from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from django.test import Client
from icalendar import Calendar

from accounts.models import IdempotencyKey
from notifications.models import ActionLink
from tests.factories import PlacementFactory, SlotFactory, UserFactory
from tests.web.conftest import said, send, signed_in
from volunteers.models import Volunteer

PAGE = "/my/calendar/feed/"


def made(member: Client, **answers: str) -> str:
    """The path that the page shows after the button."""
    page = said(send(member, PAGE, make="1", **answers))
    [address] = re.findall(r'readonly value="([^"]+)"', page)
    assert f'href="webcal:{address.partition(":")[2]}"' in page
    return str(urlsplit(address).path)


def test_the_address_works_without_signing_in_and_leaves_no_cookie(member: Client, volunteer: Volunteer) -> None:
    PlacementFactory(volunteer=volunteer, slot=SlotFactory(role__title="駅前の花だん"))
    answer = Client().get(made(member))
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]
    assert not answer.cookies
    [event] = Calendar.from_ical(answer.content).events
    assert event["SUMMARY"] == "駅前の花だん"


def test_the_address_is_shown_once_and_kept_nowhere(member: Client) -> None:
    assert "リンクを作る" in said(member.get(PAGE))
    path = made(member)
    token = path.rsplit("/", 1)[1].removesuffix(".ics")
    page = said(member.get(PAGE))
    assert token not in page
    assert "リンクを新しくする" in page
    assert token not in str([vars(row) for model in (ActionLink, IdempotencyKey) for row in model.objects.all()])


def test_a_double_tap_makes_one_address(member: Client) -> None:
    path = made(member, once="k")
    assert send(member, PAGE, make="1", once="k")["Location"] == PAGE
    assert Client().get(path).status_code == 200
    assert ActionLink.objects.count() == 1


def test_every_wrong_address_gets_the_same_answer(member: Client, volunteer: Volunteer) -> None:
    old = made(member)
    new = made(member)
    send(member, PAGE, stop="1")
    answers = [Client().get(path) for path in (old, new, "/calendar/x.ics", "/calendar/あ.ics")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert [answer for answer in answers if answer.cookies] == []


def test_who_left_has_no_calendar_any_more(member: Client, volunteer: Volunteer) -> None:
    path = made(member)
    volunteer.user.is_active = False
    volunteer.user.save()
    unknown = Client().get("/calendar/unknown.ics")
    assert (Client().get(path).status_code, Client().get(path).content) == (404, unknown.content)


def test_the_address_opens_nothing_else(member: Client) -> None:
    token = made(member).rsplit("/", 1)[1].removesuffix(".ics")
    assert Client().get(f"/l/{token}/").status_code == 404


def test_a_form_without_a_key_does_nothing(member: Client) -> None:
    assert send(member, PAGE, make="1", once="").status_code == 409
    assert not ActionLink.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_has_no_profile_has_no_calendar(method: str) -> None:
    assert getattr(signed_in(UserFactory()), method)(PAGE).status_code == 404
