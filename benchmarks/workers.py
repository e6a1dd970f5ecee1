"""How much faster two workers are than one: real processes with one thread each, on the same run.

    python -m benchmarks.workers [--volunteers N] [--roles M] [--seed S] [--repeats K]

Its last line is JSON; see `benchmarks.in_house.workers`.
"""

from __future__ import annotations

import sys

from benchmarks.house import measure

if __name__ == "__main__":
    sys.exit(measure("benchmarks.in_house.workers", sys.argv[1:]))
