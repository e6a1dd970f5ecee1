"""Times that make sense, their places, and a role that opens again."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import AuditEntry
from organisations.models import Role, Slot
from organisations.models.role import RoleStatus
from organisations.services.times import limits, slots
from tests.factories import NOW, RoleFactory, SlotFactory, at

pytestmark = pytest.mark.django_db


def add(role=None, **more):
    given = {"starts_at": at(5, 9), "ends_at": at(5, 11), "capacity": 3, **more}
    return slots.add(role=role or RoleFactory(), now=NOW, actor=None, **given)


@pytest.mark.parametrize(
    "good",
    [
        {},
        {"starts_at": at(5, 22), "ends_at": at(6, 0)},
        {"starts_at": at(0, 10, 1), "ends_at": at(0, 10, 31)},
        {"starts_at": at(-3, 9), "ends_at": at(20, 18), "minutes": 60},
        {"starts_at": at(5, 22), "ends_at": at(6, 2), "minutes": 30},
        {"capacity": 1000},
    ],
)
def test_good_times_are_kept(good):
    role = RoleFactory()
    slot = add(role, **{"ends_at": at(5, 11), **good})
    assert Slot.objects.get() == slot
    role.refresh_from_db()
    assert role.changed_at == NOW


@pytest.mark.parametrize(
    ("bad", "error"),
    [
        ({"starts_at": at(-1, 9), "ends_at": at(-1, 11)}, limits.SlotInPast),
        ({"starts_at": NOW, "ends_at": at(0, 11)}, limits.SlotInPast),
        ({"starts_at": at(-9, 9), "ends_at": at(-1, 9), "minutes": 30}, limits.SlotInPast),
        ({"starts_at": at(5, 11), "ends_at": at(5, 9)}, limits.EndsBeforeStart),
        ({"starts_at": at(5, 9), "ends_at": at(5, 9)}, limits.EndsBeforeStart),
        ({"starts_at": at(5, 22), "ends_at": at(6, 0, 1)}, limits.SlotAcrossMidnight),
        ({"starts_at": at(5, 9), "ends_at": at(6, 9)}, limits.SlotAcrossMidnight),
        ({"starts_at": at(800, 9), "ends_at": at(800, 11)}, limits.SlotTooFarAhead),
        ({"starts_at": at(5, 9), "ends_at": at(200, 11), "minutes": 30}, limits.WindowTooLong),
        ({"minutes": 4}, limits.MinutesDoNotFit),
        ({"minutes": 0}, limits.MinutesDoNotFit),
        ({"minutes": 121}, limits.MinutesDoNotFit),
        ({"minutes": 1441, "ends_at": at(9, 9)}, limits.MinutesDoNotFit),
        ({"starts_at": at(-1, 9), "ends_at": at(0, 10, 20), "minutes": 30}, limits.MinutesDoNotFit),
        ({"capacity": 0}, limits.BadCapacity),
        ({"capacity": -1}, limits.BadCapacity),
        ({"capacity": 1001}, limits.BadCapacity),
    ],
)
def test_bad_times_are_refused_by_name(bad, error):
    with pytest.raises(error):
        add(**bad)
    assert not Slot.objects.exists()


def test_many_times_are_added_at_once_in_their_order():
    role = RoleFactory(status=RoleStatus.FILLED)
    times = [(at(day, 9), at(day, 11)) for day in range(1, 61)]
    made = slots.add_many(role=role, times=times, capacity=3, now=NOW, actor=None)
    assert [(slot.starts_at, slot.ends_at) for slot in Slot.objects.filter(role=role)] == times
    assert [slot.pk for slot in made] == list(Slot.objects.values_list("pk", flat=True))
    assert AuditEntry.objects.filter(action="slot.add").count() == 60
    role.refresh_from_db()
    assert (role.changed_at, role.status) == (NOW, RoleStatus.OPEN)


@pytest.mark.parametrize(
    ("times", "error"),
    [
        ([(at(1, 9), at(1, 11)), (at(-1, 9), at(-1, 11))], limits.SlotInPast),
        ([(at(1, 9), at(1, 11))] * 61, slots.TooManyTimes),
    ],
)
def test_all_times_are_added_or_none(times, error):
    with pytest.raises(error):
        slots.add_many(role=RoleFactory(), times=times, capacity=3, now=NOW, actor=None)
    assert not Slot.objects.exists()


@pytest.mark.parametrize("status", [RoleStatus.CLOSED, RoleStatus.CANCELLED])
def test_a_role_that_is_over_gets_no_more_slots(status):
    with pytest.raises(slots.NoNewSlots):
        add(RoleFactory(status=status))


def test_a_full_role_opens_again_with_a_new_slot():
    role = SlotFactory(taken=3, role__status=RoleStatus.FILLED).role
    add(role, starts_at=at(6, 9), ends_at=at(6, 10))
    assert Role.objects.get(pk=role.pk).status == RoleStatus.OPEN


def test_calling_off_an_empty_slot():
    slot = slots.cancel(slot=SlotFactory(), now=NOW, actor=None)
    assert slot.cancelled_at == NOW
    with pytest.raises(slots.SlotIsCancelled):
        slots.cancel(slot=slot, now=NOW, actor=None)


def test_a_slot_that_somebody_comes_to_is_not_called_off_here():
    with pytest.raises(slots.SomebodyComes):
        slots.cancel(slot=SlotFactory(taken=1), now=NOW, actor=None)


def test_calling_off_the_last_free_slot_leaves_a_full_role_full():
    full = SlotFactory(taken=3)
    slots.cancel(slot=SlotFactory(role=full.role, starts_at=at(6, 9)), now=NOW, actor=None)
    assert Role.objects.get().status == RoleStatus.FILLED


def test_capacity_never_falls_below_who_comes():
    slot = SlotFactory(capacity=3, taken=3, role__status=RoleStatus.FILLED)
    with pytest.raises(limits.BadCapacity):
        slots.change_capacity(slot=slot, capacity=2, now=NOW, actor=None)
    assert slots.change_capacity(slot=slot, capacity=4, now=NOW, actor=None).places_left == 1
    assert Role.objects.get().status == RoleStatus.OPEN


def test_capacity_of_a_cancelled_slot_stays():
    with pytest.raises(slots.SlotIsCancelled):
        slots.change_capacity(slot=SlotFactory(cancelled_at=NOW), capacity=9, now=NOW, actor=None)


def test_a_slot_is_over_once_it_begins_and_a_window_once_its_minutes_no_longer_fit():
    begun = SlotFactory.build(role=None, starts_at=NOW)
    window = SlotFactory.build(role=None, starts_at=at(-1, 9), ends_at=NOW + dt.timedelta(minutes=30), minutes=30)
    assert slots.is_over(begun, NOW)
    assert not slots.is_over(window, NOW)
    assert slots.is_over(window, NOW + dt.timedelta(minutes=1))


def test_a_time_of_a_draft_is_written_anew_or_taken_away():
    slot, other = (SlotFactory(role__status=RoleStatus.DRAFT) for _ in range(2))
    given = {"starts_at": at(6, 13), "ends_at": at(6, 17), "minutes": 30, "capacity": 5}
    changed = slots.change(slot=slot, now=NOW, actor=None, **given)
    assert {name: getattr(changed, name) for name in given} == given
    with pytest.raises(limits.SlotInPast):
        slots.change(slot=slot, now=at(7, 0), actor=None, **given)
    slots.remove(slot=other, now=NOW, actor=None)
    assert list(Slot.objects.all()) == [slot]


@pytest.mark.parametrize("status", [status for status in RoleStatus if status != RoleStatus.DRAFT])
def test_a_time_that_others_know_of_is_not_written_anew(status):
    slot = SlotFactory(role__status=status)
    with pytest.raises(slots.SlotIsKnown):
        slots.remove(slot=slot, now=NOW, actor=None)
    with pytest.raises(slots.SlotIsKnown):
        slots.change(slot=slot, starts_at=at(6, 13), ends_at=at(6, 17), capacity=5, now=NOW, actor=None)
