"""A host is asked about another day, hears no number, and has the draft by one press."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import User
from matching.services.coordinating import another_day
from matching.services.coordinating.another_day import AskedLately, Day, NoBetterDay, NothingAsked
from notifications.models import ActionLink, Notification
from organisations.models import Role
from organisations.models.role import RoleStatus
from organisations.services.roles.held import WrongStatus
from tests.factories import NOW, MembershipFactory, SlotFactory, UserFactory, at
from tests.matching import rows
from tests.matching.services.explaining.test_changes import free

pytestmark = pytest.mark.django_db

SUNDAY = 6
LATER = NOW + dt.timedelta(days=15)


@pytest.fixture
def role() -> Role:
    """A role on Saturday the 6th at nine, to which two people could come on a Sunday alone."""
    made = rows.role(starts_at=at(5, 9), title="朝の体操")
    for _ in range(2):
        free(SUNDAY, 8, 20)
    return made


@pytest.fixture
def host(role: Role) -> User:
    member: User = MembershipFactory(organisation=role.organisation).user
    return member


@pytest.fixture
def coordinator() -> User:
    made: User = UserFactory()
    return made


def test_the_day_that_wins_most_people_is_proposed(role: Role) -> None:
    day = another_day.proposed(role=role, now=NOW)
    assert day is not None
    assert (day.starts_at, day.more) == (at(6, 9), 2)
    assert day.ends_at - day.starts_at == role.slots.get().ends_at - role.slots.get().starts_at


def test_where_nobody_is_won_nobody_is_asked(coordinator: User) -> None:
    with pytest.raises(NoBetterDay):
        another_day.ask(role=rows.role(), now=NOW, actor=coordinator)


def test_the_host_hears_of_the_day_and_of_no_number_and_has_a_link(role: Role, host: User, coordinator: User) -> None:
    another_day.ask(role=role, now=NOW, actor=coordinator)
    letter = Notification.objects.get(user=host)
    assert letter.title == "別の日はいかがですか:朝の体操"
    assert "3月7日(日) 朝9時" in letter.body
    assert "人" not in letter.body.replace("方", "")
    assert ActionLink.objects.get(user=host).action == another_day.ANOTHER_DAY
    assert another_day.STILL_RIGHT[letter.kind](letter, NOW)
    Role.objects.update(status=RoleStatus.CLOSED)
    assert not another_day.STILL_RIGHT[letter.kind](letter, NOW)


def test_nobody_is_asked_again_within_two_weeks(role: Role, host: User, coordinator: User) -> None:
    another_day.ask(role=role, now=NOW, actor=coordinator)
    with pytest.raises(AskedLately):
        another_day.ask(role=role, now=NOW + dt.timedelta(days=13), actor=coordinator)
    assert another_day.lately([role], now=NOW) == {role.pk: NOW}
    assert another_day.lately([role], now=LATER) == {}
    SlotFactory(role=role, starts_at=at(26, 9), ends_at=at(26, 10))
    another_day.ask(role=role, now=LATER, actor=coordinator)
    assert Notification.objects.filter(user=host).count() == 2


def test_only_an_open_role_is_asked_about(role: Role, coordinator: User) -> None:
    Role.objects.update(status=RoleStatus.RESTING)
    with pytest.raises(WrongStatus):
        another_day.ask(role=role, now=NOW, actor=coordinator)


def test_one_press_makes_the_draft_and_a_second_none(role: Role, host: User, coordinator: User) -> None:
    another_day.ask(role=role, now=NOW, actor=coordinator)
    made = another_day.begin(role=role, now=NOW, actor=host)
    assert (made.title, made.status, made.venue) == (role.title, RoleStatus.DRAFT, role.venue)
    (slot,) = made.slots.all()
    assert (slot.starts_at, slot.capacity) == (at(6, 9), role.slots.get().capacity)
    assert another_day.begin(role=role, now=LATER, actor=host) == made
    assert another_day.asked(role=role, now=NOW) is None


def test_a_day_that_is_over_is_the_same_day_of_a_week_to_come(role: Role, host: User, coordinator: User) -> None:
    another_day.ask(role=role, now=NOW, actor=coordinator)
    expected = Day(at(20, 9), at(20, 9) + _length(role), None, role.slots.get().pk)
    assert another_day.asked(role=role, now=LATER) == expected
    made = another_day.begin(role=role, now=LATER, actor=host)
    assert made.slots.get().starts_at == at(20, 9)


def test_nothing_begins_that_was_not_asked(role: Role, host: User) -> None:
    with pytest.raises(NothingAsked):
        another_day.begin(role=role, now=NOW, actor=host)


def _length(role: Role) -> dt.timedelta:
    slot = role.slots.get()
    return slot.ends_at - slot.starts_at
