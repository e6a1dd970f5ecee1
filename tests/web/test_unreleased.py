"""Until a coordinator has looked, a host sees the same bytes with and without the question of somebody under 16."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from notifications.models import Notification
from organisations.models import Slot
from tests.factories import NOW, ApplicationFactory, JuniorFactory
from tests.web.conftest import send, signed_in, without_keys
from tests.web.objects import OBJECTS, Target
from tests.web.routes import ours
from tests.web.world import Side, Whose, World
from volunteers.models import Application
from volunteers.services.taking_part import applications, clock, joining
from web.permissions import may

# New each time a form is shown, or a calendar's file is written.
RECEIVED = "/api/v1/organisation/applications/"
OF_A_ROLE = {"public:role", "public:slot_calendar", "api:role"}
NEW_TIME = {"day": "2027-03-12", "begins": "9:30", "ends": "11:00"}


@pytest.fixture
def world(world_of_the_file: World, db: None) -> Iterator[World]:
    with time_machine.travel(NOW, tick=False):
        yield world_of_the_file


@pytest.fixture
def host(world: World) -> User:
    user = world.people["host"]
    assert isinstance(user, User)
    return user


@pytest.fixture
def side(world: World) -> Side:
    return world.side("host", Whose.OWN)


def plain(answer: Any) -> tuple[int, str, bytes]:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer.status_code, answer.headers.get("Location", ""), without_keys(content)


def undone(act: Callable[[], Any]) -> Any:
    """What *act* returns; whatever it did is taken back."""
    cache.clear()
    with transaction.atomic():
        found = act()
        transaction.set_rollback(True)
    return found


def addresses(host: User, side: Side) -> dict[str, str]:
    """Where every page and answer of the API is about a host's own things, and what everybody sees of them."""
    found = {}
    for route in ours():
        rule = route.rules.get("GET")
        if rule is None or not may(host, rule) or (may(AnonymousUser(), rule) and route.name not in OF_A_ROLE):
            continue
        if route.name.startswith("mfa_"):  # of one's own devices, with a new challenge each time
            continue
        target = OBJECTS[route.name](side) if route.converters else Target({})
        found[route.name] = reverse(route.name, kwargs=target.kwargs)
    return found


def pages(host: User, paths: dict[str, str]) -> dict[str, Any]:
    return {name: undone(lambda path=path: plain(signed_in(host).get(path))) for name, path in paths.items()}  # type: ignore[misc]


def people_after(host: User, slot: Slot, act: Callable[[Client], Any]) -> Any:
    """What an act answers, and the page of the people after it, with what is said on top."""

    def both() -> Any:
        client = signed_in(host)
        return plain(act(client)), plain(client.get(f"/organisation/roles/{slot.role_id}/people/"))

    return undone(both)


def acts(host: User, side: Side) -> dict[str, Any]:
    """What a host can do to a time that somebody young asked for, and to somebody else who asked for it."""
    slot, asked = side.posted.asked_slot, side.taking.application
    forms: dict[str, tuple[str, dict[str, str]]] = {
        "move": (f"/organisation/slots/{slot.pk}/move/", NEW_TIME),
        "cancel": (f"/organisation/slots/{slot.pk}/cancel/", {}),
        "accept": (f"/organisation/applications/{asked.public_id}/accept/", {}),
        "decline": (f"/organisation/applications/{asked.public_id}/decline/", {"ready": "full"}),
    }
    return {
        name: people_after(host, slot, lambda client, path=path, form=form: send(client, path, once="same", **form))  # type: ignore[misc]
        for name, (path, form) in forms.items()
    }


def letters(host: User) -> Any:
    """What is written to the host while nobody answers for three weeks."""

    def three_weeks() -> Any:
        for day in range(21):
            clock.tick(now=NOW + timedelta(days=day, hours=1))
        told = Notification.objects.filter(user=host).order_by("created_at", "dedupe_key")
        return list(told.values_list("kind", "title", "body", "url", "created_at", "about", "dedupe_key"))

    return undone(three_weeks)


def everything(host: User, side: Side, paths: dict[str, str]) -> dict[str, Any]:
    return {**pages(host, paths), **acts(host, side), "letters": letters(host)}


def test_a_host_hears_of_somebody_young_only_after_the_release(host: User, side: Side) -> None:
    Slot.objects.filter(role=side.posted.role).update(ends_at=NOW + timedelta(days=60))
    young = JuniorFactory(user__name="わかいひと")
    paths = addresses(host, side)
    before = everything(host, side, paths)
    assert {"organisation:people", "organisation:roster", "api:received", "public:role"} <= set(before)
    assert "application_reminder" in {kind for kind, *_rest in before["letters"]}
    slot = side.posted.asked_slot
    application = joining.join(volunteer=young, slot=slot, now=NOW, actor=young.user, note="やってみたい")
    assert isinstance(application, Application)
    asked = everything(host, side, paths)
    assert [name for name in before if before[name] != asked[name]] == []
    applications.release(application=application, now=NOW, actor=None)
    released = everything(host, side, paths)
    changed = {name for name in before if before[name] != released[name]}
    assert changed >= {"organisation:people", "api:received", "letters", "move", "accept", "decline"}
    assert "わかいひと".encode() in released["organisation:people"][2]
    assert Slot.objects.get(pk=slot.pk).taken == slot.taken
    applications.accept(application=application, now=NOW, actor=host)
    assert Slot.objects.get(pk=slot.pk).taken == slot.taken + 1


def test_no_number_of_a_question_is_ever_shown(host: User, side: Side) -> None:
    """Numbers that are missing in between would tell of somebody whom the host is not to know of."""
    number = 987_654_000
    for later in range(40):
        asked_at = NOW - timedelta(minutes=later)
        ApplicationFactory(pk=number + later, slot=side.posted.asked_slot, asked_at=asked_at, released_at=NOW)
    shown = pages(host, addresses(host, side))
    assert [name for name, (_status, _to, content) in shown.items() if b"987654" in content] == []
    cursor = re.search(r"cursor=([\w-]+)", signed_in(host).get(RECEIVED).json()["next"])
    assert cursor is not None
    read = base64.urlsafe_b64decode(cursor[1] + "=" * (-len(cursor[1]) % 4))
    assert b"2027" in read
    assert b"987654" not in read
