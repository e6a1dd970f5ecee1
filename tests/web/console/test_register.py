from __future__ import annotations

from typing import Any

import pytest

from accounts.models import Consent, User
from matching.models import Shortlist
from notifications.services.preferences import channels_for
from organisations.models import Town
from tests.factories import DeskMembershipFactory, TownFactory
from tests.web.conftest import said, send, signed_in
from volunteers.models import Volunteer
from web.texts import CONTACT_TEXT, TERMS, TERMS_HEARD_TEXT

NEW = "/console/people/new/"


@pytest.fixture
def town() -> Town:
    return TownFactory()


@pytest.fixture
def coordinator(town: Town) -> User:
    member: User = DeskMembershipFactory(desk__towns=[town]).user
    return member


def told(town: Town, **more: Any) -> dict[str, Any]:
    return {
        "name": "佐藤ハナ",
        "born_on_0": "1951",
        "born_on_1": "4",
        "born_on_2": "1",
        "town": town.pk,
        "travel_limit_km": "1.8",
        "where": "either",
        "party_size": "1",
        "wish": "花を育てたい",
        "free": ["5-morning"],
        "phone": "045-000-1234",
        "terms_read": "on",
        "contact_read": "on",
        **more,
    }


def test_somebody_without_email_is_registered_once_and_their_page_opens(coordinator: User, town: Town) -> None:
    client = signed_in(coordinator)
    answers = [send(client, NEW, once="a-key", **told(town, born_on_0="昭和２６")) for _twice in range(2)]
    made = Volunteer.objects.select_related("user").get()
    assert [answer.headers["Location"] for answer in answers] == [f"/console/people/{made.pk}/"] * 2
    assert (made.registered_by, made.user.email, made.availability.weekly[5] > 0) == (coordinator, None, True)
    assert made.born_on.year == 1951
    assert channels_for([made.user]) == {made.user.pk: "call_list"}
    assert Shortlist.objects.filter(pk=made.pk).exists()
    assert "佐藤ハナ" in said(client.get(f"/console/people/{made.pk}/"))


def test_the_words_to_be_read_stand_on_the_page_and_are_the_words_that_are_kept(coordinator: User, town: Town) -> None:
    client = signed_in(coordinator)
    page = said(client.get(NEW))
    assert all(str(line) in page for line in (*TERMS, TERMS_HEARD_TEXT, CONTACT_TEXT))
    send(client, NEW, **told(town))
    kept = dict(Consent.objects.filter(recorded_by=coordinator).values_list("kind", "text"))
    assert kept["contact"] == str(CONTACT_TEXT)
    assert kept["terms"].split("\n") == [str(line) for line in (*TERMS, TERMS_HEARD_TEXT)]


@pytest.mark.parametrize(
    ("more", "words", "status"),
    [
        ({"terms_read": ""}, "読み上げて", 409),
        ({"phone": ""}, "どちらかを聞いて", 409),
        ({"phone": "12"}, "電話番号を確かめて", 409),
        ({"name": ""}, "ここを書いてください", 400),
    ],
)
def test_what_lacks_is_said_and_nothing_typed_is_lost(
    coordinator: User, town: Town, more: dict[str, str], words: str, status: int
) -> None:
    page = said(send(signed_in(coordinator), NEW, **told(town, **more)), status)
    assert words in page
    assert "花を育てたい" in page
    assert not Volunteer.objects.exists()


def test_only_towns_of_ones_own_area_can_be_chosen(coordinator: User) -> None:
    elsewhere = TownFactory(name="よその町")
    assert "よその町" not in said(signed_in(coordinator).get(NEW))
    said(send(signed_in(coordinator), NEW, **told(elsewhere)), 400)
    assert not Volunteer.objects.exists()


def test_somebody_under_16_is_registered_and_the_page_says_what_is_waited_for(coordinator: User, town: Town) -> None:
    client = signed_in(coordinator)
    assert "16歳未満" in said(client.get(NEW))
    answer = send(client, NEW, **told(town, born_on_0="2014"))
    assert "保護者の同意書を待っています" in said(client.get(answer.headers["Location"]))
