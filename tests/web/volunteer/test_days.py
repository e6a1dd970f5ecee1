from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from tests.factories import NOW, UserFactory
from tests.web.conftest import BACKEND, said, send
from volunteers.models import AvailabilityException, Volunteer
from volunteers.services.people import availability
from volunteers.services.people.availability import bits

PAGE = "/my/profile/days/"
DAY = NOW.date() + dt.timedelta(days=9)
NOTHING = {"on": str(DAY), "how": "nothing"}


def _kept(volunteer: Volunteer) -> list[tuple[dt.date, int]]:
    return list(volunteer.availability_exceptions.values_list("on", "free"))


def test_a_day_is_written_and_shown_beside_the_usual(member: Client, volunteer: Volunteer) -> None:
    weekly = [bits(600, 720) if day == DAY.weekday() else 0 for day in range(7)]
    availability.set_weekly(volunteer=volunteer, weekly=weekly, now=NOW, actor=None)
    answer = send(member, PAGE, on=str(DAY), how="some", parts=["morning", "evening"])
    assert answer["Location"] == PAGE
    assert _kept(volunteer) == [(DAY, bits(540, 720) | bits(1020, 1260))]
    page = said(member.get(PAGE))
    assert "9:00〜12:00、17:00〜21:00だけ、空いています" in page
    assert "いつもは 10:00〜12:00" in page


def test_the_same_day_once_more_replaces_it(member: Client, volunteer: Volunteer) -> None:
    availability.set_weekly(volunteer=volunteer, weekly=[0] * 7, now=NOW, actor=None)
    send(member, PAGE, on=str(DAY), how="some", parts=["morning"])
    send(member, PAGE, **NOTHING)
    assert _kept(volunteer) == [(DAY, 0)]
    page = said(member.get(PAGE))
    assert "一日じゅう、都合がつきません。" in page
    assert "いつもは、空いている時間がない曜日です" in page


def test_the_button_beside_a_day_brings_the_usual_back(member: Client, volunteer: Volunteer) -> None:
    send(member, PAGE, **NOTHING)
    assert send(member, PAGE, on=str(DAY), how="usual")["Location"] == PAGE
    assert _kept(volunteer) == []
    assert "書いてある日" not in said(member.get(PAGE))


def test_days_gone_by_are_not_shown(member: Client, volunteer: Volunteer) -> None:
    for days in (-1, 0):
        on = NOW.date() + dt.timedelta(days=days)
        AvailabilityException.objects.create(volunteer=volunteer, on=on, free=0)
    assert said(member.get(PAGE)).count("いつもどおりに戻す") == 1


@pytest.mark.parametrize(
    ("answers", "status", "says"),
    [
        ({"on": "", "how": "nothing"}, 400, "日にちを入れてください"),
        ({"on": "2020-01-01", "how": "nothing"}, 409, "もう過ぎた日です"),
        ({"on": str(DAY)}, 400, "1つえらんでください"),
        ({"on": str(DAY), "how": "some"}, 400, "1つは印をつけてください"),
        ({"on": str(DAY), "how": "nothing", "parts": ["early"]}, 400, "時間の印をはずしてください"),
        ({"on": str(DAY), "how": "some", "parts": ["night"]}, 400, "一覧からえらんでください"),
    ],
)
def test_what_cannot_be_kept_is_named(
    member: Client, volunteer: Volunteer, answers: dict[str, Any], status: int, says: str
) -> None:
    assert says in said(send(member, PAGE, **answers), status)
    assert _kept(volunteer) == []


def test_the_profile_leads_here(member: Client) -> None:
    assert f'href="{PAGE}"' in said(member.get("/my/profile/"))


def test_without_a_profile_there_are_no_days(client: Client) -> None:
    client.force_login(UserFactory(), backend=BACKEND)
    said(client.get(PAGE), 404)
