"""The threads that the engine works with. They are kept: to begin one may take longer than what there is to do."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import pairwise

CHUNKS_PER_THREAD = 32
"""Blocks differ in how much there is near them: in small chunks no thread is left with all the busy ones."""


def threads() -> int:
    """Return on how many processors this process may run."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def hands() -> ThreadPoolExecutor:
    """Return a thread for each processor. What they are given must not wait for anything else that they are given."""
    return _hands(os.getpid(), threads())


@cache
def _hands(_process: int, many: int) -> ThreadPoolExecutor:
    """Keep them by process: one that was forked has none of the threads it was forked from."""
    return ThreadPoolExecutor(many, "engine")


def in_chunks(work: Callable[[int, int], None], count: int, *, at_least: int = 1, at_most: int | None = None) -> None:
    """Call *work* with first and last of consecutive stretches of 0 … count, on all processors at once.

    What it does with one stretch must not depend on another. The last is begun first: who goes farthest comes last in
    the order of blocks, and a thread that began with the most at the end would be waited for.

    Parameters
    ----------
    at_least : how long a stretch must be to be worth a thread's tables.
    at_most : how long it may be, where what it needs meanwhile grows with it.
    """
    many = threads()
    parts = min(many * CHUNKS_PER_THREAD, max(count // at_least, 1))
    parts = max(parts, -(-count // at_most) if at_most else 1)
    stretches = list(pairwise(count * part // parts for part in range(parts + 1)))[::-1]
    if many == 1 or parts == 1:
        for first, last in stretches:
            work(first, last)
        return
    list(hands().map(lambda stretch: work(*stretch), stretches))
