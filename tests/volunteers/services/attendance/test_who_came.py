"""An organisation is asked once who came, and not about what is written down or was called off."""

from __future__ import annotations

import datetime as dt

import pytest

from notifications.models import Channel, ContactPoint, Notification
from notifications.services import outbox
from organisations.models import Slot
from tests.factories import NOW, MembershipFactory, PlacementFactory, SlotFactory, at
from tests.together import together
from volunteers.models import Placement
from volunteers.services.attendance import recording, who_came
from volunteers.services.taking_part import placements

HOUR, ENDED = dt.timedelta(hours=1), at(5, 11)
DUE = ENDED + who_came.AFTER


@pytest.fixture
def placement() -> Placement:
    """On Saturday from nine to eleven, at an organisation of two people."""
    placement: Placement = PlacementFactory(slot=SlotFactory(taken=1))
    for address in ("a@yaritai.example", "b@yaritai.example"):
        user = MembershipFactory(organisation=placement.slot.role.organisation, user__email=address).user
        ContactPoint.objects.create(user=user, channel=Channel.EMAIL, address=address, verified_at=NOW)
    return placement


def _write_down(placement: Placement, now: dt.datetime) -> None:
    recording.record(slot=placement.slot, came={placement.pk: None}, now=now, actor=None)


@pytest.mark.django_db
def test_hours_later_and_once_each(placement: Placement) -> None:
    assert who_came.plan(now=DUE - HOUR) == 0
    assert [who_came.plan(now=now) for now in (DUE, DUE, DUE + HOUR)] == [1, 0, 0]
    assert Notification.objects.count() == 2
    letter = Notification.objects.earliest("pk")
    assert letter.url.endswith(f"/organisation/slots/{placement.slot_id}/attendance/")
    assert placement.slot.role.title in letter.title
    assert placement.volunteer.user.name not in letter.title + letter.body


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_write_one_letter_each(placement: Placement) -> None:
    together(4, lambda _number: who_came.plan(now=DUE))
    assert Notification.objects.count() == 2


@pytest.mark.django_db
def test_nobody_is_asked_about_what_is_written_down_called_off_empty_or_long_ago(placement: Placement) -> None:
    assert who_came.plan(now=ENDED + who_came.AT_MOST) == 0
    PlacementFactory(slot=SlotFactory(cancelled_at=at(4, 9)))
    PlacementFactory(cancelled_at=at(4, 9))
    SlotFactory()
    _write_down(placement, ENDED)
    assert who_came.plan(now=DUE) == 0


@pytest.mark.django_db
def test_what_was_written_down_meanwhile_is_not_asked(placement: Placement) -> None:
    who_came.plan(now=DUE)
    _write_down(placement, DUE)
    assert outbox.deliver_due(now=DUE + HOUR, still_right=who_came.STILL_RIGHT, limit=9).dropped == 2


@pytest.mark.django_db
def test_what_still_holds_goes_out(placement: Placement) -> None:
    who_came.plan(now=DUE)
    assert outbox.deliver_due(now=DUE + HOUR, still_right=who_came.STILL_RIGHT, limit=9).sent == 2


@pytest.mark.django_db
def test_nobody_hears_of_a_time_that_was_called_off(placement: Placement) -> None:
    placements.cancel_slot(slot=Slot.objects.get(pk=placement.slot_id), now=NOW, actor=None)
    Notification.objects.all().delete()
    assert who_came.plan(now=DUE) == 0
