"""Needs by the point of their place, for a map: a town's own point, or the middle of a district's towns."""

from __future__ import annotations

from dataclasses import dataclass, field

from organisations.models import Need, Town
from organisations.models.need import NeedQuerySet

MOST_NEEDS = 1000
Point = tuple[float, float]


@dataclass(slots=True)
class NeedSpot:
    """A town or a district and what it needs, what ends first in front; its point in degrees."""

    name: str
    lat: float
    lng: float
    needs: list[Need] = field(default_factory=list)


def of(needs: NeedQuerySet) -> list[NeedSpot]:
    """Return the places of the first ``MOST_NEEDS`` of *needs* in the order given, in two queries.

    A place without a point is left out: the list beside the map names it.
    """
    rows = list(needs.prefetch_related(None)[:MOST_NEEDS])
    middles = middle_of({need.district_id for need in rows if need.district_id is not None})
    spots: dict[tuple[int | None, int | None], NeedSpot] = {}
    for need in rows:
        point = point_of(need.town) if need.town is not None else middles.get(need.district_id or 0)
        if point is not None:
            where = (need.town_id, need.district_id)
            spots.setdefault(where, NeedSpot(need.place, *point)).needs.append(need)
    return list(spots.values())


def middle_of(districts: set[int]) -> dict[int, Point]:
    """Return, by the id of the district, the mean of its towns' points."""
    points: dict[int, list[Point]] = {}
    towns = Town.objects.with_point().filter(district__in=districts).order_by("pk")
    for town in towns:
        point = point_of(town)
        if point is not None and town.district_id is not None:
            points.setdefault(town.district_id, []).append(point)
    return {
        district: (sum(lat for lat, _ in found) / len(found), sum(lng for _, lng in found) / len(found))
        for district, found in points.items()
    }


def point_of(town: Town) -> Point | None:
    """Return the town's own point in degrees, where it is known."""
    return None if town.lat is None or town.lng is None else (town.lat, town.lng)
