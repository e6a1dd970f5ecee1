"""How far somebody goes: kilometres for the machine, legs and buses for people."""

from __future__ import annotations

from matching.explanations import band

# The furthest straight line that has this name: 15 and 30 minutes on foot, 15, 20 and 30 by bicycle, by train.
STEPS_KM = (0.9, 1.8, 2.8, 3.8, 5.7, 10.0)


def choices(current: float | None = None) -> list[tuple[str, str]]:
    """Return (km, name) from near to far; *current* takes the place of the step that has the same name."""
    named = {band(km): km for km in STEPS_KM}
    if current is not None:
        named[band(current)] = current
    return [(str(km), name) for name, km in sorted(named.items(), key=lambda pair: pair[1])]
