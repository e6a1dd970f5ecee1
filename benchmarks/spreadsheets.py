"""How long it takes to bring in spreadsheets: handing in, looking, and writing.

    python -m benchmarks.spreadsheets [--rows N]

In a database of its own. Its last line is JSON; see `benchmarks.in_house.spreadsheets`.
"""

from __future__ import annotations

import sys

from benchmarks.house import measure

if __name__ == "__main__":
    sys.exit(measure("benchmarks.in_house.spreadsheets", sys.argv[1:]))
