"""What the machine's processors are worth together: a loop that needs neither memory nor a database.

Two "processors" are often the two threads of one core, or shared with others: then no program is twice as fast on both,
and what two workers reach is measured against what the loop reaches. As a program it is one such loop.
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


def loop(processor: int) -> float:
    """Return how many seconds the loop takes on this processor."""
    os.sched_setaffinity(0, {processor})
    begun, number = time.perf_counter(), 0
    for turn in range(TURNS):
        number ^= turn
    return time.perf_counter() - begun


def _slowest(processors: Sequence[int]) -> float:
    command = [sys.executable, "-m", "benchmarks.processors"]
    loops = [
        subprocess.Popen([*command, str(processor)], stdout=subprocess.PIPE, text=True) for processor in processors
    ]
    return max(float(one.communicate()[0]) for one in loops)


def efficiency() -> float:
    """Return what two processors do together, of twice what one does alone: 1 where neither hinders the other."""
    every = sorted(os.sched_getaffinity(0))
    taken = [(_slowest(every[:1]), _slowest((2 * every)[:2])) for _ in range(REPEATS)]
    alone, together = (statistics.median(column) for column in zip(*taken, strict=True))
    return float(alone / together)


if __name__ == "__main__":
    print(loop(int(sys.argv[1])))
