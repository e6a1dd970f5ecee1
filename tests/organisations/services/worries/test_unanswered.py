"""A worry that nobody answers does not lie forgotten."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import User
from notifications.models import Notification
from notifications.services.letters import Kind
from organisations.models import Town
from organisations.models.worry import WorryOutcome
from organisations.services.worries import handling, unanswered, worry_letters
from tests.factories import DeskMembershipFactory, TownFactory, UserFactory, WorryFactory, at

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    town: Town = TownFactory()
    return town


@pytest.fixture
def coordinator(town: Town) -> User:
    user: User = DeskMembershipFactory(desk__towns=[town]).user
    return user


def told(kind: Kind) -> set[int]:
    return set(Notification.objects.filter(kind=kind.code).values_list("user", flat=True))


def tick(now: dt.datetime) -> int:
    return sum(unanswered.tick(now=now) for _twice in range(2))


def test_the_coordinators_are_reminded_and_then_the_lead_hears(town: Town, coordinator: User) -> None:
    lead = DeskMembershipFactory(desk=coordinator.desk_memberships.get().desk, is_lead=True).user
    WorryFactory(town=town)  # Monday at ten, answered by Wednesday at ten
    assert tick(at(2, 8, 59)) == 0
    assert tick(at(2, 9)) == 1
    assert told(worry_letters.REMINDER) == {coordinator.pk, lead.pk}
    assert tick(at(3, 8, 59)) == 0
    assert tick(at(3, 9)) == 1
    assert told(worry_letters.SILENT) == {lead.pk}
    assert tick(at(20, 10)) == 0


def test_without_a_lead_all_of_the_ward_hear(town: Town, coordinator: User) -> None:
    neighbour = DeskMembershipFactory(desk__towns=[TownFactory(ward_code=town.ward_code)]).user
    DeskMembershipFactory(desk__towns=[TownFactory(ward_code="14101")])
    DeskMembershipFactory(desk=coordinator.desk_memberships.get().desk, user__is_active=False)
    WorryFactory(town=town)
    tick(at(3, 10))
    tick(at(9, 10))
    assert told(worry_letters.SILENT) == {coordinator.pk, neighbour.pk}


def test_where_nobody_coordinates_any_more_the_staff_hear(town: Town) -> None:
    staff = UserFactory(is_staff=True)
    WorryFactory(town=town)
    tick(at(3, 10))
    tick(at(9, 10))
    assert told(worry_letters.SILENT) == {staff.pk}


def test_what_was_answered_or_closed_is_left_alone(town: Town, coordinator: User) -> None:
    handling.answered(worry=WorryFactory(town=town), now=at(0, 11), actor=coordinator)
    handling.close(worry=WorryFactory(town=town), outcome=WorryOutcome.UNREACHABLE, now=at(0, 11), actor=coordinator)
    assert tick(at(9, 10)) == 0


def test_a_letter_whose_worry_was_answered_is_not_sent_any_more(town: Town, coordinator: User) -> None:
    worry = WorryFactory(town=town)
    tick(at(2, 10))
    letter = Notification.objects.get()
    still_right = worry_letters.STILL_RIGHT[letter.kind]
    assert still_right(letter, at(2, 11))
    handling.answered(worry=worry, now=at(2, 11), actor=coordinator)
    assert not still_right(letter, at(2, 11))


def test_how_many_are_open_and_late(town: Town, coordinator: User) -> None:
    WorryFactory.create_batch(2, town=town)
    WorryFactory()
    handling.answered(worry=WorryFactory(town=town), now=at(0, 11), actor=coordinator)
    assert unanswered.open_of(coordinator, at(1, 10)) == unanswered.Open(3, 2, 0)
    assert unanswered.open_of(coordinator, at(2, 10)) == unanswered.Open(3, 2, 2)
