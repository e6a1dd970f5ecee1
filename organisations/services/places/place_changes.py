"""A venue in use is called otherwise, or lies elsewhere: what it was, how far that is, and how it is said."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisations.models import Town, Venue
from organisations.services.places.geocoding import apart_km

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
    if round(away_m(before, after)):
        towns = Town.objects.with_point().filter(venues=after["venue_id"])
        was, is_now = (_point(place, towns.first()) for place in (before, after))
        moved = _("%(point)s (前の位置から%(way)s)") % {"point": is_now, "way": way(before, after)}
        said.append((_("会場の位置"), was, moved))
    return said


def way(start: Mapping[str, Any], end: Mapping[str, Any]) -> str:
    """Return 「南東へ200m」: in which direction of eight, and how far."""
    north, east = apart_km(start["lat"], start["lng"], end["lat"], end["lng"])
    eighth = round(math.degrees(math.atan2(east, north)) / 45) % 8
    return str(_DIRECTIONS[eighth]) % {"metres": round(1000 * math.hypot(north, east))}


def _point(place: Place, town: Town | None) -> str:
    if town is None:
        return f"{place['lat']:.5f}, {place['lng']:.5f}"
    middle = {"lat": town.lat, "lng": town.lng}
    if round(away_m(middle, place)) == 0:
        return _("%(town)sのまん中") % {"town": town.name}
    return _("%(town)sのまん中から%(way)s") % {"town": town.name, "way": way(middle, place)}


_DIRECTIONS = (
    gettext_lazy("北へ%(metres)dm"),
    gettext_lazy("北東へ%(metres)dm"),
    gettext_lazy("東へ%(metres)dm"),
    gettext_lazy("南東へ%(metres)dm"),
    gettext_lazy("南へ%(metres)dm"),
    gettext_lazy("南西へ%(metres)dm"),
    gettext_lazy("西へ%(metres)dm"),
    gettext_lazy("北西へ%(metres)dm"),
)
