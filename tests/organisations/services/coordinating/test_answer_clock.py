"""Who was promised an answer gets one: coordinators are reminded once, and then their lead hears of it once."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import User
from notifications.models import Notification
from organisations.models import Initiative
from organisations.services.coordinating import answer_clock, desks
from organisations.services.taking_up import initiatives
from tests.factories import (
    NOW,
    DeskMembershipFactory,
    InitiativeFactory,
    SupportDeskFactory,
    TownFactory,
    UserFactory,
    at,
)
from worker.tasks import RECHECKS

pytestmark = pytest.mark.django_db
TWO_DAYS, THREE_DAYS = NOW + dt.timedelta(days=2), NOW + dt.timedelta(days=3)


@pytest.fixture
def asked() -> Initiative:
    made: Initiative = InitiativeFactory(town=TownFactory())
    return made


@pytest.fixture
def coordinator(asked: Initiative) -> User:
    found: User = DeskMembershipFactory(desk=SupportDeskFactory(towns=[asked.town])).user
    return found


def letters_to(user: User) -> list[str]:
    return list(Notification.objects.filter(user=user).order_by("created_at").values_list("kind", flat=True))


def test_two_working_days_are_promised_and_days_off_do_not_count() -> None:
    friday = NOW + dt.timedelta(days=4)
    assert at(3, 0) - answer_clock.answer_by(NOW) == dt.timedelta(microseconds=1)
    assert answer_clock.answer_by(friday).weekday() == 1


@pytest.mark.parametrize("hour", [8, 10, 23])
def test_the_coordinator_is_reminded_early_on_the_promised_day_and_only_once(
    asked: Initiative, coordinator: User, hour: int
) -> None:
    Initiative.objects.update(answer_by=at(2, hour))
    morning = at(2, min(hour, 9))
    assert initiatives.tick(now=morning - dt.timedelta(minutes=1)) == 0
    assert [initiatives.tick(now=morning) for _again in range(2)] == [1, 0]
    assert letters_to(coordinator) == ["initiative_reminder"]


def test_a_day_later_the_lead_hears_and_only_once(asked: Initiative, coordinator: User) -> None:
    lead = DeskMembershipFactory(desk=SupportDeskFactory(towns=[asked.town]), is_lead=True).user
    initiatives.tick(now=TWO_DAYS)
    assert [initiatives.tick(now=THREE_DAYS) for _again in range(2)] == [1, 0]
    assert letters_to(lead) == ["initiative_reminder", "initiative_unanswered"]
    assert letters_to(coordinator) == ["initiative_reminder"]


def test_who_was_answered_is_waited_for_no_longer(asked: Initiative, coordinator: User) -> None:
    initiatives.answered(initiative=asked, now=NOW, actor=coordinator)
    assert initiatives.tick(now=THREE_DAYS) == 0


def test_a_reminder_is_not_sent_any_more_once_there_was_an_answer(asked: Initiative, coordinator: User) -> None:
    initiatives.tick(now=TWO_DAYS)
    letter = Notification.objects.get(user=coordinator)
    still_right = RECHECKS["initiative_reminder"]
    assert still_right(letter, TWO_DAYS)
    initiatives.answered(initiative=asked, now=TWO_DAYS, actor=coordinator)
    assert not still_right(letter, TWO_DAYS)


def test_where_nobody_coordinates_the_staff_hears(asked: Initiative) -> None:
    staff = UserFactory(is_staff=True)
    initiatives.tick(now=TWO_DAYS)
    assert letters_to(staff) == ["initiative_reminder"]


def test_the_lead_is_of_the_town_else_of_the_ward_else_everybody_of_the_ward() -> None:
    here, beside = TownFactory(), TownFactory()
    everybody = DeskMembershipFactory(desk=SupportDeskFactory(towns=[beside])).user
    assert desks.leads_of(here) == [everybody]
    of_ward = DeskMembershipFactory(desk=SupportDeskFactory(towns=[beside]), is_lead=True).user
    assert desks.leads_of(here) == [of_ward]
    of_town = DeskMembershipFactory(desk=SupportDeskFactory(towns=[here]), is_lead=True).user
    assert desks.leads_of(here) == [of_town]
    assert desks.leads_of(TownFactory(ward_code="14113")) == []
