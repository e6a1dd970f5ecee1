"""What the service says of itself, and that it says it where people look."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.services.retention import Rule
from matching.services.retention import KEPT
from tests.factories import SupportDeskFactory
from web.texts import CONTACT_TEXT, TERMS

PAGES = ["/about/", "/privacy/", "/accessibility/", "/terms/"]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_each_page_is_linked_from_the_foot_and_ends_with_a_desk(client: Client, path: str, language: str) -> None:
    desk = SupportDeskFactory(organisation__phone="045-000-1234")
    headers = {"accept-language": language}
    assert f'href="{path}"' in client.get("/", headers=headers).content.decode()
    page = client.get(path, headers=headers)
    assert page.status_code == 200
    assert f'<html lang="{language}">' in page.content.decode()
    assert desk.organisation.phone in page.content.decode()


def test_the_words_people_agree_to_are_shown_in_full(client: Client) -> None:
    assert str(CONTACT_TEXT) in client.get("/privacy/").content.decode()
    page = client.get("/terms/").content.decode()
    assert [sentence for sentence in TERMS if str(sentence) not in page] == []


def how_long(rule: Rule) -> str:
    if not rule.keeps:
        return "それぞれの期限まで"
    return f"{rule.keeps.days // 365}年" if rule.keeps.days % 365 == 0 else f"{rule.keeps.days}日"


def test_how_long_what_is_kept_is_what_the_nightly_task_goes_by(client: Client) -> None:
    page = client.get("/privacy/").content.decode()
    said = [f"{rule.what}: {how_long(rule)}" for rule in KEPT]
    assert [sentence for sentence in said if sentence not in page] == []
