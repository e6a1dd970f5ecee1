"""The clock of the factories, a person with a profile, and a form's key."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from tests.factories import NOW, VolunteerFactory
from volunteers.models import Volunteer

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def _monday_morning(db: None) -> Iterator[None]:
    cache.clear()
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def volunteer() -> Volunteer:
    return VolunteerFactory()


@pytest.fixture
def member(volunteer: Volunteer) -> Client:
    """The browser of *volunteer*."""
    return signed_in(volunteer)


def signed_in(volunteer: Volunteer) -> Client:
    client = Client()
    client.force_login(volunteer.user, backend=BACKEND)
    return client


def send(client: Client, path: str, once: str | None = None, **answers: Any) -> Any:
    """Send a form as a page would, with a key of its own unless the test gives one."""
    key = uuid.uuid4().hex if once is None else once
    return client.post(path, {"once": key, **answers})


def said(response: Any, status: int = 200) -> str:
    text: str = response.content.decode()
    assert response.status_code == status, text
    return text
