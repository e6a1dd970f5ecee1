"""What is asked of 64 people side by side is what is asked of each."""

from __future__ import annotations

import numpy as np
import pytest

from matching.engine.lanes import agreeing, beyond, holding, over, under, within

PEOPLE = 192
BITS = np.arange(PEOPLE, dtype=np.uint64) * np.uint64(0x9E37_79B9_7F4A_7C15)


def _lanes(word: np.uint64) -> list[bool]:
    return [bool(int(word) >> lane & 1) for lane in range(64)]


@pytest.mark.parametrize("first", [0, 64, 128])
@pytest.mark.parametrize(("mask", "wanted"), [(0b11, 0b11), (0b11, 0), (1 << 63, 1 << 63), (0b110, 0b010), (0, 0)])
def test_who_has_the_wanted_bits(first: int, mask: int, wanted: int) -> None:
    word = agreeing(BITS, first, np.uint64(mask), np.uint64(wanted))

    assert _lanes(word) == [int(bits) & mask == wanted for bits in BITS[first : first + 64]]


@pytest.mark.parametrize("first", [0, 64, 128])
@pytest.mark.parametrize("limit", [-(2**31), -1, 0, 17, 2**31 - 1])
def test_whose_number_is_less_and_whose_more(first: int, limit: int) -> None:
    numbers = np.arange(PEOPLE, dtype=np.int32) * 7 % 23 - 5
    numbers[::9], numbers[1::9] = -(2**31), 2**31 - 1

    assert _lanes(under(numbers, first, limit)) == (numbers < limit)[first : first + 64].tolist()
    assert _lanes(over(numbers, first, limit)) == (numbers > limit)[first : first + 64].tolist()


@pytest.mark.parametrize("first", [0, 64, 128])
def test_of_whom_it_holds(first: int) -> None:
    is_so = np.arange(PEOPLE) * 7 % 23 < 11

    assert _lanes(holding(is_so, first)) == is_so[first : first + 64].tolist()


@pytest.mark.parametrize("first", [0, 64, 128])
def test_who_reaches_a_point(first: int) -> None:
    rng = np.random.default_rng(1)
    place, reach, point = rng.random((3, PEOPLE)), rng.random(PEOPLE), rng.random(3)
    place[:, ::7] = np.nan
    place[:, 1::7], reach[1::7] = point[:, None] + [[3.0], [4.0], [0.0]], 5.0

    word = within(place, reach, first, point)

    square = np.square(place - point[:, None]).sum(axis=0)
    some = slice(first, first + 64)
    assert _lanes(word) == (square <= reach * reach + 1e-12)[some].tolist()
    assert 0 < sum(_lanes(word)) < 64
    assert _lanes(beyond(place, reach, first, point, 1.5)) == (square > 2.25 * reach * reach)[some].tolist()


def test_who_reaches_a_point_just_so_reaches_it() -> None:
    point = np.zeros(3)
    place = np.tile(np.array([[3.0], [4.0], [0.0]]), 64)
    reach = np.full(64, 5.0)
    reach[::2] = np.nextafter(5.0, 0.0)
    is_short = [lane % 2 == 0 for lane in range(64)]

    assert _lanes(within(place, reach, 0, point)) == [not short for short in is_short]
    assert _lanes(beyond(place, reach, 0, point, 1.0)) == is_short
    assert _lanes(beyond(place, reach / 2, 0, point, 2.0)) == is_short
