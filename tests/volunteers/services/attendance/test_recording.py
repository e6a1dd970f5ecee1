from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from accounts.models import AuditEntry
from tests.factories import NOW, PlacementFactory, SlotFactory, UserFactory, VolunteerFactory, at
from tests.together import together
from volunteers.models import Attendance
from volunteers.services.attendance import recording

pytestmark = pytest.mark.django_db


def written(placement: Any) -> tuple[bool, int, bool]:
    row = Attendance.objects.get(placement=placement)
    return row.came, row.minutes, row.by_code


def test_a_list_says_who_came_and_who_did_not() -> None:
    slot, host = SlotFactory(), UserFactory()
    here, away, open_ = PlacementFactory(slot=slot, places=3), PlacementFactory(slot=slot), PlacementFactory(slot=slot)
    assert recording.record(slot=slot, came={here.pk: 90, away.pk: None}, now=at(5, 12), actor=host) == 2
    assert (written(here), written(away)) == ((True, 90, False), (False, 0, False))
    assert not Attendance.objects.filter(placement=open_).exists()
    assert Attendance.objects.get(placement=here).people == 3
    assert AuditEntry.objects.get(action="attendance.record").detail == {"came": 1, "away": 1}


def test_of_a_party_as_many_are_written_down_as_came_and_hours_are_those_of_all() -> None:
    slot = SlotFactory(capacity=9)
    party, whole, alone = (PlacementFactory(slot=slot, places=places) for places in (4, 2, 1))
    came = {party.pk: 90, whole.pk: 60, alone.pk: None}
    recording.record(slot=slot, came=came, people={party.pk: 3}, now=at(5, 12), actor=None)
    assert [row.people for row in Attendance.objects.order_by("placement").filter(came=True)] == [3, 2]
    assert recording.total(slot) == recording.Total(people=5, minutes=3 * 90 + 2 * 60)
    assert recording.total(SlotFactory()) == recording.Total(people=0, minutes=0)


@pytest.mark.parametrize("people", [0, 5, -1])
def test_no_more_came_than_meant_to_and_none_is_said_otherwise(people: int) -> None:
    party = PlacementFactory(places=4)
    with pytest.raises(recording.BadPeople):
        recording.record(slot=party.slot, came={party.pk: 60}, people={party.pk: people}, now=at(5, 12), actor=None)
    assert not Attendance.objects.exists()


def test_a_list_can_be_put_right_and_stays_one_row_a_person() -> None:
    here = PlacementFactory()
    for minutes in (90, None, 45):
        recording.record(slot=here.slot, came={here.pk: minutes}, now=at(5, 12), actor=None)
    assert written(here) == (True, 45, False)
    assert Attendance.objects.count() == 1


@pytest.mark.parametrize("other", [{"slot": None}, {"cancelled_at": NOW}])
def test_only_who_takes_part_in_this_slot_is_written_down(other: dict[str, Any]) -> None:
    slot = SlotFactory()
    placement = PlacementFactory(**{"slot": slot, **{k: v or SlotFactory() for k, v in other.items()}})
    assert recording.record(slot=slot, came={placement.pk: 60}, now=at(5, 12), actor=None) == 0
    assert not Attendance.objects.exists()


@pytest.mark.parametrize("minutes", [0, -5, 1441])
def test_nobody_stays_for_less_than_a_minute_or_more_than_a_day(minutes: int) -> None:
    placement = PlacementFactory()
    with pytest.raises(recording.BadMinutes):
        recording.record(slot=placement.slot, came={placement.pk: minutes}, now=at(5, 12), actor=None)


def test_nothing_is_written_down_before_it_begins() -> None:
    placement = PlacementFactory()
    with pytest.raises(recording.TooEarly):
        recording.record(slot=placement.slot, came={placement.pk: 60}, now=at(5, 7, 59), actor=None)
    recording.record(slot=placement.slot, came={placement.pk: 60}, now=at(5, 8), actor=None)


def test_the_code_of_one_slot_is_no_other_slots() -> None:
    first, second = SlotFactory(), SlotFactory()
    assert recording.read(recording.code(first)) == first
    number, _dot, signature = recording.code(first).partition(".")
    assert number == str(first.pk)
    for forged in (f"{second.pk}.{signature}", number, "", "…", f"{number}.", recording.code(first) + "x"):
        with pytest.raises(recording.CodeUnknown):
            recording.read(forged)


def test_a_code_of_a_slot_that_is_gone_is_unknown() -> None:
    slot = SlotFactory()
    text = recording.code(slot)
    slot.delete()
    with pytest.raises(recording.CodeUnknown):
        recording.read(text)


def test_checking_in_twice_is_one_row() -> None:
    placement = PlacementFactory()
    for minute in (0, 20):
        recording.check_in(volunteer=placement.volunteer, slot=placement.slot, now=at(5, 9, minute))
    assert written(placement) == (True, 120, True)
    assert Attendance.objects.get().recorded_at == at(5, 9)
    assert AuditEntry.objects.filter(action="attendance.check_in").count() == 1


@pytest.mark.parametrize(
    ("now", "refusal"),
    [(at(5, 7, 59), recording.TooEarly), (at(5, 14, 1), recording.TooLate), (at(6, 9), recording.TooLate)],
)
def test_a_code_is_good_from_an_hour_before_to_three_hours_after(now: dt.datetime, refusal: type[Exception]) -> None:
    placement = PlacementFactory()
    with pytest.raises(refusal):
        recording.check_in(volunteer=placement.volunteer, slot=placement.slot, now=now)
    assert not Attendance.objects.exists()
    for good in (at(5, 8), at(5, 14)):
        recording.check_in(volunteer=placement.volunteer, slot=placement.slot, now=good)


def test_who_is_not_expected_is_not_written_down() -> None:
    cancelled = PlacementFactory(cancelled_at=NOW)
    for volunteer in (VolunteerFactory(), cancelled.volunteer):
        with pytest.raises(recording.NotComing):
            recording.check_in(volunteer=volunteer, slot=cancelled.slot, now=at(5, 9))


def test_the_list_has_the_last_word_and_who_stands_there_was_not_away() -> None:
    placement = PlacementFactory()
    recording.check_in(volunteer=placement.volunteer, slot=placement.slot, now=at(5, 9))
    recording.record(slot=placement.slot, came={placement.pk: 60}, now=at(5, 11), actor=None)
    assert written(placement) == (True, 60, False)
    recording.record(slot=placement.slot, came={placement.pk: None}, now=at(5, 11), actor=None)
    recording.check_in(volunteer=placement.volunteer, slot=placement.slot, now=at(5, 11, 30))
    assert written(placement) == (True, 120, True)


def test_any_minutes_of_a_window_are_those_minutes() -> None:
    window = SlotFactory.build(role=None, starts_at=at(1, 0), ends_at=at(30, 0), minutes=20)
    long = SlotFactory.build(role=None, starts_at=at(1, 0), ends_at=at(4, 0))
    assert (recording.minutes_of(window), recording.minutes_of(long)) == (20, 1440)


@pytest.mark.django_db(transaction=True)
def test_list_and_code_at_the_same_moment_write_one_row() -> None:
    placement = PlacementFactory()

    def act(number: int) -> object:
        if number % 2:
            return recording.check_in(volunteer=placement.volunteer, slot=placement.slot, now=at(5, 9))
        return recording.record(slot=placement.slot, came={placement.pk: 60}, now=at(5, 9), actor=None)

    done = together(6, act)
    assert [result for result in done if isinstance(result, Exception)] == []
    assert Attendance.objects.get().came
