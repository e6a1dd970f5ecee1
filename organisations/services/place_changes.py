"""A venue in use is called otherwise, or lies elsewhere: what it was, how far that is, and how it is said."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from organisations.models import Venue
from organisations.services.geocoding import apart_km

# A pin that goes from the middle of a house to its door is no other place.
SAME_PLACE_M = 30

Place = Mapping[str, Any]


def of(venue: Venue) -> dict[str, Any]:
    """Return what is kept of a venue beside what it was."""
    return {"venue_id": venue.pk, "name": venue.name, "lat": venue.lat, "lng": venue.lng, "found_by": venue.found_by}


def is_the_same(before: Place, after: Place) -> bool:
    return all(before[name] == after[name] for name in ("name", "lat", "lng"))


def is_another(before: Place, after: Place) -> bool:
    """Whether people who come are to hear of it."""
    return before["name"] != after["name"] or away_m(before, after) >= SAME_PLACE_M


def away_m(before: Place, after: Place) -> float:
    return 1000 * math.hypot(*apart_km(before["lat"], before["lng"], after["lat"], after["lng"]))


def lines(before: Place, after: Place) -> list[tuple[str, str, str]]:
    """Return what changed, what it was and what it is, in the active language."""
    said = []
    if before["name"] != after["name"]:
        said.append((_("会場の名前"), before["name"], after["name"]))
    if metres := round(away_m(before, after)):
        moved = _("%(point)s (前の位置から%(metres)dm)") % {"point": _point(after), "metres": metres}
        said.append((_("会場の位置"), _point(before), moved))
    return said


def _point(place: Place) -> str:
    return f"{place['lat']:.5f}, {place['lng']:.5f}"
