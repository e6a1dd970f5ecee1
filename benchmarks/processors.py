"""What the machine's processors are worth together: a loop that needs neither memory nor a database.

Two "processors" are often the two threads of one core, or shared with others: then no program is twice as fast on both,
and what two workers reach is measured against what the loop reaches. As a program, with
the numbers of a processor and of turns, it is one such loop.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence

TURNS = 10_000_000
REPEATS = 3


def loop(processor: int, turns: int) -> float:
    """Return how many seconds so many turns take on this processor."""
    os.sched_setaffinity(0, {processor})
    begun, number = time.perf_counter(), 0
    for turn in range(turns):
        number ^= turn
    return time.perf_counter() - begun


def _slowest(processors: Sequence[int], turns: int) -> float:
    command = [sys.executable, "-m", "benchmarks.processors"]
    loops = [
        subprocess.Popen([*command, str(processor), str(turns)], stdout=subprocess.PIPE, text=True)
        for processor in processors
    ]
    return max(float(one.communicate()[0]) for one in loops)


def measured(turns: int = TURNS, repeats: int = REPEATS) -> float:
    """Return the `efficiency` of the first two processors that may be used here; of the only one, twice."""
    every = sorted(os.sched_getaffinity(0))
    taken = [(_slowest(every[:1], turns), _slowest((2 * every)[:2], turns)) for _ in range(repeats)]
    return efficiency(*zip(*taken, strict=True))


def efficiency(alone: Sequence[float], together: Sequence[float]) -> float:
    """Return what two processors do together, of twice what one does alone: 1 where neither hinders the other.

    Parameters
    ----------
    alone, together : seconds of the same loop, several times: on one processor; the slower one of two at once.
    """
    return statistics.median(alone) / statistics.median(together)


if __name__ == "__main__":
    print(loop(*map(int, sys.argv[1:])))
