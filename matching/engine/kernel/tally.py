"""Whom each condition shuts out of each role: counted for all people around it, 64 at a time."""

from __future__ import annotations

from threading import Lock
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import uint64

from matching.engine.compiled import ALL, LANES, compiled, count, packed
from matching.engine.kernel.asked import Asked
from matching.engine.kernel.layout import Layout, in_chunks
from matching.engine.kernel.people import People
from matching.engine.kernel.words import REASONS, Board, Closed, board, clear, lay_out, places_and_times, shut_out
from matching.engine.outcome import AROUND
from matching.engine.problem import Int


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
    words = board.words
    for block in range(first, last):
        lay_out(people, asked, closed, board, block, weekday, ALL)
        for row in range(len(asked.number)):
            everybody = _around(people, asked, board, block, row)
            if everybody:
                shut_out(people, asked, board, block, row, everybody, words)
                places_and_times(asked, board, block, row, words)
                _add(words, everybody, counts, row)
        clear(people, closed, board, block, ALL)


@compiled
def _around(people: People, asked: Asked, board: Board, block: int, row: int) -> np.uint64:
    """Return who is not much too far away from the role: `AROUND` times as far as they go, or of unknown place."""
    first = block * LANES
    if not asked.online[row]:
        square, apart = 0.0, people.radius[block] + AROUND * people.farthest[block]
        for axis in range(3):
            square += (people.middle[block, axis] - asked.place[row, axis]) ** 2
        if square > apart * apart + 1e-6:
            return uint64(0)
    for lane in range(LANES):
        board.flags[lane] = people.number[first + lane] >= 0
    real = packed(board.eights)
    if asked.online[row]:
        return real
    for lane in range(LANES):
        x = people.place[0, first + lane] - asked.place[row, 0]
        y = people.place[1, first + lane] - asked.place[row, 1]
        z = people.place[2, first + lane] - asked.place[row, 2]
        reach = AROUND * people.reach[first + lane]
        board.flags[lane] = not x * x + y * y + z * z > reach * reach
    return real & packed(board.eights)


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
    roles, total_lock = len(layout.asked.number), Lock()
    total = _nothing(roles)

    def work(first: int, last: int) -> None:
        mine = _nothing(roles)
        count_blocks(
            layout.crowd.people,
            layout.asked,
            layout.closed,
            layout.first_weekday,
            first,
            last,
            board(layout.asked, layout.days, layout.activities),
            mine,
        )
        with total_lock:
            for column, more in zip(total, mine, strict=True):
                column[:] += more

    in_chunks(work, layout.blocks)
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
    shut_out(people, asked, board, 0, row, ~uint64(0), words)
    places_and_times(asked, board, 0, row, words)
