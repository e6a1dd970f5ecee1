"""Pieces are of one length, lie within the job and do not touch each other's time."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organisations.services.times import limits, pieces
from tests.factories import at


def test_three_hours_are_six_pieces_of_half_an_hour() -> None:
    made = pieces.pieces(at(5, 9), at(5, 12), 30)
    assert made == [(at(5, 9 + n // 2, n % 2 * 30), at(5, 9 + (n + 1) // 2, (n + 1) % 2 * 30)) for n in range(6)]


def test_a_break_lies_between_two_and_what_is_left_over_is_no_piece() -> None:
    made = pieces.pieces(at(5, 9), at(5, 12), 50, 10)
    assert made == [(at(5, hour, 0), at(5, hour, 50)) for hour in (9, 10, 11)]
    assert pieces.pieces(at(5, 9), at(5, 11, 49), 50, 10) == made[:2]


@given(length=st.integers(1, 1440), piece=st.integers(30, 90), pause=st.integers(0, 60), begins=st.integers(0, 23))
def test_every_piece_is_whole(length: int, piece: int, pause: int, begins: int) -> None:
    first, last = at(5, begins), at(5, begins) + dt.timedelta(minutes=length)
    if length < 2 * piece + pause:
        with pytest.raises(pieces.TooShortToSplit):
            pieces.pieces(first, last, piece, pause)
        return
    made = pieces.pieces(first, last, piece, pause)
    assert made[0][0] == first
    assert {ends - starts for starts, ends in made} == {dt.timedelta(minutes=piece)}
    gaps = {after[0] - before[1] for before, after in itertools.pairwise(made)}
    assert gaps == {dt.timedelta(minutes=pause)}
    left_over = last - made[-1][1]
    assert dt.timedelta(0) <= left_over < dt.timedelta(minutes=piece + pause)


@pytest.mark.parametrize(("piece", "pause"), [(29, 0), (91, 0), (30, -1), (30, 61)])
def test_too_short_or_too_long_is_refused(piece: int, pause: int) -> None:
    with pytest.raises(pieces.BadPiece):
        pieces.pieces(at(5, 9), at(5, 17), piece, pause)


def test_an_end_before_the_beginning_is_refused() -> None:
    with pytest.raises(limits.EndsBeforeStart):
        pieces.pieces(at(5, 12), at(5, 9), 30)
