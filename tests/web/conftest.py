"""Pages are rendered without collected static files; and what every test of a page does."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from pytest_django import Settings
from pytest_django.plugin import DjangoDbBlocker

from accounts.models import User
from tests.factories import NOW
from tests.web.world import World, build

# What is drawn anew for every page, and could spell anything.
DRAWN = re.compile(rb'(name="(?:csrfmiddlewaretoken|once)" value="|\nUID:)[0-9A-Za-z-]+(?=["\r])')
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def _plain_static_files(settings: Settings, tmp_path: Path) -> None:
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.STATIC_ROOT = tmp_path


@pytest.fixture(scope="module")
def world_of_the_file(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """The small world, built once a file; what a test does there is taken back by its own transaction."""
    with django_db_blocker.unblock(), transaction.atomic():
        with time_machine.travel(NOW, tick=True):
            world = build()
        yield world
        transaction.set_rollback(True)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def send(client: Client, path: str, once: str | None = None, **answers: Any) -> Any:
    """Send a form as a page would, with a key of its own unless the test gives one."""
    key = uuid.uuid4().hex if once is None else once
    return client.post(path, {"once": key, **answers})


def said(response: Any, status: int = 200) -> str:
    text: str = response.content.decode()
    assert response.status_code == status, text
    return text


def without_keys(content: bytes) -> bytes:
    """A page without what is drawn anew for it."""
    return DRAWN.sub(rb"\1", content)
