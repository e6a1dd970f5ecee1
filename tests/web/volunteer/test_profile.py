from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from accounts.models import Consent, User
from accounts.models.consent import ConsentKind
from accounts.services import consents
from tests.factories import NOW, AccessFeatureFactory, ActivityFactory, SkillFactory, TownFactory, UserFactory, at
from tests.web.conftest import BACKEND, said, send
from volunteers.models import Availability, Volunteer
from volunteers.services.people import availability, profiles
from volunteers.services.people.availability import bits
from web.texts import CONTACT_TEXT

PAGE = "/my/profile/"


def answers(**changed: Any) -> dict[str, Any]:
    return {
        "name": "花子",
        "born_on_0": "1951",
        "born_on_1": "4",
        "born_on_2": "1",
        "travel_limit_km": "1.8",
        "where": "either",
        "party_size": "1",
        "language": "ja",
        "wish": "土いじりがしたい",
        **changed,
    }


@pytest.fixture
def newcomer(client: Client) -> Client:
    client.force_login(UserFactory(name=""), backend=BACKEND)
    return client


def test_a_new_profile_is_kept_with_all_its_parts(newcomer: Client) -> None:
    town, liked, skill, need = TownFactory(), ActivityFactory(), SkillFactory(), AccessFeatureFactory()
    page = said(newcomer.get(PAGE))
    assert town.name in page
    assert str(CONTACT_TEXT) in page
    response = send(
        newcomer,
        PAGE,
        **answers(
            town=town.pk, interests=liked.pk, skills=skill.pk, access_needs=need.pk, free="5-morning", consent="on"
        ),
    )
    assert response["Location"] == "/my/suggestions/", response.content.decode()
    kept = Volunteer.objects.get()
    assert (kept.user.name, str(kept.born_on), kept.town, kept.wish) == ("花子", "1951-04-01", town, "土いじりがしたい")
    assert [list(each.all()) for each in (kept.interests, kept.skills, kept.access_needs)] == [[liked], [skill], [need]]
    assert Availability.objects.get().weekly == [0, 0, 0, 0, 0, bits(9 * 60, 12 * 60), 0]
    consent = Consent.objects.get()
    assert (consent.kind, consent.text) == (ConsentKind.CONTACT, str(CONTACT_TEXT))


def test_saving_unchanged_keeps_the_finer_half_hours(member: Client, volunteer: Volunteer) -> None:
    fine = bits(6 * 60 + 30, 7 * 60) | bits(22 * 60, 23 * 60)
    availability.set_weekly(volunteer=volunteer, weekly=[fine, 0, 0, 0, 0, 0, 0], now=NOW, actor=None)
    assert "一部" in said(member.get(PAGE))
    response = send(member, PAGE, **answers(town=volunteer.town_id, free=["0-early", "1-evening"]))
    assert response.status_code == 302
    assert Availability.objects.get().weekly == [fine, bits(17 * 60, 21 * 60), 0, 0, 0, 0, 0]


def test_an_odd_travel_limit_stays_to_be_kept(member: Client, volunteer: Volunteer) -> None:
    assert volunteer.travel_limit_km == 2.0
    assert 'value="2.0"' in said(member.get(PAGE))
    send(member, PAGE, **answers(town=volunteer.town_id, travel_limit_km="2.0"))
    assert Volunteer.objects.get().travel_limit_km == 2.0


def test_consent_is_taken_back_and_not_given_twice(member: Client, volunteer: Volunteer) -> None:
    send(member, PAGE, **answers(town=volunteer.town_id, consent="on"))
    assert Consent.objects.count() == 1
    send(member, PAGE, **answers(town=volunteer.town_id))
    assert not consents.holds(user=volunteer.user, kind=ConsentKind.CONTACT, on=NOW.date())


