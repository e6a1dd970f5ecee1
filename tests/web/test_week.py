from __future__ import annotations

from volunteers.services.people.availability import bits
from web import week

NONE = [0] * 7


def test_a_tick_fills_its_part_and_only_that() -> None:
    assert week.apply(["0-morning"], NONE) == [bits(540, 720), 0, 0, 0, 0, 0, 0]


def test_taking_a_tick_away_empties_its_part_and_only_that() -> None:
    free = [bits(0, 1440), 0, 0, 0, 0, 0, 0]
    left = week.apply(week.ticked(free) - {"0-early"}, free)
    assert left[0] == bits(0, 1440) & ~bits(360, 540)


def test_the_same_ticks_change_nothing() -> None:
    free = [bits(570, 600), 0, bits(0, 60), 0, 0, 0, bits(1380, 1440)]
    assert week.apply(week.ticked(free), free) == free


def test_a_part_with_some_time_is_ticked_and_says_so() -> None:
    free = [bits(570, 600), *NONE[1:]]
    box = week.rows(week.ticked(free), free)[0][1][1]
    assert (box.value, box.is_ticked, box.is_partly) == ("0-morning", True, True)
