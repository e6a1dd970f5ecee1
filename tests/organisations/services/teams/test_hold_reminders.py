"""A company is reminded once for each end that some of its team's places are still to be had."""

from __future__ import annotations

import datetime as dt

import pytest

from notifications.models import Channel, ContactPoint, Notification
from notifications.services import outbox
from organisations.models import Hold
from organisations.services.teams import hold_reminders, holds
from tests.factories import NOW, HoldFactory, MembershipFactory, SlotFactory, at
from tests.together import together
from worker.tasks import RECHECKS

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
UNTIL = at(11, 0)
DUE = UNTIL - hold_reminders.BEFORE


@pytest.fixture
def hold() -> Hold:
    """Two places of a slot a fortnight ahead, kept for the team of a company of one person."""
    slot = SlotFactory(starts_at=at(14, 9), capacity=6, taken=2)
    made: Hold = HoldFactory(slot=slot, held_until=UNTIL)
    user = MembershipFactory(organisation=made.team.organisation).user
    ContactPoint.objects.create(user=user, channel=Channel.EMAIL, address=user.email, verified_at=NOW)
    return made


def deliver() -> outbox.Delivered:
    return outbox.deliver_due(now=DUE + 10 * HOUR, still_right=RECHECKS, limit=9)


@pytest.mark.django_db
def test_two_days_before_and_once(hold: Hold) -> None:
    assert [hold_reminders.remind(now=now) for now in (DUE - HOUR, DUE, DUE, UNTIL - HOUR)] == [0, 1, 0, 0]
    letter = Notification.objects.get()
    assert letter.title == f"とっておいた場所は、3月11日(木)までです:{hold.slot.role.title}"
    assert f"/team/{hold.team.code}/" in letter.body
    assert "2人分" in letter.body
    assert letter.url.endswith(f"/organisation/teams/{hold.team_id}/")
    assert deliver().sent == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_write_one_letter(hold: Hold) -> None:
    together(4, lambda _number: hold_reminders.remind(now=DUE))
    assert Notification.objects.count() == 1


@pytest.mark.django_db
def test_not_where_all_have_a_place_or_it_was_given_back_or_just_taken(hold: Hold) -> None:
    HoldFactory(team=hold.team, held_at=DUE, held_until=UNTIL)
    HoldFactory(team=hold.team, places=0, held_until=UNTIL)
    holds.release(hold=hold, now=NOW, actor=None)
    assert hold_reminders.remind(now=DUE) == 0


@pytest.mark.django_db
def test_of_a_later_end_they_are_reminded_anew_but_not_on_the_same_day(hold: Hold) -> None:
    hold_reminders.remind(now=DUE)
    holds.extend(hold=hold, until=UNTIL + HOUR, now=DUE, actor=None)
    assert [hold_reminders.remind(now=DUE + later) for later in (HOUR, DAY + HOUR, DAY + HOUR)] == [0, 1, 0]


@pytest.mark.django_db
@pytest.mark.parametrize("is_longer", [True, False], ids=["kept longer", "given back"])
def test_what_is_no_longer_so_is_not_said(hold: Hold, is_longer: bool) -> None:
    hold_reminders.remind(now=DUE)
    if is_longer:
        holds.extend(hold=hold, until=UNTIL + DAY, now=DUE, actor=None)
    else:
        holds.release(hold=hold, now=DUE, actor=None)
    assert deliver().dropped == 1
