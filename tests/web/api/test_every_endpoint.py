"""Whatever is sent, by whomever: no server error, and every answer is as the schema says."""

from __future__ import annotations

import datetime as dt
import functools
import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from accounts.models import User
from matching.models import Suggestion
from organisations.models.role import RoleStatus
from tests.factories import (
    NOW,
    AccessFeatureFactory,
    ActivityFactory,
    ApplicationFactory,
    CooperationFactory,
    DeskMembershipFactory,
    DistrictFactory,
    JuniorFactory,
    MembershipFactory,
    NeedFactory,
    OfferFactory,
    OrganisationFactory,
    PlacementFactory,
    PledgeFactory,
    QualificationFactory,
    RoleFactory,
    SkillFactory,
    SlotFactory,
    SupportDeskFactory,
    TownFactory,
    UserFactory,
    VenueFactory,
    VolunteerFactory,
    WaitingFactory,
)

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
MODES = [schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE]
# More of them find more: API_EXAMPLES=200 takes a quarter of an hour.
EXAMPLES = int(os.environ.get("API_EXAMPLES", "6"))
OPEN = "open"
PARTS = ["me", "organisation", "coordinator", OPEN]
REAL = 1_000_000  # beyond what the sequences of a test run reach
PUBLIC = "00000000-0000-4000-8000-000000000000"
CSRF = "a" * 32


@pytest.fixture
def world() -> dict[str, User | None]:
    """One of everything, and somebody of every kind to whom it belongs."""
    town = TownFactory(id=REAL)
    organisation = OrganisationFactory(id=REAL, town=town)
    venue = VenueFactory(id=REAL, organisation=organisation, town=town)
    words = [make(code="a") for make in (ActivityFactory, SkillFactory, QualificationFactory, AccessFeatureFactory)]
    role = RoleFactory(
        id=REAL, organisation=organisation, venue=venue, activities=words[:1], skills=words[1:2], access=words[3:]
    )
    RoleFactory(id=REAL + 1, organisation=organisation, venue=venue, status=RoleStatus.DRAFT, published_at=None)
    RoleFactory(id=REAL + 2, organisation=organisation, venue=venue, status=RoleStatus.WAITING, published_at=None)
    slots = [SlotFactory(id=REAL + n, role=role, capacity=100, taken=1) for n in range(3)]
    volunteer = VolunteerFactory(town=town)
    PlacementFactory(id=REAL, volunteer=volunteer, slot=slots[0])
    Suggestion.objects.create(
        id=REAL, volunteer=volunteer, role=role, slot=slots[2], rank=1, score=0.5, km=0.8, planned_at=NOW
    )
    until = NOW + dt.timedelta(days=1)
    WaitingFactory(id=REAL, volunteer=volunteer, slot=slots[2], offered_at=NOW, offered_until=until, held=1)
    ApplicationFactory(id=REAL, public_id=PUBLIC, volunteer=volunteer, slot=slots[1], released_at=NOW)
    ApplicationFactory(id=REAL + 1, volunteer=JuniorFactory(town=town), slot=slots[2])
    desk, neighbour = SupportDeskFactory(towns=[town]), MembershipFactory()
    offer = OfferFactory(id=REAL, organisation=organisation, venue=venue, activities=words[:1])
    CooperationFactory(id=REAL, offer=offer, host=neighbour.organisation)
    NeedFactory(id=REAL, desk=desk, town=town, activities=words[:1])
    PledgeFactory(
        id=REAL, volunteer=volunteer, need=NeedFactory(id=REAL + 1, town=None, district=DistrictFactory(code="a"))
    )
    return {
        "stranger": None,
        "volunteer": volunteer.user,
        "member": MembershipFactory(organisation=organisation).user,
        "neighbour": neighbour.user,
        "coordinator": DeskMembershipFactory(desk=desk).user,
        "newcomer": UserFactory(),
    }


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """A real request ends by closing connections; all of these share the one of the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def signed_in(user: User | None) -> dict[str, Any]:
    if user is None:
        return {}
    browser = Client()
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    cookies = {"sessionid": browser.cookies["sessionid"].value, "csrftoken": CSRF}
    return {"cookies": cookies, "headers": {"X-CSRFToken": CSRF}}


@functools.cache
def operations() -> list[Any]:
    accept = {"Accept": "application/vnd.oai.openapi+json"}
    schema: Any = schemathesis.openapi.from_wsgi("/api/v1/schema/", WSGIHandler(), headers=accept)
    return [found.ok() for found in schema.get_all_operations()]


def cases(operation: Any) -> st.SearchStrategy[Any]:
    """Fitting and unfitting requests, half of them about something that is there."""
    named = {name: row for name, row in (("id", REAL), ("public_id", PUBLIC)) if f"{{{name}}}" in operation.path}
    real: dict[str, Any] = {"path_parameters": named} if named else {}
    return st.one_of(*[operation.as_strategy(mode, **some) for some in (real, {}) for mode in MODES])


@pytest.mark.parametrize("part", PARTS)
def test_every_endpoint_keeps_its_word(world: dict[str, User | None], part: str) -> None:
    callers = [signed_in(user) for user in world.values()]
    for operation in operations():
        if (operation.path.split("/")[3] if operation.path.split("/")[3] in PARTS else OPEN) == part:
            try_out(operation, callers)


def try_out(operation: Any, callers: list[dict[str, Any]]) -> None:
    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases(operation))
    def keeps_its_word(case: Any) -> None:
        for caller in callers:
            with transaction.atomic():  # what one does is undone before the next one tries
                answer = case.call(**caller)
                transaction.set_rollback(True)
            case.validate_response(answer, checks=CHECKS)

    keeps_its_word()
