"""What the script of a map draws: places with links, names of towns, a circle, and the tiles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.conf import settings

from organisations.services.places.spots import Point, Spot

R = TypeVar("R")
ROWS_PER_SPOT = 4
Link = dict[str, str]


def drawing(spots: Sequence[Spot[R]], link: Callable[[R], Link], *, walk: dict[str, Any] | None = None) -> Any:
    """Return what the page hands to the script; *link* gives title, address and time of a row in words."""
    towns = dict.fromkeys(spot.town for spot in spots if spot.town is not None)
    return {
        "spots": [_spot(spot, link) for spot in spots],
        "towns": [_point(town) for town in towns],
        "walk": walk,
        "tiles": settings.MAP_TILES,
        "attribution": settings.MAP_ATTRIBUTION,
    }


def _spot(spot: Spot[R], link: Callable[[R], Link]) -> dict[str, Any]:
    return {
        **_point(spot.at),
        "roles": [link(row) for row in spot.rows[:ROWS_PER_SPOT]],
        "more": max(0, len(spot.rows) - ROWS_PER_SPOT),
    }


def _point(point: Point) -> dict[str, Any]:
    return {"lat": point.lat, "lng": point.lng, "name": point.name}
