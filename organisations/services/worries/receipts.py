"""Numbers that somebody can read out on the telephone."""

from __future__ import annotations

import secrets

from organisations.models import Worry

# Without letters that look or sound like others in print: no 0/O/Q, 1/I/L, 2/Z, 5/S, 6/G, 8/B, U/V.
LETTERS = "ACDEFHJKMNPRTWXY3479"
PART = 4


def draw() -> str:
    """Return a number that nobody has: 「ACDE-3479」. It says nothing of when or where."""
    while True:
        drawn = "-".join("".join(secrets.choice(LETTERS) for _ in range(PART)) for _part in range(2))
        if not Worry.objects.filter(receipt=drawn).exists():
            return drawn
