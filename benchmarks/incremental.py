"""How soon one new role finds its people, and one changed person their roles.

    python -m benchmarks.incremental [--volunteers N] [--roles M] [--rows-volunteers N] [--rows-roles M] [--seed S]

Its last line is JSON; see `benchmarks.in_house.incremental`.
"""

from __future__ import annotations

import sys

from benchmarks.house import measure

if __name__ == "__main__":
    sys.exit(measure("benchmarks.in_house.incremental", sys.argv[1:]))