def test_home_only(member: Client, volunteer: Volunteer) -> None:
    send(member, PAGE, **answers(town=volunteer.town_id, where="from_home"))
    kept = Volunteer.objects.get()
    assert kept.is_home_only
    assert kept.takes_online


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"name": ""}, "ここを書いてください"),
        ({"name": "は\x00な"}, "読めない文字"),
        ({"wish": "は\ufffdな"}, "読めない文字"),
        ({"wish": "あ" * 1001}, "1000文字まで"),
        ({"town": "99999999999999999999"}, "その町は見つかりませんでした"),
        ({"town": ""}, "町をえらんでください"),
        ({"born_on_1": "13"}, "その日付はありません"),
        ({"born_on_0": "昭和"}, "その日付はありません"),
        ({"born_on_2": ""}, "年・月・日とも"),
        ({"travel_limit_km": "nan"}, "一覧からえらんでください"),
        ({"interests": "x"}, "もう一度えらんでください"),
        ({"interests": "99999999999999999999"}, "もう一度えらんでください"),
        ({"free": "7-morning"}, "もう一度えらんでください"),
        ({"language": "xx"}, "一覧からえらんでください"),
    ],
)
def test_bad_answers_are_named_and_nothing_typed_is_lost(newcomer: Client, changed: dict[str, str], says: str) -> None:
    town = TownFactory()
    page = said(send(newcomer, PAGE, **answers(**{"town": town.pk, **changed})), 400)
    assert says in page
    assert changed.get("wish", "土いじりがしたい") in page
    assert not Volunteer.objects.exists()


def test_the_keys_of_a_telephone_can_write_an_era(newcomer: Client) -> None:
    parts = re.findall(r'<input[^>]*name="born_on_\d"[^>]*>', said(newcomer.get(PAGE)))
    assert [re.findall(r'inputmode="(\w+)"', part) for part in parts] == [["text"], ["numeric"], ["numeric"]]


def test_full_width_numbers_are_numbers(newcomer: Client) -> None:
    send(newcomer, PAGE, **answers(town=TownFactory().pk, born_on_0="昭和２６", born_on_1="４"))
    assert str(Volunteer.objects.get().born_on) == "1951-04-01"


def test_what_the_domain_refuses_stands_at_its_question(newcomer: Client) -> None:
    far = TownFactory(lat=None, lng=None)
    page = said(send(newcomer, PAGE, **answers(town=far.pk)), 409)
    assert 'href="#id_town"' in page
    later = send(newcomer, PAGE, **answers(town=TownFactory().pk, born_on_0="2030"))
    assert "生年月日を確かめてください" in said(later, 409)
    assert not Volunteer.objects.exists()
    assert User.objects.get().name == ""


def test_a_stale_form_overwrites_nothing(member: Client, volunteer: Volunteer) -> None:
    seen_at = volunteer.changed_at.isoformat()
    profiles.change(volunteer=volunteer, now=at(0, 11), actor=None, wish="あたらしい")
    page = said(send(member, PAGE, seen_at=seen_at, **answers(town=volunteer.town_id)), 409)
    assert "別の画面で「あなたのこと」が変わっています" in page
    assert "土いじりがしたい" in page
    assert Volunteer.objects.get().wish == "あたらしい"


def test_a_garbled_time_stamp_is_a_stale_form(member: Client, volunteer: Volunteer) -> None:
    for garbled in ("2027-99-99T00:00", "x", "2027-03-01T00:00"):
        said(send(member, PAGE, seen_at=garbled, **answers(town=volunteer.town_id)), 409)


def test_how_many_come_and_what_is_avoided_are_kept(member: Client, volunteer: Volunteer) -> None:
    avoided = ActivityFactory(ja="力仕事")
    assert "力仕事" in said(member.get(PAGE))
    sent = answers(town=volunteer.town_id, avoids=avoided.pk, party_size="２")
    assert send(member, PAGE, **sent).status_code == 302
    volunteer.refresh_from_db()
    assert (volunteer.party_size, list(volunteer.avoids.all())) == (2, [avoided])
    assert 'name="party_size" value="2"' in said(member.get(PAGE))


@pytest.mark.parametrize(("party", "status"), [("", 400), ("x", 400), ("0", 409), ("101", 409)])
def test_a_party_that_cannot_be_is_named(member: Client, volunteer: Volunteer, party: str, status: int) -> None:
    page = said(send(member, PAGE, **answers(town=volunteer.town_id, party_size=party)), status)
    assert 'href="#id_party_size"' in page


def test_the_pages_speak_the_language_that_was_chosen(member: Client, volunteer: Volunteer) -> None:
    send(member, PAGE, **answers(town=volunteer.town_id, language="en"))
    assert '<html lang="en">' in said(member.get(PAGE))
