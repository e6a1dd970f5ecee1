"""Ranks a market of so many people and roles, as a program, and prints the most bytes it has held in all."""

from __future__ import annotations

import sys

from benchmarks.interleaved import KILO_PER_MEGA, peak_mb
from benchmarks.markets import market
from matching.engine.fast import FastEngine
from matching.engine.scoring import FLOOR


def main(volunteers: int, roles: int) -> None:
    FastEngine(market(volunteers=volunteers, roles=roles, area="city", seed=1)).rank(top=10, floor=FLOOR)
    print(round(peak_mb() * KILO_PER_MEGA * KILO_PER_MEGA))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
