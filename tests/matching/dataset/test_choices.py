"""Every way to do a slot is found, and no other."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matching.dataset.choices import DAY, HALF_HOUR, touched, ways

DAYS, LEAD = 5, 720


def found(start: int, end: int, minutes: int = 0, now: int = 0) -> list[tuple[int, int]]:
    one = [np.array([number]) for number in (start, end, minutes)]
    choices = ways(*one, now=now, lead=LEAD, days=DAYS)
    assert set(choices.slot.tolist()) <= {0}
    return list(zip(choices.day.tolist(), choices.mask.tolist(), strict=True))


def halves(start: int, end: int) -> int:
    """The half hours that a stretch touches, minute by minute."""
    return sum({1 << minute // HALF_HOUR for minute in range(start, end)})


def by_hand(start: int, end: int, minutes: int, now: int) -> list[tuple[int, int]]:
    if not minutes:
        day = start // DAY
        fits = start >= now + LEAD and 0 <= day < DAYS and end <= (day + 1) * DAY
        return [(day, halves(start % DAY, end - day * DAY))] if fits else []
    opens, ways_there = max(start, now), []
    for day in range(DAYS):
        for half in range(48):
            begin = max(day * DAY + half * HALF_HOUR, opens)
            is_this_half = begin // HALF_HOUR == day * 48 + half
            if is_this_half and begin + minutes <= min(end, (day + 1) * DAY):
                ways_there.append((day, halves(begin - day * DAY, begin - day * DAY + minutes)))
    return ways_there


@given(
    start=st.integers(-DAY, (DAYS + 1) * DAY),
    long=st.integers(5, 3 * DAY),
    minutes=st.integers(0, DAY),
    now=st.integers(0, DAY - 1),
)
def test_all_ways_and_no_others(start: int, long: int, minutes: int, now: int) -> None:
    assert found(start, start + long, minutes, now) == by_hand(start, start + long, minutes, now)


def test_a_fixed_slot_has_one_way() -> None:
    assert found(DAY + 9 * 60, DAY + 11 * 60) == [(1, 0b1111 << 18)]


def test_a_fixed_slot_touches_every_half_hour_that_it_lies_in() -> None:
    assert found(DAY + 9 * 60 + 15, DAY + 10 * 60 + 5) == [(1, 0b111 << 18)]


def test_a_fixed_slot_must_be_known_in_time() -> None:
    nine = DAY + 9 * 60
    assert found(nine, nine + 60, now=nine - LEAD) != []
    assert found(nine, nine + 60, now=nine - LEAD + 1) == []


def test_a_window_is_open_until_its_minutes_no_longer_fit() -> None:
    assert found(600, 700, minutes=60, now=640) == [(0, 0b11 << 21 | 1 << 23)]
    assert found(600, 700, minutes=60, now=641) == []


def test_many_slots_stay_in_their_order() -> None:
    start = np.array([DAY + 600, DAY + 600, 2 * DAY + 600])
    choices = ways(start, start + 120, np.array([90, 0, 90]), now=0, lead=LEAD, days=DAYS)
    assert choices.slot.tolist() == [0, 0, 1, 2, 2]


def test_a_whole_day_is_48_half_hours() -> None:
    assert touched(np.array([0]), np.array([DAY])).tolist() == [(1 << 48) - 1]
