"""Where wishes and needs do not meet, drawn: one point for each district, in the middle of its towns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from organisations.services.places import need_spots
from organisations.services.places.spots import Point, Spot
from web.drawing import Link, drawing
from web.gaps import Count, Table


def of_districts(tables: Iterable[Table]) -> Any:
    """Return what ``map.js`` draws: for each district with a point its counts, each a link into the list."""
    districts = {table.district: table for table in tables if table.district is not None}
    middles = need_spots.middle_of({district.pk for district in districts})
    spots: list[Spot[Count]] = []
    for district, table in districts.items():
        if district.pk in middles:
            at = Point(district.name, *middles[district.pk])
            spots.append(Spot(at, at, table.counted))
    return drawing(spots, _link)


def _link(count: Count) -> Link:
    return {"title": f"{count.of} {count.number}", "url": f"#{count.anchor}", "when": ""}
