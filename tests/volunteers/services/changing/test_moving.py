"""A time is moved: places move with it, who is elsewhere loses theirs, and everybody hears."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from functools import partial

import pytest
from django.db import OperationalError, transaction

from accounts.models import AuditEntry
from accounts.models.consent import ConsentKind
from notifications.models import Delivery, Notification
from notifications.services import links
from organisations.models import Role, Slot
from organisations.models.role import RoleStatus
from organisations.services.times import filling, limits, slots, wording
from tests.factories import (
    NOW,
    ApplicationFactory,
    GuardianRequestFactory,
    JuniorFactory,
    RoleFactory,
    SlotFactory,
    VolunteerFactory,
    WaitingFactory,
    at,
)
from tests.volunteers.services.test_races import all_at_once, people
from volunteers.models import Application, Placement, Volunteer, Waiting
from volunteers.models.application import ApplicationStatus
from volunteers.services.changing import moving
from volunteers.services.refusals import Clash, SlotMoved, SlotOver
from volunteers.services.taking_part import applications, joining, placements
from volunteers.services.telling import letters
from volunteers.services.waiting_lists import passing_on, waiting

pytestmark = pytest.mark.django_db


def join(volunteer: Volunteer, slot: Slot):
    return joining.join(volunteer=volunteer, slot=slot, now=NOW, actor=volunteer.user)


def move(slot: Slot, day: int = 6, hour: int = 9, **more) -> moving.Moved:
    times = {"starts_at": at(day, hour), "ends_at": at(day, hour + 2), "now": NOW}
    return moving.move_slot(slot=slot, actor=None, **(times | more))


def told(kind: str) -> dict:
    return {letter.user: letter for letter in Notification.objects.filter(kind=kind).select_related("user")}


def test_the_time_and_the_places_move_and_calendars_see_a_newer_entry():
    slot = SlotFactory(role__status=RoleStatus.OPEN)
    placement = join(VolunteerFactory(), slot)
    moved = move(slot)
    for row in (slot, placement):
        row.refresh_from_db()
    assert (slot.starts_at, slot.ends_at, slot.sequence, slot.moved_at) == (at(6, 9), at(6, 11), 1, NOW)
    assert (placement.busy.lower, placement.busy.upper, placement.cancelled_at) == (at(6, 9), at(6, 11), None)
    assert (moved.come, moved.freed, moved.asked, slot.taken) == (1, 0, 0, 1)
    assert AuditEntry.objects.get(action="slot.move").detail["freed"] == []
    assert move(slot, day=7).slot.sequence == 2


def test_who_comes_hears_the_new_time_at_least_once_with_one_tap_to_step_back():
    slot, volunteer = SlotFactory(), VolunteerFactory()
    placement = join(volunteer, slot)
    move(slot)
    letter = told("slot_moved")[volunteer.user]
    assert "3月7日" in letter.body
    assert "3月6日" not in letter.body
    assert (letter.delivery, letter.is_urgent) == (Delivery.AT_LEAST_ONCE, True)
    [action] = letter.actions
    found = links.find(token=action["url"].rstrip("/").rpartition("/")[2], now=NOW)
    assert (action["label"], found.action, found.target_id) == ("行けなくなった", "cannot_come", str(placement.pk))
    move(slot, day=7)
    assert Notification.objects.filter(kind="slot_moved").count() == 2


def test_who_is_elsewhere_then_loses_the_place_and_hears_by_what():
    slot, other = SlotFactory(capacity=2), SlotFactory(starts_at=at(6, 10), role__title="夏まつりの受付")
    busy, free = VolunteerFactory(), VolunteerFactory()
    lost, kept, there = join(busy, slot), join(free, slot), join(busy, other)
    assert Role.objects.get(pk=slot.role_id).status == RoleStatus.FILLED
    moved = move(slot)
    for row in (lost, kept, there, slot):
        row.refresh_from_db()
    assert (lost.cancelled_at, kept.cancelled_at, there.cancelled_at, slot.taken) == (NOW, None, None, 1)
    assert (moved.come, moved.freed) == (1, 1)
    assert Role.objects.get(pk=slot.role_id).status == RoleStatus.OPEN
    letter = told("slot_moved_clash")[busy.user]
    assert "夏まつりの受付" in letter.body
    assert "10:00〜12:00" in letter.body
    assert letter.actions == []
    assert set(told("slot_moved")) == {free.user}


def test_who_was_accepted_and_is_elsewhere_may_ask_again():
    slot = SlotFactory(role__asks_first=True)
    volunteer = VolunteerFactory()
    applications.accept(application=join(volunteer, slot), now=NOW, actor=None)
    join(volunteer, SlotFactory(starts_at=at(6, 10)))
    move(slot)
    assert Application.objects.get().status == ApplicationStatus.WITHDRAWN


def test_who_asked_and_who_waits_hear_too_and_only_the_known_are_counted():
    slot = SlotFactory()
    asked = ApplicationFactory(slot=slot, released_at=NOW)
    young = ApplicationFactory(slot=slot, volunteer=JuniorFactory())
    waits = WaitingFactory(slot=slot)
    WaitingFactory(slot=slot, ended_at=NOW)
    ApplicationFactory(slot=slot, released_at=NOW, status=ApplicationStatus.WITHDRAWN)
    assert move(slot).asked == 1
    found = told("slot_moved_asked")
    assert set(found) == {asked.volunteer.user, young.volunteer.user, waits.volunteer.user}
    assert found[young.volunteer.user].channel == "call_list"


def held(slot: Slot, volunteer: Volunteer | None = None) -> Waiting:
    """Somebody to whom the one free place of *slot* is offered."""
    row = WaitingFactory(slot=slot, volunteer=volunteer or VolunteerFactory())
    passing_on.pass_on(now=NOW)
    row.refresh_from_db()
    return row


def test_to_whom_a_place_is_offered_is_asked_anew_with_the_new_time():
    slot, hour = SlotFactory(capacity=1), dt.timedelta(hours=1)
    row = held(slot)
    first = Notification.objects.get(kind="waiting_offered")
    move(slot, now=NOW + hour)
    row.refresh_from_db()
    slot.refresh_from_db()
    assert (row.held, row.offered_at, row.offered_until, slot.taken) == (1, NOW + hour, NOW + 25 * hour, 1)
    letter = told("waiting_offered_anew")[row.volunteer.user]
    assert "3月7日(日) 9:00〜11:00" in letter.body
    assert "3月2日(火) 11:00まで" in letter.body
    assert (letter.delivery, letter.is_urgent) == (Delivery.AT_LEAST_ONCE, True)
    assert told("slot_moved_asked") == {}
    right = passing_on.STILL_RIGHT
    assert (right[first.kind](first, NOW + hour), right[letter.kind](letter, NOW + hour)) == (False, True)
    move(slot, day=7, now=NOW + 2 * hour)
    assert Notification.objects.filter(kind="waiting_offered_anew").count() == 2
    assert not right[letter.kind](letter, NOW + 2 * hour)


def test_a_yes_to_the_old_time_is_none_to_the_new_one():
    slot = SlotFactory(capacity=1)
    row = held(slot)
    move(slot)
    with pytest.raises(SlotMoved):
        waiting.accept(waiting=row, now=NOW, actor=None, seen=0)
    assert isinstance(waiting.accept(waiting=row, now=NOW, actor=None, seen=1), Placement)
    assert Slot.objects.get(pk=slot.pk).taken == 1


def test_who_is_elsewhere_at_the_new_time_cannot_say_yes_and_reads_to_what():
    slot, there = SlotFactory(capacity=1), SlotFactory(starts_at=at(6, 10), role__title="夏まつりの受付")
    row = held(slot)
    join(row.volunteer, there)
    move(slot)
    with pytest.raises(Clash, match="夏まつりの受付"):
        waiting.accept(waiting=row, now=NOW, actor=None)
    row.refresh_from_db()
    assert (row.held, Slot.objects.get(pk=slot.pk).taken) == (1, 1)


def test_where_no_time_is_left_to_answer_the_place_is_free_and_they_hear_it():
    slot = SlotFactory(capacity=1)
    row = held(slot)
    move(slot, day=0, hour=12)
    row.refresh_from_db()
    assert (row.held, row.ended_at, Slot.objects.get(pk=slot.pk).taken) == (0, NOW, 0)
    assert set(told("waiting_over")) == {row.volunteer.user}


def test_the_young_get_no_link_and_their_guardian_hears_of_it_too():
    slot, junior = SlotFactory(), JuniorFactory()
    Placement.objects.create(volunteer=junior, slot=slot, agreed_at=NOW)
    Slot.objects.update(taken=1)
    consent = junior.user.consents.get(kind=ConsentKind.GUARDIAN)
    said = {"answered_at": NOW, "is_given": True, "consent": consent}
    guardian = GuardianRequestFactory(volunteer=junior, **said).guardian
    moved = move(slot).slot
    assert told("slot_moved")[junior.user].actions == []
    letter = told("slot_moved_guardian")[guardian]
    assert (junior.user.name in letter.title, wording.when(moved) in letter.body) == (True, True)
    placements.cancel_slot(slot=moved, now=NOW, actor=None)
    assert not moving.STILL_RIGHT["slot_moved_guardian"](letter, NOW)
    assert list(told("guardian_called_off")) == [guardian]


def test_people_read_of_it_in_their_own_language():
    slot, english = SlotFactory(role__title_en="Watering flowers"), VolunteerFactory(user__language="en")
    join(english, slot)
    join(english, SlotFactory(starts_at=at(6, 10), role__title_en="Summer festival"))
    move(slot)
    letter = told("slot_moved_clash")[english.user]
    assert "Watering flowers" in letter.title
    assert "Summer festival" in letter.body.splitlines()[-1]


def test_a_window_moves_and_clashes_with_nothing():
    slot = SlotFactory(starts_at=at(5, 9), ends_at=at(8, 9), minutes=30)
    placement = join(VolunteerFactory(), slot)
    join(placement.volunteer, SlotFactory(starts_at=at(7, 9)))
    moved = move(slot, starts_at=at(6, 9), ends_at=at(9, 9))
    placement.refresh_from_db()
    assert (moved.freed, placement.busy, placement.cancelled_at) == (0, None, None)


@pytest.mark.parametrize(
    ("times", "refusal"),
    [
        ({"starts_at": at(5, 9), "ends_at": at(5, 11)}, moving.NotMoved),
        ({"starts_at": at(-1, 9), "ends_at": at(-1, 11)}, limits.SlotInPast),
        ({"starts_at": at(6, 9), "ends_at": at(6, 8)}, limits.EndsBeforeStart),
        ({"starts_at": at(6, 22), "ends_at": at(7, 2)}, limits.SlotAcrossMidnight),
        ({"now": at(5, 10)}, SlotOver),
    ],
)
def test_what_cannot_be_is_refused_and_tells_nobody(times, refusal):
    slot = SlotFactory()
    join(VolunteerFactory(), slot)
    with pytest.raises(refusal):
        move(slot, **times)
    assert Slot.objects.get().sequence == 0
    assert told("slot_moved") == {}


def test_what_was_called_off_is_not_moved():
    with pytest.raises(slots.SlotIsCancelled):
        move(SlotFactory(cancelled_at=NOW))


def is_right(letter: Notification, now=NOW) -> bool:
    return {**letters.STILL_RIGHT, **moving.STILL_RIGHT}[letter.kind](letter, now)


def test_only_the_latest_time_is_told():
    slot, volunteer = SlotFactory(), VolunteerFactory()
    placement = join(volunteer, slot)
    confirmed = Notification.objects.get()
    move(slot, now=at(0, 11))
    first = Notification.objects.get(kind="slot_moved")
    assert is_right(first)
    assert not is_right(confirmed)  # it names the old time
    move(slot, day=7, now=at(0, 12))
    second = Notification.objects.exclude(pk=first.pk).get(kind="slot_moved")
    assert (is_right(first), is_right(second), is_right(second, at(7, 12))) == (False, True, False)
    placements.cancel(placement=placement, now=at(0, 13), actor=None)
    assert not is_right(second)


def test_who_read_the_old_time_is_not_put_into_the_new_one():
    slot = SlotFactory(role__asks_first=True)
    read = Slot.objects.select_related("role__organisation").get()
    move(slot)
    volunteer = VolunteerFactory()
    with pytest.raises(SlotMoved):
        placements.place(volunteer=volunteer, slot=read, now=NOW, actor=None)
    with pytest.raises(SlotMoved):
        applications.ask(volunteer=volunteer, slot=read, now=NOW, actor=None, is_released=True)
    assert not Placement.objects.exists()
    assert not Application.objects.exists()


# At once, through connections of their own.


def agree(slot: Slot) -> None:
    """Every place fills exactly the hours of its slot, and as many are taken as people come."""
    slot.refresh_from_db()
    coming = Placement.objects.active().filter(slot=slot)
    assert [(row.busy.lower, row.busy.upper) for row in coming] == [(slot.starts_at, slot.ends_at)] * slot.taken


@pytest.mark.django_db(transaction=True)
def test_joining_while_it_is_moved_leaves_nobody_at_the_old_time():
    for round_ in range(5):
        slot = SlotFactory(capacity=50)
        here, coming = people(4), people(8)
        for one in here:
            join(one, slot)
        calls: list[Callable[[], object]] = [partial(join, one, slot) for one in coming]
        calls.insert(round_ + 1, partial(move, slot))
        ended = all_at_once(calls)
        assert set(ended) <= {"ok", "SlotMoved"}
        agree(slot)
        heard = set(Notification.objects.filter(kind="slot_moved", about__slot=slot.pk).values_list("user", flat=True))
        confirmed = Notification.objects.filter(
            kind="placement_confirmed", about__slot=slot.pk, body__contains="3月6日"
        )
        assert set(confirmed.values_list("user", flat=True)) == heard  # all who were told the old time hear of the new


@pytest.mark.django_db(transaction=True)
def test_without_looking_again_somebody_would_come_at_the_old_time():
    """The control: a place is taken for the time that was read, whatever the slot says by now."""
    slot, [volunteer] = SlotFactory(), people(1)
    read = Slot.objects.get(pk=slot.pk)
    move(slot)
    with transaction.atomic():
        placements._insert(volunteer, read, NOW)
        Slot.objects.filter(pk=slot.pk).update(taken=1)
    with pytest.raises(AssertionError):
        agree(slot)


@pytest.mark.django_db(transaction=True)
def test_two_times_moved_onto_each_other_leave_everybody_in_one_of_them():
    for _round in range(5):
        role = RoleFactory()
        both, everybody = [SlotFactory(role=role, capacity=50, starts_at=at(day, 9)) for day in (5, 6)], people(8)
        there = [join(one, slot) for one in everybody for slot in both]
        leaving = [row for row in there if row.volunteer in everybody[:2] and row.slot == both[0]]
        calls: list[Callable[[], object]] = [partial(move, slot, day=9) for slot in both]
        calls += [lambda row=row: placements.cancel(placement=row, now=NOW, actor=None) for row in leaving]
        assert set(all_at_once(calls)) <= {"ok", "AlreadyCancelled"}
        for slot in both:
            agree(slot)
        assert Placement.objects.active().filter(volunteer__in=everybody[2:]).count() == 6


@pytest.mark.django_db(transaction=True)
def test_moving_joining_and_leaving_at_once_waits_in_no_circle():
    for _round in range(5):
        slot = SlotFactory(capacity=50)
        staying, coming = people(8), people(8)
        leave = [join(one, slot) for one in staying]
        calls: list[Callable[[], object]] = []
        for placement, newcomer in zip(leave, coming, strict=True):
            calls.append(lambda placement=placement: placements.cancel(placement=placement, now=NOW, actor=None))
            calls.append(lambda newcomer=newcomer, slot=slot: join(newcomer, slot))
        calls[3:3] = [lambda slot=slot: move(slot, day=6), lambda slot=slot: move(slot, day=7)]
        assert set(all_at_once(calls)) <= {"ok", "SlotMoved"}
        agree(slot)


@pytest.mark.django_db(transaction=True)
def test_the_slot_before_the_person_would_wait_in_a_circle():
    """The control: the other order of locks meets somebody who leaves."""
    slot, [volunteer] = SlotFactory(), people(1)
    placement, both_hold = join(volunteer, slot), threading.Barrier(2)

    def slot_first() -> None:
        with transaction.atomic():
            filling.lock(slot.pk)
            both_hold.wait(timeout=60)
            placements.lock_person(volunteer)

    def person_first() -> None:
        with transaction.atomic():
            placements.lock_person(volunteer)
            both_hold.wait(timeout=60)
            placements.cancel(placement=placement, now=NOW, actor=None)

    ended = all_at_once([slot_first, person_first])
    assert ended == {"ok": 1, OperationalError.__name__: 1}
