"""Whoever comes, asked to or waits hears once that it takes place elsewhere; nobody hears of what is past."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from accounts.models import User
from accounts.models.consent import ConsentKind
from notifications.models import Notification
from organisations.models import Role, Slot
from organisations.services import venues
from organisations.services.roles import writing
from tests.factories import (
    NOW,
    ApplicationFactory,
    ConsentFactory,
    GuardianRequestFactory,
    HoldFactory,
    MembershipFactory,
    PlacementFactory,
    RoleFactory,
    SlotFactory,
    VenueFactory,
    WaitingFactory,
    at,
)
from volunteers.models import Volunteer
from volunteers.services.changing import new_places

pytestmark = pytest.mark.django_db

DUE = NOW + new_places.SETTLED


@pytest.fixture
def role() -> Role:
    made: Role = RoleFactory()
    return made


def people(role: Role) -> list[int]:
    """Return who comes, asked and waits, all since before the place changed."""
    slot: Slot = SlotFactory(role=role, taken=1)
    before = NOW - dt.timedelta(days=1)
    rows: list[Any] = [
        PlacementFactory(slot=slot, agreed_at=before),
        ApplicationFactory(slot=slot, asked_at=before),
        WaitingFactory(slot=slot, since=before),
    ]
    return [row.volunteer.user_id for row in rows]


def move(role: Role) -> None:
    venue = VenueFactory(organisation=role.organisation, town=role.organisation.town, name="裏山")
    writing.change(role=role, venue=venue, now=NOW, actor=None)


def told() -> list[tuple[str, int]]:
    return list(Notification.objects.order_by("kind", "user").values_list("kind", "user"))


def test_everybody_concerned_hears_once_when_it_has_settled(role: Role) -> None:
    comes, asked, waits = people(role)
    kept = HoldFactory(slot=Slot.objects.get(), held_at=NOW - dt.timedelta(days=1))
    company = MembershipFactory(organisation=kept.team.organisation).user.pk
    consent = ConsentFactory(user=User.objects.get(pk=comes), kind=ConsentKind.GUARDIAN)
    young = Volunteer.objects.get(user=comes)
    mother = GuardianRequestFactory(volunteer=young, answered_at=NOW, is_given=True, consent=consent).guardian
    Volunteer.objects.filter(user=comes).update(born_on=NOW.date() - dt.timedelta(days=17 * 365))
    move(role)
    late = PlacementFactory(slot=SlotFactory(role=role, taken=1), agreed_at=NOW + dt.timedelta(minutes=1))
    over = PlacementFactory(
        slot=SlotFactory(role=role, taken=1, starts_at=at(-1, 9), ends_at=at(-1, 10)), agreed_at=at(-9, 9)
    )
    assert new_places.tell(now=DUE - dt.timedelta(minutes=1)) == 0
    assert [new_places.tell(now=DUE) for _again in range(2)] == [4, 0]
    assert told() == [
        ("place_changed", comes),
        *(("place_changed_asked", user) for user in sorted([asked, waits])),
        ("place_changed_guardian", mother.pk),
        ("place_changed_team", company),
    ]
    assert not {late.volunteer.user_id, over.volunteer.user_id} & {user for _kind, user in told()}
    assert all("裏山" in letter.body for letter in Notification.objects.all())


def test_a_letter_is_still_right_until_it_is_elsewhere_again(role: Role) -> None:
    people(role)
    move(role)
    new_places.tell(now=DUE)
    checks = [(new_places.STILL_RIGHT[letter.kind], letter) for letter in Notification.objects.all()]
    assert all(check(letter, DUE) for check, letter in checks)
    role.refresh_from_db()
    assert role.venue is not None
    venues.change(venue=role.venue, name="表山", toilets="", now=DUE + new_places.SETTLED, actor=None)
    assert not any(check(letter, DUE) for check, letter in checks)
    assert new_places.tell(now=DUE + 2 * new_places.SETTLED) == 3


def test_with_children_nobody_is_told_of_what_two_people_have_not_read(role: Role) -> None:
    Role.objects.update(is_with_children=True)
    people(role)
    move(role)
    assert new_places.tell(now=DUE) == 0
