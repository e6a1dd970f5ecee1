"""How far somebody goes: kilometres for the machine, legs and buses for people."""

from __future__ import annotations

import math

from django.utils.translation import gettext as _

from matching.explanations import DETOUR, WALK_M_PER_MIN, band

# The furthest straight line that has this name: 15 and 30 minutes on foot, 15, 20 and 30 by bicycle, by train.
STEPS_KM = (0.9, 1.8, 2.8, 3.8, 5.7, 10.0)
# What a search offers, in minutes on foot.
WALKS_MIN = (15, 30, 60)


def straight_km(minutes: int) -> float:
    """Return the straight line that *minutes* on foot reach, to 10 m and never over it."""
    return math.floor(minutes * WALK_M_PER_MIN / DETOUR / 10) / 100


def walks() -> list[tuple[str, str]]:
    """Return (km, name) of the walks from near to far, and of the ride beyond them."""
    furthest = max(STEPS_KM)
    on_foot = [(str(straight_km(minutes)), _("歩いて%(minutes)d分") % {"minutes": minutes}) for minutes in WALKS_MIN]
    return [*on_foot, (str(furthest), band(furthest))]


def choices(current: float | None = None) -> list[tuple[str, str]]:
    """Return (km, name) from near to far; *current* takes the place of the step that has the same name."""
    named = {band(km): km for km in STEPS_KM}
    if current is not None:
        named[band(current)] = current
    return [(str(km), name) for name, km in sorted(named.items(), key=lambda pair: pair[1])]
