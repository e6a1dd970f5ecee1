"""Joining one's company's team by the words it handed out."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client

from accounts.models import Consent
from organisations.models import Hold
from tests.factories import NOW, SlotFactory, TeamFactory, UserFactory, VolunteerFactory, at
from tests.web.conftest import said, send, signed_in
from volunteers.models import Placement, Volunteer
from volunteers.services.teams import team_places
from web.volunteer import team_codes
from web.volunteer.team import NAME_TEXT


@pytest.fixture
def kept() -> Hold:
    slot = SlotFactory(capacity=6, role__takes_groups=True, role__title="公園の草取り")
    team = TeamFactory(size=2, code="A3CD-4EFG", organisation__name="さくら製作所")
    return team_places.hold(team=team, slot=slot, places=2, until=at(3, 9), now=NOW, actor=None)


def test_from_the_words_to_the_place(member: Client, volunteer: Volunteer, kept: Hold) -> None:
    assert "参加のことば" in said(member.get("/team/"))
    assert "見つかりませんでした" in said(send(member, "/team/", code="B3CD-4EFG"), 400)
    assert send(member, "/team/", code="a3cd4efg")["Location"] == "/team/A3CD-4EFG/"
    page = said(member.get("/team/A3CD-4EFG/"))
    assert "さくら製作所のチーム" in page
    assert "あと2人" in page
    ask = f"/team/A3CD-4EFG/{kept.pk}/"
    assert str(NAME_TEXT) in said(member.get(ask))
    assert send(member, ask)["Location"] == "/my/places/"
    placement = Placement.objects.get(volunteer=volunteer)
    assert (placement.hold, placement.is_named) == (kept, False)
    assert "参加が決まっています" in said(member.get("/team/A3CD-4EFG/"))
    assert "会社に名前を伝えるかどうか" in said(member.get("/my/places/"))


def test_the_company_hears_a_name_only_as_long_as_one_likes(member: Client, volunteer: Volunteer, kept: Hold) -> None:
    send(member, f"/team/A3CD-4EFG/{kept.pk}/", is_named="on")
    placement = Placement.objects.get(volunteer=volunteer)
    consent = Consent.objects.get(user=volunteer.user, kind="team_name")
    assert (placement.is_named, consent.text) == (True, str(NAME_TEXT))
    path = f"/my/places/{placement.pk}/name/"
    assert "checked" in said(member.get(path))
    send(member, path)
    placement.refresh_from_db()
    consent.refresh_from_db()
    assert not placement.is_named
    assert consent.withdrawn_at is not None


def test_what_is_refused_is_said(member: Client, kept: Hold) -> None:
    for person in (VolunteerFactory(), VolunteerFactory()):
        team_places.join(volunteer=person, hold=kept, is_named=False, text="", now=NOW, actor=None)
    assert "もうありません" in said(send(member, f"/team/A3CD-4EFG/{kept.pk}/"), 409)
    assert "うまりました" in said(member.get("/team/A3CD-4EFG/"))


def test_words_that_nobody_handed_out_open_nothing(member: Client, kept: Hold) -> None:
    assert member.get("/team/B3CD-4EFG/").status_code == 404
    assert member.get(f"/team/B3CD-4EFG/{kept.pk}/").status_code == 404
    other = TeamFactory(code="C3CD-4EFG")
    assert member.get(f"/team/{other.code}/{kept.pk}/").status_code == 404
    assert "とってある場所はありません" in said(member.get(f"/team/{other.code}/"))


def test_whoever_guesses_waits_and_nobody_else(member: Client, kept: Hold) -> None:
    for _nth in range(team_codes.WRONG_PER_HOUR // 2):
        assert member.get("/team/B3CD-4EFG/").status_code == 404
        said(send(member, "/team/", code="B3CD-4EFG"), 400)
    later = "11:01を過ぎたら"
    for page in ("/team/A3CD-4EFG/", f"/team/A3CD-4EFG/{kept.pk}/", "/team/B3CD-4EFG/"):
        blocked = said(member.get(page), 429)
        assert later in blocked
        assert "チームを開けませんでした" in blocked
        assert "まだ保存していません" not in blocked
    assert later in said(send(member, "/team/", code="A3CD-4EFG"), 400)
    assert "A3CD-4EFG" in send(signed_in(UserFactory()), "/team/", code="A3CD-4EFG")["Location"]
    with time_machine.travel(at(0, 11, 1), tick=True):
        assert "さくら製作所のチーム" in said(member.get("/team/A3CD-4EFG/"))


def test_who_knows_the_words_may_come_again_and_again(member: Client, kept: Hold) -> None:
    for _nth in range(team_codes.WRONG_PER_HOUR + 1):
        assert member.get("/team/A3CD-4EFG/").status_code == 200


def test_without_a_profile_one_hears_what_is_missing(kept: Hold) -> None:
    page = said(signed_in(UserFactory()).get(f"/team/A3CD-4EFG/{kept.pk}/"))
    assert "参加します" not in page
