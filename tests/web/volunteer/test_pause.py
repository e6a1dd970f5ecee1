from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from tests.factories import NOW, ActivityFactory, RoleFactory, SlotFactory, UserFactory
from tests.web.conftest import BACKEND, said, send
from volunteers.models import Volunteer

PAGE = "/my/pause/"
UNTIL = NOW.date() + dt.timedelta(days=14)


def test_a_break_begins_with_one_button_and_ends_with_another(member: Client, volunteer: Volunteer) -> None:
    assert f'value="{UNTIL}"' in said(member.get(PAGE))
    assert send(member, PAGE, until=str(UNTIL))["Location"] == PAGE
    volunteer.refresh_from_db()
    assert volunteer.paused_until == UNTIL
    assert "お休み中です" in said(member.get(PAGE))
    assert PAGE in said(member.get("/my/suggestions/"))
    assert send(member, PAGE, back="1")["Location"] == "/my/suggestions/"
    volunteer.refresh_from_db()
    assert volunteer.paused_until is None


def test_who_is_back_finds_what_fits_at_once(member: Client, volunteer: Volunteer) -> None:
    liked = ActivityFactory()
    volunteer.interests.set([liked])
    SlotFactory(role=RoleFactory(title="駅前の花だん", activities=[liked], venue__town=volunteer.town))
    send(member, PAGE, until=str(UNTIL))
    assert "駅前の花だん" not in said(member.get("/my/suggestions/"))
    send(member, PAGE, back="1")
    assert "駅前の花だん" in said(member.get("/my/suggestions/"))


@pytest.mark.parametrize(
    ("until", "status", "says"),
    [("", 400, "日にちを入れてください"), ("x", 400, "2026-12-01"), ("2020-01-01", 409, "もう過ぎています")],
)
def test_a_day_that_cannot_be_is_named(
    member: Client, volunteer: Volunteer, until: str, status: int, says: str
) -> None:
    assert says in said(send(member, PAGE, until=until), status)
    volunteer.refresh_from_db()
    assert volunteer.paused_until is None


def test_a_form_sent_twice_acts_once(member: Client) -> None:
    first, second = (send(member, PAGE, once="k", until=str(UNTIL)) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert "画面が古くなっています" in said(send(member, PAGE, once="", until=str(UNTIL)), 409)


def test_without_a_profile_there_is_nothing_to_pause(client: Client) -> None:
    client.force_login(UserFactory(), backend=BACKEND)
    said(client.get(PAGE), 404)
