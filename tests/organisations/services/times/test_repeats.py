"""Times that come round are made eight weeks ahead, once each, until somebody ends them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from organisations.models import Repeat, Role, Slot
from organisations.models.role import RoleStatus
from organisations.services.times import limits, repeats, slots
from organisations.services.times.weekly import BadRule, Weekly
from tests.factories import NOW, RepeatFactory, RoleFactory, SlotFactory, at

pytestmark = pytest.mark.django_db
SATURDAYS = Weekly(frozenset({5}))
WEEK = dt.timedelta(weeks=1)


def begin(role: Role | None = None, weekly: Weekly = SATURDAYS, **more: object) -> Repeat:
    given: dict[str, object] = {"starts_at": at(5, 9), "ends_at": at(5, 11), "capacity": 3, "now": NOW, **more}
    return repeats.begin(role=role or RoleFactory(), weekly=weekly, actor=None, **given)  # type: ignore[arg-type]


def days(repeat: Repeat) -> list[dt.date]:
    return [timezone.localdate(slot.starts_at) for slot in repeat.slots.order_by("starts_at")]


def saturdays(*weeks: int) -> list[dt.date]:
    return [at(5 + 7 * week, 9).date() for week in weeks]


def test_the_times_of_eight_weeks_are_there_at_once() -> None:
    repeat = begin()
    assert days(repeat) == saturdays(*range(9))
    slot = repeat.slots.order_by("starts_at")[3]
    assert (slot.starts_at, slot.ends_at, slot.capacity, slot.role) == (at(26, 9), at(26, 11), 3, repeat.role)


def test_the_first_day_is_the_next_that_is_one_of_the_weekdays() -> None:
    repeat = begin(starts_at=at(1, 9), ends_at=at(1, 11))
    assert repeat.first_starts_at == at(5, 9)
    assert days(repeat)[0] == saturdays(0)[0]


def test_what_begins_later_than_eight_weeks_has_its_times_too() -> None:
    assert len(days(begin(starts_at=at(5 + 140, 9), ends_at=at(5 + 140, 11)))) == 9


def test_holidays_and_the_turn_of_the_year_are_left_out_where_asked() -> None:
    mondays = Weekly(frozenset({0}))
    first, last = at(14, 9), at(14, 11)
    assert dt.date(2027, 3, 22) in days(begin(weekly=mondays, starts_at=first, ends_at=last))
    rests = begin(weekly=mondays, starts_at=first, ends_at=last, skips_holidays=True)
    assert dt.date(2027, 3, 22) not in days(rests)
    december = dt.datetime(2027, 12, 11, 9, tzinfo=NOW.tzinfo)
    over_new_year = begin(
        starts_at=december, ends_at=december + dt.timedelta(hours=1), skips_holidays=True, now=december - WEEK
    )
    assert days(over_new_year)[2:5] == [dt.date(2027, 12, 25), dt.date(2028, 1, 8), dt.date(2028, 1, 15)]


@pytest.mark.parametrize(
    ("weekly", "weeks"),
    [
        (Weekly(frozenset({5}), count=3), [0, 1, 2]),
        (Weekly(frozenset({5}), until_on=saturdays(1)[0]), [0, 1]),
        (Weekly(frozenset({5}), 3), [0, 3, 6]),
    ],
)
def test_the_rule_says_which(weekly: Weekly, weeks: list[int]) -> None:
    assert days(begin(weekly=weekly)) == saturdays(*weeks)


@pytest.mark.parametrize(
    ("bad", "error"),
    [
        ({"weekly": Weekly(frozenset())}, BadRule),
        ({"starts_at": at(-7, 9), "ends_at": at(-7, 11)}, limits.SlotInPast),
        ({"ends_at": at(5, 8)}, limits.EndsBeforeStart),
        ({"capacity": 0}, limits.BadCapacity),
        ({"weekly": Weekly(frozenset({5}), until_on=at(4, 9).date())}, repeats.NoTimesCome),
        ({"starts_at": at(740, 9), "ends_at": at(740, 11)}, limits.SlotTooFarAhead),
    ],
)
def test_what_cannot_be_is_refused_whole(bad: dict[str, object], error: type[Exception]) -> None:
    with pytest.raises(error):
        begin(**bad)  # type: ignore[arg-type]
    assert not Repeat.objects.exists()
    assert not Slot.objects.exists()


@pytest.mark.parametrize("status", RoleStatus)
def test_a_role_that_is_over_comes_round_no_more(status: str) -> None:
    role = RoleFactory(status=status)
    if status in (RoleStatus.CLOSED, RoleStatus.CANCELLED):
        with pytest.raises(slots.NoNewSlots):
            begin(role)
        return
    begin(role)
    assert role.slots.count() == 9


def test_the_same_rule_twice_is_refused() -> None:
    repeat = begin()
    with pytest.raises(repeats.RepeatIsThere):
        begin(repeat.role)
    begin(repeat.role, starts_at=at(5, 13), ends_at=at(5, 14))
    repeats.end(repeat=repeat, now=NOW, actor=None)
    begin(repeat.role)


def test_each_week_one_more_is_made_however_often_one_looks() -> None:
    repeat = begin()
    assert [repeats.extend(now=NOW) for _ in range(2)] == [0, 0]
    assert [repeats.extend(now=NOW + 2 * WEEK) for _ in range(3)] == [1, 0, 0]
    assert repeats.extend(now=NOW + 2 * WEEK + dt.timedelta(days=1)) == 0
    assert days(repeat) == saturdays(*range(10))


def test_after_a_long_silence_only_times_ahead_are_made() -> None:
    repeat = begin()
    assert repeats.extend(now=NOW + 20 * WEEK) == 8
    assert days(repeat) == saturdays(*range(9), *range(20, 28))


def test_a_time_that_was_moved_or_taken_away_is_not_made_again() -> None:
    repeat = begin()
    moved, gone = repeat.slots.order_by("-starts_at")[:2]
    gone.delete()
    Slot.objects.filter(pk=moved.pk).update(starts_at=at(4, 9), ends_at=at(4, 11))
    repeats.extend(now=NOW + 2 * WEEK)
    assert days(repeat) == [at(4, 9).date(), *saturdays(*range(7), 9)]


@pytest.mark.parametrize("status", [RoleStatus.CLOSED, RoleStatus.CANCELLED])
def test_nothing_is_added_to_what_is_over(status: str) -> None:
    repeat = begin()
    Role.objects.update(status=status)
    assert repeats.extend(now=NOW + 2 * WEEK) == 0
    assert repeat.slots.count() == 9


def test_a_rule_that_has_run_out_is_over() -> None:
    repeat = begin(weekly=Weekly(frozenset({5}), count=2))
    repeats.extend(now=NOW + WEEK)
    repeat.refresh_from_db()
    assert repeat.ended_at is None
    repeats.extend(now=NOW + 2 * WEEK)
    repeat.refresh_from_db()
    assert repeat.ended_at == NOW + 2 * WEEK


def test_ending_lets_no_more_come_and_leaves_what_is_there() -> None:
    repeat = begin()
    ended = repeats.end(repeat=repeat, now=NOW, actor=None)
    assert ended.ended_at == NOW
    assert repeats.extend(now=NOW + 2 * WEEK) == 0
    assert repeat.slots.count() == 9
    with pytest.raises(repeats.RepeatIsOver):
        repeats.end(repeat=repeat, now=NOW, actor=None)


def test_a_full_role_opens_again_and_says_how_it_comes_round() -> None:
    role = SlotFactory(role__status=RoleStatus.FILLED, capacity=1, taken=1).role
    repeat = RepeatFactory(role=role, skips_holidays=True)
    assert repeats.extend(now=NOW) == 9
    role.refresh_from_db()
    assert role.status == RoleStatus.OPEN
    assert repeats.in_words(repeat) == "毎週 土曜日 9:00〜11:00、祝日と年末年始は休み"
