"""Slots → the ways to do them: on which day, in which half hours. Pure arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.engine.problem import Bits, Int

HALF_HOUR = 30
DAY = 1440
Minutes = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Choices:
    """The ways to do the slots, by slot; see ``Slots`` of the engine."""

    slot: Int
    day: Int
    mask: Bits


def touched(start: Minutes, end: Minutes) -> Bits:
    """Return the half hours that the minutes *start* to *end* of one day touch, as bits."""
    first = (start // HALF_HOUR).astype(np.uint64)
    count = (-(-end // HALF_HOUR) - start // HALF_HOUR).astype(np.uint64)
    return np.asarray(((np.uint64(1) << count) - np.uint64(1)) << first, np.uint64)


def ways(start: Minutes, end: Minutes, minutes: Minutes, *, now: int, lead: int, days: int) -> Choices:
    """Return every way to do each slot.

    Parameters
    ----------
    start, end : minutes from the start of the first day.
    minutes : how many of them; 0 for the whole slot.
    now : minutes from the start of the first day; a stretch that has begun is no way any more.
    lead : how many minutes ahead a slot with a fixed beginning must be known.
    days : how many days may be used.
    """
    fixed = _fixed(start, end, np.flatnonzero((minutes == 0) & (start >= now + lead)), days)
    stretches = _stretches(np.maximum(start, now), end, minutes, np.flatnonzero(minutes > 0), days)
    slot = np.concatenate([fixed.slot, stretches.slot])
    order = np.argsort(slot, kind="stable")
    return Choices(
        slot[order],
        np.concatenate([fixed.day, stretches.day])[order],
        np.concatenate([fixed.mask, stretches.mask])[order],
    )


def _fixed(start: Minutes, end: Minutes, slots: npt.NDArray[np.intp], days: int) -> Choices:
    day = start[slots] // DAY
    from_, to = start[slots] - day * DAY, end[slots] - day * DAY
    fits = (day >= 0) & (day < days) & (to <= DAY)  # a free evening says nothing about the night after it
    return Choices(slots[fits].astype(np.int32), day[fits].astype(np.int32), touched(from_[fits], to[fits]))


def _stretches(start: Minutes, end: Minutes, minutes: Minutes, slots: npt.NDArray[np.intp], days: int) -> Choices:
    first = start[slots] // DAY
    last = np.minimum((end[slots] - 1) // DAY, days - 1)
    slot, day = _each(slots, first, last)
    opens = np.maximum(start[slot] - day * DAY, 0)
    closes = np.minimum(end[slot] - day * DAY, DAY)
    # The first stretch begins with the window, the others at a full half hour.
    pair, half = _each(np.arange(len(slot)), opens // HALF_HOUR, (closes - minutes[slot]) // HALF_HOUR)
    begins = np.maximum(half * HALF_HOUR, opens[pair])
    ends = begins + minutes[slot[pair]]
    fits = ends <= closes[pair]
    return Choices(
        slot[pair][fits].astype(np.int32), day[pair][fits].astype(np.int32), touched(begins[fits], ends[fits])
    )


def _each(of: npt.NDArray[np.intp], first: Minutes, last: Minutes) -> tuple[npt.NDArray[np.intp], Minutes]:
    """Return each of *of* once for every number from its *first* to its *last*, and that number."""
    count = np.maximum(last - first + 1, 0)
    begins = np.cumsum(count) - count
    number = np.arange(count.sum()) - np.repeat(begins, count) + np.repeat(first, count)
    return np.repeat(of, count), number
