"""Needs by the point of their place, for a map: a town's own point, or the middle of a district's towns."""

from __future__ import annotations

from organisations.models import Need, Town
from organisations.models.need import NeedQuerySet
from organisations.services.places.spots import MOST_ROWS, Point, Spot, gathered, of_town

Degrees = tuple[float, float]


def of(needs: NeedQuerySet) -> list[Spot[Need]]:
    """Return the places of the first ``MOST_ROWS`` of *needs* in the order given, in two queries.

    A place without a point is left out: the list beside the map names it.
    """
    rows = list(needs.prefetch_related(None)[:MOST_ROWS])
    middles = middle_of({need.district_id for need in rows if need.district_id is not None})
    placed = [(_point_of(need, middles), need) for need in rows]
    return gathered((at, at, need) for at, need in placed)


def middle_of(districts: set[int]) -> dict[int, Degrees]:
    """Return, by the id of the district, the mean of its towns' points in degrees."""
    points: dict[int, list[Point]] = {}
    for town in Town.objects.with_point().filter(district__in=districts).order_by("pk"):
        point = of_town(town)
        if point is not None and town.district_id is not None:
            points.setdefault(town.district_id, []).append(point)
    return {
        district: (sum(one.lat for one in found) / len(found), sum(one.lng for one in found) / len(found))
        for district, found in points.items()
    }


def _point_of(need: Need, middles: dict[int, Degrees]) -> Point | None:
    if need.town is not None:
        return of_town(need.town)
    middle = middles.get(need.district_id or 0)
    return None if middle is None else Point(need.place, *middle)
