"""What a whole run costs, and where: reading rows, scoring, sharing out, writing lists; and what a plain way would.

    python -m benchmarks.pipeline [--volunteers N] [--roles M] [--seed S]

On the rows of a sample city in a database of its own. Its last line is JSON; see `benchmarks.in_house.pipeline`.
"""

from __future__ import annotations

import sys

from benchmarks.house import measure

if __name__ == "__main__":
    sys.exit(measure("benchmarks.in_house.pipeline", sys.argv[1:]))
