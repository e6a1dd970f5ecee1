"""Several ways to do a thing, timed in turns: a machine that slows down then slows all of them."""

from __future__ import annotations

import resource
import statistics
import sys
import time
from collections.abc import Callable, Mapping

KILO_PER_MEGA = 1024


def seconds(ways: Mapping[str, Callable[[], object]], *, repeats: int) -> dict[str, float]:
    """Return the median of *repeats* runs of each way, in seconds by the clock, after one run that is not counted."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(repeats + 1):
        for name, way in ways.items():
            begun = time.perf_counter()
            way()
            if turn:
                taken[name].append(time.perf_counter() - begun)
    return {name: statistics.median(several) for name, several in taken.items()}


def peak_mb() -> float:
    """Return the most memory this process has held, in MB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (KILO_PER_MEGA * KILO_PER_MEGA if sys.platform == "darwin" else KILO_PER_MEGA)
