"""Many people at once, through connections of their own: the promises hold, and without them they would not."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.db.models import F

from organisations.models import Role, Slot
from organisations.models.role import RoleStatus
from tests.factories import NOW, RoleFactory, SlotFactory, TownFactory, VolunteerFactory, at
from volunteers.models import Placement, Volunteer
from volunteers.services.taking_part import joining, placements

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE = 200
AT_ONCE = 32


def all_at_once(calls: list[Callable[[], object]], at_once: int = AT_ONCE) -> Counter[str]:
    """Run *calls* in threads; count how each ended: ``ok``, or the name of its exception."""
    together = threading.Barrier(min(at_once, len(calls)))
    first = threading.local()

    def run(call: Callable[[], object]) -> str:
        if not hasattr(first, "passed"):
            first.passed = True
            together.wait(timeout=60)
        try:
            call()
        except Exception as error:
            return type(error).__name__
        finally:
            connections["default"].close()
        return "ok"

    with ThreadPoolExecutor(min(at_once, len(calls))) as pool:
        return Counter(pool.map(run, calls))


def people(number: int) -> list[Volunteer]:
    town = TownFactory()
    made: list[Volunteer] = VolunteerFactory.create_batch(number, town=town, availability=None, contact=None)
    return made


def join(volunteer: Volunteer, slot: Slot) -> Callable[[], object]:
    return lambda: joining.join(volunteer=volunteer, slot=slot, now=NOW, actor=volunteer.user)


def test_three_places_and_two_hundred_people_give_three():
    slot = SlotFactory(capacity=3)
    ended = all_at_once([join(one, slot) for one in people(PEOPLE)])
    assert ended == {"ok": 3, "SlotFull": PEOPLE - 3}
    slot.refresh_from_db()
    assert slot.taken == 3
    assert Placement.objects.active().filter(slot=slot).count() == 3
    assert Role.objects.get(pk=slot.role_id).status == RoleStatus.FILLED


def test_looking_first_and_writing_then_would_sell_more_places_than_there_are():
    """The control: the same people, without the one statement that looks and writes."""
    slot, looked = SlotFactory(capacity=3), threading.Barrier(AT_ONCE)

    def unprotected(volunteer: Volunteer) -> None:
        seen = Slot.objects.get(pk=slot.pk)
        looked.wait(timeout=60)  # the bad moment, made to happen: everybody has looked, nobody has written
        if seen.places_left > 0:
            seen.taken += 1
            seen.save()
            Placement.objects.create(volunteer=volunteer, slot=seen, agreed_at=NOW)

    ended = all_at_once([lambda one=one: unprotected(one) for one in people(AT_ONCE)])
    assert ended == {"ok": AT_ONCE}
    assert Placement.objects.active().filter(slot=slot).count() == AT_ONCE > slot.capacity


def test_even_a_careless_update_is_stopped_by_the_schema():
    slot = SlotFactory(capacity=3)
    ended = all_at_once([lambda: Slot.objects.filter(pk=slot.pk).update(taken=F("taken") + 1)] * AT_ONCE)
    assert ended == {"ok": 3, "IntegrityError": AT_ONCE - 3}


def test_one_person_at_two_times_that_overlap_gets_one():
    for _round in range(10):
        slots = [SlotFactory(starts_at=at(5, 9, minute)) for minute in (0, 15, 30, 45)]
        [volunteer] = people(1)
        ended = all_at_once([join(volunteer, slot) for slot in slots])
        assert ended == {"ok": 1, "Clash": 3}
        assert volunteer.placements.count() == 1
        assert sum(Slot.objects.filter(pk__in=[s.pk for s in slots]).values_list("taken", flat=True)) == 1


def test_the_same_button_pressed_many_times_gives_one_place():
    slot, [volunteer] = SlotFactory(capacity=20), people(1)
    ended = all_at_once([join(volunteer, slot)] * 16)
    assert ended == {"ok": 1, "AlreadyJoined": 15}
    slot.refresh_from_db()
    assert slot.taken == 1


def test_a_place_is_given_back_once():
    slot, [one, other] = SlotFactory(), people(2)
    join(other, slot)()
    placement = join(one, slot)()
    ended = all_at_once([lambda: placements.cancel(placement=placement, now=NOW, actor=None)] * 8)
    assert ended == {"ok": 1, "AlreadyCancelled": 7}
    slot.refresh_from_db()
    assert slot.taken == 1


def test_the_last_places_of_two_slots_taken_at_once_fill_the_role():
    for _round in range(10):
        role = RoleFactory()
        slots = [SlotFactory(role=role, capacity=1, starts_at=at(day, 9)) for day in (5, 6)]
        ended = all_at_once([join(one, slot) for one, slot in zip(people(2), slots, strict=True)])
        assert ended == {"ok": 2}
        role.refresh_from_db()
        assert role.status == RoleStatus.FILLED


def test_joining_leaving_and_calling_off_at_once_leaves_no_deadlock_and_no_lost_place():
    role = RoleFactory()
    slots = [SlotFactory(role=role, capacity=10, starts_at=at(day, 9)) for day in (5, 6)]
    here, coming = people(8), people(8)
    leave = [join(one, slots[n % 2])() for n, one in enumerate(here)]
    calls: list[Callable[[], object]] = []
    for n, (placement, newcomer) in enumerate(zip(leave, coming, strict=True)):
        calls.append(lambda placement=placement: placements.cancel(placement=placement, now=NOW, actor=None))
        calls.append(join(newcomer, slots[(n + 1) % 2]))
    calls.insert(9, lambda: placements.cancel_role(role=role, now=NOW, actor=None))
    ended = all_at_once(calls)
    assert set(ended) <= {"ok", "AlreadyCancelled", "SlotOver", "RoleNotOpen"}
    role.refresh_from_db()
    assert role.status == RoleStatus.CANCELLED
    assert list(role.slots.values_list("taken", flat=True)) == [0, 0]
    assert not Placement.objects.active().filter(slot__role=role).exists()
