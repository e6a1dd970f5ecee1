"""Readings come to Japanese pages where the cookie asks for them, and to nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as site
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import Client, RequestFactory
from pytest_django import Settings

from tests.factories import OrganisationFactory, RoleFactory, TownFactory
from web.furigana import names
from web.furigana.middleware import FuriganaMiddleware

ENGLISH = {"accept-language": "en"}
PAGE = '<html lang="ja"><body><p>花</p></body></html>'


@pytest.fixture(autouse=True)
def _names_as_they_are(db: None) -> Iterator[None]:
    names.known.cache_clear()
    yield
    names.known.cache_clear()


@pytest.fixture
def reading(client: Client) -> Client:
    client.cookies["furigana"] = "on"
    return client


def shown(client: Client, path: str, **headers: str) -> str:
    return client.get(path, headers=headers).content.decode()


def turned(client: Client, value: str, page: str) -> Any:
    return client.post("/furigana/", {"furigana": value, "next": page})


def test_the_switch_leads_back_and_is_remembered_for_a_year(client: Client) -> None:
    assert 'value="on"' in shown(client, "/about/")
    answer = turned(client, "on", "/about/?a=1")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/about/?a=1")
    cookie = answer.cookies["furigana"]
    assert (cookie["samesite"], cookie["path"], cookie["httponly"]) == ("Lax", "/", True)
    assert cookie["max-age"] == 365 * 24 * 60 * 60
    assert "<rt>" in shown(client, "/about/")
    assert 'value="off"' in shown(client, "/about/")
    turned(client, "off", "/about/")
    assert "<rt>" not in shown(client, "/about/")


@pytest.mark.parametrize("page", ["", "//elsewhere.example/", "https://elsewhere.example/", "javascript:alert(1)"])
def test_the_switch_leads_nowhere_else(client: Client, page: str) -> None:
    assert turned(client, "on", page).headers["Location"] == "/"


def test_an_english_page_has_neither_switch_nor_readings(reading: Client) -> None:
    role = RoleFactory(title="花の水やり")
    page = shown(reading, f"/roles/{role.pk}/", **ENGLISH)
    assert "花の水やり" in page
    assert 'name="furigana"' not in page
    assert "<rt>" not in page


def test_a_page_in_easy_japanese_has_them_too(reading: Client) -> None:
    reading.cookies[site.LANGUAGE_COOKIE_NAME] = "ja-simple"
    page = shown(reading, "/about/")
    assert 'name="furigana"' in page
    assert "<rt>" in page


def test_names_are_read_as_it_is_stored_beside_them(reading: Client) -> None:
    town = TownFactory(name="上川井町", kana="かみかわいちょう")
    found = OrganisationFactory(town=town, name="東雲会", kana="しののめかい")
    page = shown(reading, f"/organisations/{found.pk}/")
    assert "<rt>しののめかい</rt>" in page
    assert "<rt>かみかわいちょう</rt>" in page


def test_a_page_that_is_not_there_and_a_form_with_mistakes_are_read_too(reading: Client) -> None:
    for answer in (reading.get("/no/such/page/"), reading.get("/roles/?within=x")):
        assert answer.status_code in {400, 404}
        assert b"<rt>" in answer.content
        assert answer.headers["Content-Length"] == str(len(answer.content))
        assert "Cookie" in answer.headers["Vary"]


def test_without_a_dictionary_there_is_no_switch_and_every_page_is_as_ever(reading: Client, settings: Settings) -> None:
    settings.FURIGANA_DICTIONARY = "no-such-edition"
    page = shown(reading, "/accessibility/")
    assert 'name="furigana"' not in page
    assert "ふりがな" not in page
    assert "<rt>" not in page


def test_it_stands_next_to_the_pages() -> None:
    assert site.MIDDLEWARE[-1] == "web.furigana.middleware.FuriganaMiddleware"


def through(answer: HttpResponseBase, cookie: str = "on") -> HttpResponseBase:
    request = RequestFactory().get("/", headers={"cookie": f"furigana={cookie}"})
    request.resolver_match = None
    return FuriganaMiddleware(lambda _request: answer)(request)


def test_what_was_said_of_the_page_without_readings_is_not_said_of_the_other() -> None:
    headers = {"ETag": '"a"', "Content-Length": str(len(PAGE.encode())), "Vary": "Accept-Language"}
    plain, read = (through(HttpResponse(PAGE, headers=headers), cookie) for cookie in ("off", "on"))
    assert isinstance(plain, HttpResponse)
    assert isinstance(read, HttpResponse)
    assert (plain.content.decode(), plain.headers["ETag"]) == (PAGE, '"a"')
    assert "<rt>はな</rt>" in read.content.decode()
    assert "ETag" not in read.headers
    assert read.headers["Content-Length"] == str(len(read.content))
    assert plain.headers["Vary"] == read.headers["Vary"] == "Accept-Language, Cookie"


@pytest.mark.parametrize(
    "answer",
    [
        HttpResponse("花", content_type="text/plain"),
        HttpResponse(b"\x1f\x8b", headers={"Content-Encoding": "gzip"}),
        StreamingHttpResponse([PAGE.encode()]),
        FileResponse([PAGE.encode()]),
    ],
    ids=["text", "packed", "stream", "file"],
)
def test_what_is_no_page_passes(answer: HttpResponseBase) -> None:
    before = answer.getvalue() if isinstance(answer, HttpResponse) else b""
    passed = through(answer)
    assert passed is answer
    assert "Vary" not in passed.headers
    assert not isinstance(answer, HttpResponse) or answer.content == before
