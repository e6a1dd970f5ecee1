"""Japanese in easy words: chosen by the person alone, and Japanese in everything else."""

from __future__ import annotations

import datetime as dt

import pytest
from django.conf import settings
from django.test import Client
from django.utils.formats import date_format
from django.utils.translation import gettext, override

from accounts.models.user import EASY, Language
from organisations.publicity.flyer import data
from organisations.services.made_public import publishing
from tests.factories import NOW, ActivityFactory, RoleFactory, SlotFactory, at
from tests.web.conftest import said
from web.templatetags.headline import headline

pytestmark = pytest.mark.django_db
HARD, PLAIN = "募集をさがす", "活動をさがす"


def test_the_switch_shows_easy_words_in_what_is_still_japanese(client: Client) -> None:
    assert HARD in said(client.get("/"))
    page = said(client.post("/language/setlang/", {"language": EASY, "next": "/"}, follow=True))
    assert '<html lang="ja">' in page
    assert PLAIN in page
    assert HARD not in page
    assert 'value="ja" lang="ja"' in page
    assert 'value="en" lang="en"' in page
    assert f'value="{EASY}"' not in page


@pytest.mark.parametrize("asked", ["ja", "ja-JP,ja;q=0.9,en;q=0.1", "ja-Hira", "ja-x-easy", "fr", "*"])
def test_no_browser_chooses_it_by_itself(client: Client, asked: str) -> None:
    page = client.get("/", headers={"accept-language": asked})
    assert page["Content-Language"] == "ja"
    assert HARD in said(page)


def test_what_nobody_wrote_in_easy_words_is_said_as_ever() -> None:
    on = dt.date(2027, 3, 1)
    with override("ja"):
        usual = date_format(on), date_format(on, "l")
    with override(EASY):
        assert gettext("ちらし(PDF)を受け取る") == "ちらし(PDF)を受け取る"
        assert (date_format(on), date_format(on, "l")) == usual


def test_english_knows_nothing_of_it(client: Client) -> None:
    page = client.get("/", headers={"accept-language": "en"})
    assert page["Content-Language"] == "en"
    assert PLAIN not in said(page)
    assert Language.of_page() == Language.EN


def test_hosts_and_the_vocabulary_have_easy_names_of_their_own(client: Client) -> None:
    green, tea = ActivityFactory(ja="緑化", easy_ja="花（はな）の せわ"), ActivityFactory(ja="喫茶", easy_ja="")
    role = RoleFactory(title="花壇の手入れ", title_easy="花（はな）に 水（みず）を やる", activities=[green, tea])
    SlotFactory(role=role, starts_at=at(5, 9))
    client.cookies["django_language"] = EASY
    page = said(client.get(f"/roles/{role.pk}/"))
    assert f"<h1>{headline('花（はな）に 水（みず）を やる')}</h1>" in page
    assert '<p class="quiet">花壇の手入れ</p>' in page
    assert "<li>花（はな）の せわ</li>" in page
    assert "<li>喫茶</li>" in page
    with override(EASY):
        assert data(publishing.of_role(role, now=NOW))["language"] == "ja"


def test_it_is_one_of_the_languages_of_pages_and_of_no_letter() -> None:
    assert EASY in dict(settings.LANGUAGES)
    assert Language.values == ["ja", "en"]
