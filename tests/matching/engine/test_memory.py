"""Memory grows with people and roles, and never with people × roles."""

from __future__ import annotations

import subprocess
import sys

FEW, MANY, ROLES = 20_000, 60_000, 40_000
BITS_PER_BYTE = 8


def _most_bytes(people: int) -> int:
    command = [sys.executable, "-m", "tests.matching.engine.most_memory", str(people), str(ROLES)]
    return int(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)


def test_a_ranking_does_not_hold_one_bit_for_each_pair() -> None:
    one_bit_each = (MANY - FEW) * ROLES // BITS_PER_BYTE
    assert _most_bytes(MANY) - _most_bytes(FEW) < one_bit_each
