"""Every page that can be looked at: what holds of all of them, however many there will be."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.core.paginator import Page as Paged
from django.db import connection
from django.db.models import Model, QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from organisations.models import Activity, District, SupportDesk
from tests.factories import NOW
from tests.web.conftest import signed_in
from tests.web.objects import LISTS, OBJECTS, Target
from tests.web.routes import Route, ours
from tests.web.world import KINDS, Whose, World
from web.permissions import may

HEAVIEST = 150 * 1024
MOST_QUERIES = 12
# Pages that tell of many things at once. Another is looked at before it stands here, and a number only ever falls.
MORE_QUERIES = {
    "console:another_day": 19,  # reads the words of whoever could come
    "console:person": 22,
    "console:change_person": 17,
    **dict.fromkeys(["public:role", "public:meeting_sheet"], 14),
    **dict.fromkeys(["console:role", "console:change_need", "organisation:role", "organisation:who"], 13),
}
# Who has more of these has no more people or activities.
BOUNDED = (Activity, District, SupportDesk)
# Mail programs post it without cookies; the secret is in its address.
LINK = "volunteer:link"
# The sign-in's own, or doing it twice is doing it once.
NEED_NO_KEY = re.compile(
    r"^/console/people/$|^/accounts/|^/language/|^/my/notices/.+/read/$|^/my/(close|record/certificate\.pdf)/?$"
)
PAGES = [route.name for route in ours() if "GET" in route.rules and not route.is_api]
NOT_WEIGHED = "vendor/leaflet"


@pytest.fixture
def world(world_of_the_file: World, db: None) -> Iterator[World]:
    cache.clear()
    with time_machine.travel(NOW, tick=True):
        yield world_of_the_file


class Page(HTMLParser):
    """What of a page is checked."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inline: list[str] = []
        self._open = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open = tag if tag in {"script", "style"} and not dict(attrs).get("src") else ""

    def handle_data(self, data: str) -> None:
        is_data = self._open == "script" and self.tags[-1][1].get("type") in {"application/json", "application/ld+json"}
        if self._open and data.strip() and not is_data:
            self.inline.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._open = "" if tag == self._open else self._open

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]

    def posts(self) -> Iterator[tuple[str, set[str | None]]]:
        """(Where it goes, the names of its fields) of every form that acts."""
        names: set[str | None] = set()
        for tag, attributes in self.tags:
            if tag == "form":
                names = set()
                if str(attributes.get("method")).lower() == "post":
                    yield str(attributes.get("action") or ""), names
            elif tag == "input":
                names.add(attributes.get("name"))


def address(route: Route, world: World, kind: str) -> tuple[str, object]:
    target = OBJECTS[route.name](world.side(kind, Whose.OWN)) if route.converters else Target({})
    return reverse(route.name, kwargs=target.kwargs), target.row


def opened(name: str, world: World) -> tuple[Any, int]:
    """The page as the first kind of person sees it who finds more there than the way to another; what it asked for."""
    route = next(one for one in ours() if one.name == name)
    for kind in (*KINDS[1:], KINDS[0]):
        user = world.people[kind]
        path, row = address(route, world, kind)
        if may(user, route.rules["GET"]) and may(user, route.rules["GET"], row):
            client = signed_in(user) if isinstance(user, User) else Client()
            with CaptureQueriesContext(connection) as queries:
                answer = client.get(path)
            if answer.status_code == 200:
                break
    return answer, len(queries)


def is_of_rows(value: object) -> bool:
    """Whether what a page is given grows with what people write."""
    if isinstance(value, Paged):
        return True
    first = (
        value.model if isinstance(value, QuerySet) else type(value[0]) if isinstance(value, list) and value else None
    )
    return first is not None and issubclass(first, Model) and not issubclass(first, BOUNDED)


def lists_in(answer: Any) -> set[str]:
    found = [each for context in answer.context or [] for each in context.flatten().items()]
    return {name for name, value in found if is_of_rows(value)}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_whole_and_light_and_keeps_to_the_content_policy(world: World, name: str) -> None:
    answer, queries = opened(name, world)
    assert queries <= MORE_QUERIES.get(name, MOST_QUERIES)
    route = next(one for one in ours() if one.name == name)
    if not may(AnonymousUser(), route.rules["GET"]):
        assert "no-store" in answer["Cache-Control"]
    if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
        assert answer.status_code in {200, 302}
        return
    page = Page(answer.content.decode())
    is_a_list = ":" in name and not route.converters and lists_in(answer)
    assert name in LISTS or not is_a_list, "has no entry that lets it grow"
    assert len(page.all("h1")) == 1
    assert page.all("title")
    assert page.all("html")[0]["lang"] in {"ja", "en"}
    assert page.inline == []
    assert [tag for tag, found in page.tags if any(key == "style" or key.startswith("on") for key in found)] == []
    for goes_to, names in list(page.posts()):
        if name == LINK and goes_to == "":
            continue
        assert "csrfmiddlewaretoken" in names, goes_to
        assert "once" in names or _needs_no_key(goes_to, name), goes_to
    assert weight(answer.content, page) <= HEAVIEST


def _needs_no_key(goes_to: str, name: str) -> bool:
    if goes_to == "":
        return name.startswith("account_")
    return NEED_NO_KEY.match(goes_to) is not None


def weight(html: bytes, page: Page) -> int:
    """Bytes on the way: the page with its styles and scripts, without the map's library."""
    files = [found["href"] for found in page.all("link") if found.get("rel") == "stylesheet"]
    files += [found["src"] for found in page.all("script") if found.get("src")]
    ours_ = [str(name).removeprefix("/static/") for name in files]
    contents = [Path(str(finders.find(name))).read_bytes() for name in ours_ if not name.startswith(NOT_WEIGHED)]
    return sum(len(gzip.compress(content)) for content in [html, *contents])


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize("name", LISTS)
def test_a_list_takes_few_queries_however_long(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries, name: str, count: int
) -> None:
    kind, grow = LISTS[name]
    grow(world.side(kind, Whose.OWN), count)
    user: Any = world.people[kind]
    client = signed_in(user) if isinstance(user, User) else Client()
    for _visit in ("first", "second"):
        with django_assert_max_num_queries(MOST_QUERIES):
            assert client.get(reverse(name)).status_code == 200
