"""The clock of the factories, and a person with a profile."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from tests.factories import NOW, VolunteerFactory
from tests.web.conftest import signed_in
from volunteers.models import Volunteer


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
    return signed_in(volunteer.user)
