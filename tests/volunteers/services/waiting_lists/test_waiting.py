"""Waiting for a place of a full slot, and the answers to an offer."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import AuditEntry
from notifications.models import ActionLink, Channel, ContactPoint, Notification
from organisations.models import Slot
from organisations.models.role import RoleStatus
from organisations.services.roles import closing
from tests.factories import (
    NOW,
    JuniorFactory,
    RoleFactory,
    SlotFactory,
    VolunteerFactory,
    WaitingFactory,
    at,
)
from volunteers.models import Application, Placement, Volunteer, Waiting
from volunteers.services.refusals import (
    AlreadyJoined,
    AlreadyWaiting,
    Clash,
    NeedsGuardian,
    NotFull,
    NothingToUndo,
    NoTimeToWait,
    NotOffered,
    RoleNotOpen,
    SlotOver,
)
from volunteers.services.taking_part import joining, placements
from volunteers.services.waiting_lists import passing_on, waiting

pytestmark = pytest.mark.django_db


def wait(volunteer: Volunteer, slot: Slot, now: dt.datetime = NOW) -> Waiting:
    return waiting.join_queue(volunteer=volunteer, slot=slot, now=now, actor=volunteer.user)


def join(volunteer: Volunteer, slot: Slot, now: dt.datetime = NOW) -> Placement | Application:
    return joining.join(volunteer=volunteer, slot=slot, now=now, actor=volunteer.user)


def taken(slot: Slot) -> int:
    return Slot.objects.get(pk=slot.pk).taken


@pytest.fixture
def slot() -> Slot:
    """One place, which somebody has."""
    made = SlotFactory(capacity=1)
    join(VolunteerFactory(), made)
    return made


def give_back(slot: Slot, now: dt.datetime = NOW) -> None:
    placements.cancel(placement=Placement.objects.active().get(slot=slot), now=now, actor=None)


def offered(slot: Slot, volunteer: Volunteer | None = None) -> Waiting:
    row = wait(volunteer or VolunteerFactory(), slot)
    give_back(slot)
    passing_on.pass_on(now=NOW)
    row.refresh_from_db()
    return row


def test_one_waits_once_and_only_where_it_is_full(slot: Slot) -> None:
    volunteer = VolunteerFactory()
    row = wait(volunteer, slot)
    assert (row.since, row.offered_at, row.ended_at) == (NOW, None, None)
    assert AuditEntry.objects.filter(action="waiting.join", target_id=str(row.pk)).count() == 1
    with pytest.raises(AlreadyWaiting):
        wait(volunteer, slot)
    with pytest.raises(NotFull):
        wait(VolunteerFactory(), SlotFactory())


def test_the_conditions_are_those_of_joining(slot: Slot) -> None:
    with pytest.raises(NeedsGuardian):
        wait(JuniorFactory(guardian=None), slot)
    with pytest.raises(AlreadyJoined):
        wait(Placement.objects.get(slot=slot).volunteer, slot)
    elsewhere = VolunteerFactory()
    join(elsewhere, SlotFactory())
    with pytest.raises(Clash):
        wait(elsewhere, slot)
    with pytest.raises(SlotOver):
        wait(VolunteerFactory(), SlotFactory(starts_at=at(-1, 9), capacity=1, taken=1))
    with pytest.raises(RoleNotOpen):
        wait(VolunteerFactory(), SlotFactory(role=RoleFactory(status=RoleStatus.CLOSED), capacity=1, taken=1))
    asked = SlotFactory(role__asks_first=True, capacity=1)
    person = VolunteerFactory()
    join(person, asked)
    Slot.objects.filter(pk=asked.pk).update(taken=1)
    with pytest.raises(AlreadyJoined):
        wait(person, asked)


def test_close_to_the_start_nobody_is_made_to_wait(slot: Slot) -> None:
    with pytest.raises(NoTimeToWait):
        wait(VolunteerFactory(), slot, slot.starts_at - dt.timedelta(hours=2))


def test_to_a_party_that_does_not_fit_it_is_full() -> None:
    slot = SlotFactory(role__takes_groups=True, capacity=3, taken=2)
    wait(VolunteerFactory(party_size=2), slot)
    assert isinstance(join(VolunteerFactory(), slot), Placement)


def test_who_waits_comes_before_who_joins(slot: Slot) -> None:
    first, second = VolunteerFactory(), VolunteerFactory()
    wait(first, slot)
    wait(second, slot)
    give_back(slot)
    for late in (VolunteerFactory(), second):
        with pytest.raises(joining.SlotFull):
            join(late, slot)
    assert Waiting.objects.alive().filter(volunteer=second).exists()
    join(first, slot)
    assert not Waiting.objects.alive().filter(volunteer=first).exists()
    assert taken(slot) == 1


def test_in_the_last_hours_the_place_is_anybodys(slot: Slot) -> None:
    wait(VolunteerFactory(), slot)
    late = slot.starts_at - dt.timedelta(hours=2)
    give_back(slot, late)
    assert not passing_on.pass_on(now=late)
    assert isinstance(join(VolunteerFactory(), slot, late), Placement)


def test_the_place_is_held_while_it_is_offered_and_theirs_when_they_say_so(slot: Slot) -> None:
    row = offered(slot)
    assert (row.held, taken(slot)) == (1, 1)
    with pytest.raises(joining.SlotFull):
        join(VolunteerFactory(), slot)
    made = waiting.accept(waiting=row, now=NOW, actor=row.volunteer.user)
    assert isinstance(made, Placement)
    row.refresh_from_db()
    assert (row.held, row.ended_at, taken(slot)) == (0, NOW, 1)


def test_joining_in_another_way_takes_the_place_that_is_held(slot: Slot) -> None:
    row = offered(slot)
    join(row.volunteer, slot)
    row.refresh_from_db()
    assert (row.held, row.ended_at, taken(slot)) == (0, NOW, 1)


def test_without_an_offer_there_is_nothing_to_accept(slot: Slot) -> None:
    row = wait(VolunteerFactory(), slot)
    with pytest.raises(NotOffered):
        waiting.accept(waiting=row, now=NOW, actor=None)


def test_a_refused_yes_leaves_the_offer_standing(slot: Slot) -> None:
    row = offered(slot)
    join(row.volunteer, SlotFactory())
    with pytest.raises(Clash):
        waiting.accept(waiting=row, now=NOW, actor=None)
    row.refresh_from_db()
    assert (row.held, row.ended_at, taken(slot)) == (1, None, 1)


def test_a_no_gives_the_place_back_once(slot: Slot) -> None:
    row = offered(slot)
    for _again in range(2):
        waiting.leave(waiting=row, now=NOW, actor=None)
    assert taken(slot) == 0
    row.refresh_from_db()
    assert (row.held, row.ended_at) == (0, NOW)


def test_as_many_places_are_given_back_as_were_held() -> None:
    slot = SlotFactory(role__takes_groups=True, capacity=2)
    join(VolunteerFactory(party_size=2), slot)
    row = offered(slot, VolunteerFactory(party_size=2))
    Volunteer.objects.filter(pk=row.volunteer_id).update(party_size=1)
    waiting.leave(waiting=row, now=NOW, actor=None)
    assert taken(slot) == 0


@pytest.mark.parametrize("answer", [waiting.accept, waiting.leave])
def test_an_answer_can_be_taken_back_while_the_offer_would_stand(slot: Slot, answer) -> None:
    row = offered(slot)
    until = row.offered_until
    answer(waiting=row, now=NOW, actor=None)
    waiting.undo(waiting=row, now=NOW, actor=None)
    row.refresh_from_db()
    assert (row.held, row.ended_at, row.offered_until, taken(slot)) == (1, None, until, 1)
    assert not Placement.objects.active().filter(volunteer=row.volunteer).exists()
    with pytest.raises(NothingToUndo):
        waiting.undo(waiting=row, now=NOW, actor=None)


def test_what_somebody_else_has_by_then_is_waited_for_again(slot: Slot) -> None:
    row = offered(slot)
    waiting.leave(waiting=row, now=NOW, actor=None)
    join(VolunteerFactory(), slot)
    waiting.undo(waiting=row, now=NOW, actor=None)
    row.refresh_from_db()
    assert (row.held, row.offered_at, row.ended_at, row.since, taken(slot)) == (0, None, None, NOW, 1)


def test_later_nothing_is_taken_back(slot: Slot) -> None:
    row = offered(slot)
    waiting.leave(waiting=row, now=NOW, actor=None)
    with pytest.raises(NothingToUndo):
        waiting.undo(waiting=row, now=NOW + dt.timedelta(hours=24), actor=None)


def test_the_young_are_asked_by_a_coordinator_and_looked_at_before_the_host_hears(slot: Slot) -> None:
    young = JuniorFactory()
    ContactPoint.objects.create(user=young.user, channel=Channel.EMAIL, address="j@yaritai.example", verified_at=NOW)
    row = offered(slot, young)
    assert Notification.objects.get(kind="waiting_offered").channel == Channel.CALL_LIST
    assert not ActionLink.objects.exists()
    made = waiting.accept(waiting=row, now=NOW, actor=None)
    assert isinstance(made, Application)
    assert made.released_at is None


def test_what_is_called_off_ends_all_waiting_with_a_letter(slot: Slot) -> None:
    row, behind = offered(slot), WaitingFactory(slot=slot)
    placements.cancel_slot(slot=slot, now=NOW, actor=None)
    assert not Waiting.objects.alive().exists()
    assert taken(slot) == 0
    told = Notification.objects.filter(kind="waiting_over").values_list("user_id", flat=True)
    assert set(told) == {row.volunteer.user_id, behind.volunteer.user_id}


def test_what_is_closed_ends_all_waiting_with_a_letter(slot: Slot) -> None:
    row = wait(VolunteerFactory(), slot)
    closing.close(role=slot.role, now=NOW, actor=None)
    assert passing_on.pass_on(now=NOW)
    assert not passing_on.pass_on(now=NOW)
    assert not Waiting.objects.alive().exists()
    assert Notification.objects.get(kind="waiting_over").user == row.volunteer.user
