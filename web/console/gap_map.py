"""Where wishes and needs do not meet, drawn: one point for each district, in the middle of its towns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from organisations.services import need_spots
from organisations.services.need_spots import Degrees
from web.gaps import Table


def drawing(tables: Iterable[Table]) -> dict[str, Any]:
    """Return what ``map.js`` draws: for each district with a point its counts, each a link into the list."""
    districts = {table.district.pk: table for table in tables if table.district is not None}
    middles = need_spots.middle_of(set(districts))
    spots = [_spot(table, middles[pk]) for pk, table in districts.items() if pk in middles]
    return {
        "spots": spots,
        "towns": [{name: spot[name] for name in ("lat", "lng", "name")} for spot in spots],
        "walk": None,
        "tiles": settings.MAP_TILES,
        "attribution": settings.MAP_ATTRIBUTION,
    }


def _spot(table: Table, point: Degrees) -> dict[str, Any]:
    """Return a district; somebody with several wishes counts several times, a need or a role once."""
    cells = [row.cell for row in table.rows]
    counted = [
        (_("行ける募集がない方(のべ)"), sum(cell.wishes for cell in cells)),
        (_("合う方のいない地域ニーズ"), len({id_ for cell in cells for id_ in cell.need_ids})),
        (_("来られる方の少ない募集"), len({id_ for cell in cells for id_ in cell.role_ids})),
        (_("まだ使われていない提供(のべ)"), sum(cell.offers for cell in cells)),
    ]
    url = f"#{table.anchor}"
    lines = [{"title": f"{what} {count}", "url": url, "when": ""} for what, count in counted if count]
    return {"lat": point[0], "lng": point[1], "name": str(table.district), "roles": lines, "more": 0}
