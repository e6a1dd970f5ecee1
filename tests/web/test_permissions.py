"""Every address, by every method, for nine kinds of people, own and others': the table decides, nothing is left out."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import transaction
from django.http import Http404
from django.template import engines
from django.test import Client
from django.urls import reverse

from accounts.models import User
from organisations.models.role import RoleStatus
from tests.factories import (
    NOW,
    ApplicationFactory,
    DeskMembershipFactory,
    MembershipFactory,
    PlacementFactory,
    RoleFactory,
    SlotFactory,
    TownFactory,
    UserFactory,
    VenueFactory,
    VolunteerFactory,
)
from tests.web.conftest import signed_in
from tests.web.objects import OBJECTS, Target
from tests.web.routes import Route, every_route, ours
from tests.web.world import KINDS, Whose, World
from web.permissions import PERMISSIONS, may, require

SESSION = settings.SESSION_COOKIE_NAME


@pytest.fixture
def world(world_of_the_file: World, db: None) -> Iterator[World]:
    cache.clear()
    with time_machine.travel(NOW, tick=True):
        yield world_of_the_file


def test_every_address_has_a_rule_of_the_table_for_every_method() -> None:
    without = [route.pattern for route in ours() if not route.rules]
    unknown = [(route.pattern, rule) for route in ours() for rule in route.rules.values() if rule not in PERMISSIONS]
    assert without == []
    assert unknown == []


def test_every_address_that_names_a_row_is_tried_with_one() -> None:
    assert {route.name for route in ours() if route.converters} == set(OBJECTS)


def test_what_the_api_can_do_is_what_its_rules_name() -> None:
    for route in ours():
        if route.is_api:
            can = {
                method.upper()
                for method in ("get", "post", "put", "patch", "delete")
                if hasattr(route.view.cls, method)
            }
            assert can == set(route.rules), route.pattern


def test_every_post_of_the_api_acts_once() -> None:
    posts = [route for route in ours() if route.is_api and "POST" in route.rules]
    assert posts
    assert [route.pattern for route in posts if not getattr(route.view.cls.post, "acts_once", False)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_address_answers_every_kind_of_person_as_the_table_says(world: World, kind: str) -> None:
    user = world.people[kind]
    session = signed_in(user).cookies[SESSION].value if isinstance(user, User) else None
    wrong = []
    for route in ours():
        for whose in Whose if route.converters else [Whose.OWN]:
            target = OBJECTS[route.name](world.side(kind, whose)) if route.converters else Target({})
            for method, rule in route.rules.items():
                said = _ask(route, method, target, session)
                if not _is_as_the_table_says(said, user, rule, target.row):
                    wrong.append((method, route.name, whose.value, said))
    assert wrong == []


def _ask(route: Route, method: str, target: Target, session: str | None) -> tuple[int, bool]:
    """Return (status, whether one is asked to sign in); whatever was done is taken back."""
    cache.clear()
    client = Client()
    if session is not None:
        client.cookies[SESSION] = session
    address, headers = reverse(route.name, kwargs=target.kwargs), {"Idempotency-Key": str(uuid.uuid4())}
    with transaction.atomic():
        answer = client.generic(method, address, b"{}", "application/json", headers=headers)
        transaction.set_rollback(True)
    goes_to = answer.headers.get("Location", "")
    return answer.status_code, answer.status_code == 401 or goes_to.startswith("/accounts/login/?next=")


def _is_as_the_table_says(said: tuple[int, bool], user: User | AnonymousUser, rule: str, row: object) -> bool:
    status, asks_to_sign_in = said
    if may(user, rule) and may(user, rule, row):
        return status < 500 and status not in {403, 404, 405} and not asks_to_sign_in
    if not user.is_authenticated and not may(user, rule):
        return asks_to_sign_in
    return status == 404


@pytest.mark.parametrize("kind", KINDS)
def test_only_staff_open_the_repair_desk(world: World, kind: str) -> None:
    user = world.people[kind]
    client = signed_in(user) if isinstance(user, User) else Client()
    doors = {"admin:login", "admin:logout"}
    for route in every_route():
        if route.name.startswith("admin:") and not route.converters and route.name not in doors:
            status = client.get(f"/{route.pattern}").status_code
            assert (status == 200) <= (kind == "staff"), route.pattern
    assert (client.get("/admin/").status_code == 200) == (kind == "staff")


def test_whoever_pressed_a_button_too_late_comes_back_to_it_after_signing_in(db: None) -> None:
    greets, came_from = "/console/people/1/greet/", {"referer": "http://testserver/console/?page=2"}
    assert Client().post(greets, headers=came_from)["Location"] == "/accounts/login/?next=/console/"
    assert Client().post(greets, headers={"referer": "http://elsewhere/x/"})["Location"] == "/accounts/login/?next=/"
    assert Client().get(greets).status_code == 404


# Asked about an object: who may do it to this one.


def who_may(rule: str, target: object, **people: User) -> set[str]:
    everybody: dict[str, User | AnonymousUser] = {**people, "stranger": AnonymousUser()}
    return {name for name, user in everybody.items() if may(user, rule, target)}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rules", "row"),
    [
        (("places.see", "places.cancel"), PlacementFactory),
        (("applications.see_own", "applications.withdraw"), ApplicationFactory),
    ],
)
def test_what_names_a_volunteer_is_theirs_alone(rules: tuple[str, ...], row: Any) -> None:
    target = row()
    for rule in rules:
        other, staff = VolunteerFactory().user, UserFactory(is_superuser=True)
        assert who_may(rule, target, own=target.volunteer.user, other=other, staff=staff) == {"own"}


@pytest.mark.django_db
def test_what_an_organisation_posted_is_its_members_alone() -> None:
    slot = SlotFactory()
    asked = ApplicationFactory(slot=slot, released_at=NOW)
    member, other = MembershipFactory(organisation=slot.role.organisation).user, MembershipFactory().user
    for rule, target in (
        ("roles.change", slot.role),
        ("slots.change", slot),
        ("organisations.add_venue", slot.role.organisation),
        ("applications.answer", asked),
    ):
        assert who_may(rule, target, member=member, other=other, staff=UserFactory(is_superuser=True)) == {"member"}
    asked.released_at = None
    assert who_may("applications.answer", asked, member=member) == set()


@pytest.mark.django_db
def test_an_area_is_where_the_organisation_is_or_where_it_happens() -> None:
    here, there = TownFactory(), TownFactory()
    role = RoleFactory(status=RoleStatus.WAITING, organisation__town=here, venue=VenueFactory(town=there))
    people = {
        name: DeskMembershipFactory(desk__towns=[town]).user
        for name, town in (("here", here), ("there", there), ("elsewhere", TownFactory()))
    }
    assert who_may("roles.publish", role, **people) == {"here", "there"}
    asked = ApplicationFactory(volunteer__town=here)
    assert who_may("applications.release", asked, **people) == {"here"}


@pytest.mark.django_db
def test_not_allowed_is_not_there() -> None:
    with pytest.raises(Http404):
        require(AnonymousUser(), "roles.read", RoleFactory(status=RoleStatus.DRAFT))
    require(AnonymousUser(), "roles.read", RoleFactory())


@pytest.mark.django_db
def test_templates_ask_the_same_table() -> None:
    role = RoleFactory()
    template = engines["django"].from_string(
        '{% load rules %}{% test_rule "roles.change" user role as may_change %}{{ may_change }}'
    )
    member = MembershipFactory(organisation=role.organisation).user
    assert template.render({"user": member, "role": role}) == "True"
    assert template.render({"user": UserFactory(is_superuser=True), "role": role}) == "False"
