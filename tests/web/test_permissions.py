"""Every address, by every method, for every kind of person: the table decides, and nothing is left out of it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.template import engines
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

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
from web.permissions import PERMISSIONS, may, require

# Doors of the packages we use, which keep them themselves.
THEIR_OWN = ("accounts/", "admin/", "language/", "health/")
# Answers "nothing here" to everybody.
NOTHING = r"api/v1/^(?:[\s\S]*/)?$"
BY_CONVERTER = {"IntConverter": 0, "UUIDConverter": uuid.UUID(int=0), "StringConverter": "x"}
KINDS = ("stranger", "newcomer", "volunteer", "member", "coordinator", "staff")


@dataclass(frozen=True)
class Route:
    pattern: str
    view: Any
    converters: Mapping[str, Any]

    @property
    def rules(self) -> Mapping[str, str] | None:
        rules: Mapping[str, str] | None = getattr(getattr(self.view, "cls", self.view), "rules", None)
        return rules

    @property
    def is_api(self) -> bool:
        return self.pattern.startswith("api/")

    @property
    def address(self) -> str:
        address = self.pattern
        for name, converter in self.converters.items():
            kind = type(converter).__name__
            value = str(BY_CONVERTER[kind])
            for spelled in ("int", "uuid", "str"):
                address = address.replace(f"<{spelled}:{name}>", value)
        return f"/{address}"


def walk(patterns: Any, before: str = "", converters: Any = None) -> Iterator[Route]:
    for entry in patterns:
        pattern, found = before + str(entry.pattern), {**(converters or {}), **entry.pattern.converters}
        if isinstance(entry, URLResolver):
            yield from walk(entry.url_patterns, pattern, found)
        elif isinstance(entry, URLPattern):
            yield Route(pattern, entry.callback, found)


def ours() -> list[Route]:
    everything = walk(get_resolver().url_patterns)
    return [route for route in everything if not route.pattern.startswith(THEIR_OWN) and route.pattern != NOTHING]


@pytest.fixture
def people(db: None) -> dict[str, User | AnonymousUser]:
    return {
        "stranger": AnonymousUser(),
        "newcomer": UserFactory(),
        "volunteer": VolunteerFactory().user,
        "member": MembershipFactory().user,
        "coordinator": DeskMembershipFactory().user,
        "staff": UserFactory(is_staff=True, is_superuser=True),
    }


def test_every_address_has_a_rule_of_the_table_for_every_method() -> None:
    without = [route.pattern for route in ours() if not route.rules]
    unknown = [
        (route.pattern, rule) for route in ours() for rule in (route.rules or {}).values() if rule not in PERMISSIONS
    ]
    assert without == []
    assert unknown == []


def test_what_the_api_can_do_is_what_its_rules_name() -> None:
    for route in ours():
        if route.is_api:
            can = {
                method.upper()
                for method in ("get", "post", "put", "patch", "delete")
                if hasattr(route.view.cls, method)
            }
            assert can == set(route.rules or {}), route.pattern


def test_every_post_of_the_api_acts_once() -> None:
    posts = [route for route in ours() if route.is_api and "POST" in (route.rules or {})]
    assert posts
    assert [route.pattern for route in posts if not getattr(route.view.cls.post, "acts_once", False)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_address_answers_every_kind_of_person_as_the_table_says(
    people: dict[str, User | AnonymousUser], kind: str
) -> None:
    user, client = people[kind], Client()
    if isinstance(user, User):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    for route in ours():
        for method, rule in (route.rules or {}).items():
            headers = {"Idempotency-Key": str(uuid.uuid4())}
            answer = client.generic(method, route.address, b"{}", "application/json", headers=headers)
            told = (kind, method, route.address, answer.status_code)
            asks_to_sign_in = answer.status_code == 401 or answer.headers.get("Location", "").startswith(
                "/accounts/login"
            )
            assert answer.status_code < 500, told
            if may(user, rule):
                assert not asks_to_sign_in, told
                assert route.converters or answer.status_code != 404, told
            elif kind == "stranger":
                assert asks_to_sign_in, told
            else:
                assert answer.status_code == 404, told


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
