"""The clock of the factories, and one client for each kind of user."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from rest_framework.test import APIClient

from accounts.models import User
from organisations.models import Organisation, SupportDesk, Town
from tests.factories import (
    NOW,
    DeskMembershipFactory,
    MembershipFactory,
    OrganisationFactory,
    SupportDeskFactory,
    TownFactory,
    UserFactory,
    VenueFactory,
    VolunteerFactory,
)
from volunteers.models import Volunteer


class Caller(APIClient):
    """Speaks JSON; every POST of somebody signed in carries a key of its own unless the test gives one."""

    user: User | None = None

    def post(self, *args: Any, **kwargs: Any) -> Any:
        headers = {"Idempotency-Key": str(uuid.uuid4()), **kwargs.pop("headers", {})}
        return super().post(*args, headers={k: v for k, v in headers.items() if v is not None}, **kwargs)


def caller(user: User | None = None) -> Caller:
    client = Caller()
    client.default_format = "json"
    client.user = user
    if user is not None:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture(autouse=True)
def _monday_morning(db: None) -> Iterator[None]:
    cache.clear()
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture(autouse=True)
def _any_rate(settings: Any) -> None:
    set_rates(settings, anon="1000000/min", user="1000000/min")


def set_rates(settings: Any, **rates: str) -> None:
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": rates}


@pytest.fixture
def town() -> Town:
    return TownFactory()


@pytest.fixture
def volunteer(town: Town) -> Volunteer:
    return VolunteerFactory(town=town)


@pytest.fixture
def organisation(town: Town) -> Organisation:
    organisation = OrganisationFactory(town=town)
    VenueFactory(organisation=organisation, town=town)
    return organisation


@pytest.fixture
def desk(town: Town) -> SupportDesk:
    return SupportDeskFactory(towns=[town])


@pytest.fixture
def stranger() -> Caller:
    return caller()


@pytest.fixture
def as_volunteer(volunteer: Volunteer) -> Caller:
    return caller(volunteer.user)


@pytest.fixture
def as_member(organisation: Organisation) -> Caller:
    return caller(MembershipFactory(organisation=organisation).user)


@pytest.fixture
def as_coordinator(desk: SupportDesk) -> Caller:
    return caller(DeskMembershipFactory(desk=desk).user)


@pytest.fixture
def as_staff() -> Caller:
    return caller(UserFactory(is_staff=True, is_superuser=True))


@pytest.fixture
def everybody(
    stranger: Caller, as_volunteer: Caller, as_member: Caller, as_coordinator: Caller, as_staff: Caller
) -> dict[str, Caller]:
    return {
        "stranger": stranger,
        "volunteer": as_volunteer,
        "member": as_member,
        "coordinator": as_coordinator,
        "staff": as_staff,
    }
