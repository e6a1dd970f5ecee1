"""Whom each condition shuts out of each role: counted for all people around it, 64 at a time."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import uint64

from matching.engine.compiled import ALL, LANES, compiled, count
from matching.engine.hands import in_chunks
from matching.engine.kernel.asked import Asked
from matching.engine.kernel.layout import Layout
from matching.engine.kernel.people import People
from matching.engine.kernel.words import (
    REAL,
    REASONS,
    Board,
    Closed,
    board,
    clear,
    lay_out,
    places_and_times,
    shut_out,
    too_far,
)
from matching.engine.lanes import beyond
from matching.engine.outcome import AROUND
from matching.engine.problem import Float, Int


class Counts(NamedTuple):
    """could_come int32 (m,); shut_out, only_by int32 (m, reasons): by row of `Asked`."""

    could_come: Int
    shut_out: npt.NDArray[np.int32]
    only_by: npt.NDArray[np.int32]


@compiled
def count_blocks(
    people: People, asked: Asked, closed: Closed, weekday: int, first: int, last: int, board: Board, counts: Counts
) -> None:
    """Add up what holds of the people in the blocks first ≤ block < last."""
    for block in range(first, last):
        lay_out(people, asked, closed, board, block, weekday, ALL)
        for tile in range(len(asked.tile_radius)):
            if _is_around(people, block, asked.tile_middle[tile], asked.tile_radius[tile]):
                for row in range(asked.tile_start[tile], asked.tile_end[tile]):
                    _count(people, asked, board, block, row, counts)
        clear(people, closed, board, block, ALL)


@compiled
def _is_around(people: People, block: int, middle: Float, radius: float) -> bool:
    """Say whether anybody of the block may be around something within *radius* km of *middle*, see `AROUND`."""
    square, apart = 0.0, people.radius[block] + AROUND * people.farthest[block] + radius
    for axis in range(3):
        square += (people.middle[block, axis] - middle[axis]) ** 2
    return not square > apart * apart + 1e-6


@compiled
def _count(people: People, asked: Asked, board: Board, block: int, row: int, counts: Counts) -> None:
    """Count those who are not much too far away, more than `AROUND` times as far as they go, or of unknown place."""
    around, far = board.of_all[REAL], uint64(0)
    if not asked.online[row]:
        if not _is_around(people, block, asked.place[row], 0.0):
            return
        far = too_far(people, asked.place[row], block * LANES)
        around &= ~beyond(people.place, people.reach, block * LANES, asked.place[row], AROUND)
    if around:
        shut_out(people, asked, board, block, row, far, board.words)
        places_and_times(asked, board, block, row, board.words)
        _add(board.words, around, counts, row)


@compiled
def _add(words: npt.NDArray[np.uint64], everybody: np.uint64, counts: Counts, row: int) -> None:
    once, twice = uint64(0), uint64(0)
    for code in range(REASONS):
        twice |= once & words[code]
        once |= words[code]
    counts.could_come[row] += count(everybody & ~once)
    for code in range(REASONS):
        word = words[code] & everybody
        if word:
            counts.shut_out[row, code] += count(word)
            counts.only_by[row, code] += count(word & ~twice)


def count_all(layout: Layout) -> Counts:
    """Return the counts of all roles, in the order of the problem."""
    roles, free, mine = len(layout.asked.number), list[tuple[Board, Counts]](), list[Counts]()

    def work(first: int, last: int) -> None:
        if free:
            table, counts = free.pop()
        else:
            table, counts = board(layout.asked, layout.days, layout.activities), _nothing(roles)
            mine.append(counts)
        people, weekday = layout.crowd.people, layout.first_weekday
        count_blocks(people, layout.asked, layout.closed, weekday, first, last, table, counts)
        free.append((table, counts))

    in_chunks(work, layout.blocks)
    total = [sum(columns[1:], columns[0]) for columns in zip(*(mine or [_nothing(roles)]), strict=True)]
    return Counts(*(column[layout.asked.row_of] for column in total))


def _nothing(roles: int) -> Counts:
    table = (roles, REASONS)
    return Counts(np.zeros(roles, np.int32), np.zeros(table, np.int32), np.zeros(table, np.int32))


def reasons(layout: Layout, row: int) -> npt.NDArray[np.int64]:
    """Return the ``Reason`` bits that shut the first people, one block of them, out of a role.

    Parameters
    ----------
    row : of `Asked`.

    Returns
    -------
    int64 (64,), by row of `People`; 0 where the role fits.
    """
    words = np.zeros(REASONS, dtype=np.uint64)
    _reasons(
        layout.crowd.people,
        layout.asked,
        layout.closed,
        layout.first_weekday,
        row,
        board(layout.asked, layout.days, layout.activities),
        words,
    )
    lanes = np.unpackbits(words.view(np.uint8).reshape(REASONS, 8), axis=1, bitorder="little").astype(np.int64)
    return np.asarray((lanes << np.arange(REASONS)[:, None]).sum(axis=0))


@compiled
def _reasons(
    people: People, asked: Asked, closed: Closed, weekday: int, row: int, board: Board, words: npt.NDArray[np.uint64]
) -> None:
    lay_out(people, asked, closed, board, 0, weekday, ALL)
    far = uint64(0) if asked.online[row] else too_far(people, asked.place[row], 0)
    shut_out(people, asked, board, 0, row, far, words)
    places_and_times(asked, board, 0, row, words)
