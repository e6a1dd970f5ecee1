"""Who has some roles on their list, and who could come to them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from matching.dataset.rows import columns
from matching.engine.geodesy import cartesian_km, way_km
from matching.engine.problem import Bool, Float

Ids = npt.NDArray[np.int64]

# So much further than their limit are people looked for; the engine measures each of them again.
SLACK = 1.001

_HOLDERS = """
    SELECT volunteer_id::int8 FROM matching_shortlist
    WHERE roles && %s::int8[] OR besides && %s::int8[] ORDER BY volunteer_id
"""
_TOWNS = "SELECT id::int8, lat::float8, lng::float8 FROM organisations_town WHERE lat IS NOT NULL ORDER BY id"
_NEAR = f"""
    SELECT v.id::int8, l.edge::float8 FROM volunteers_volunteer v
    JOIN matching_shortlist l ON l.volunteer_id = v.id
    LEFT JOIN unnest(%s::int8[], %s::float8[]) AS town (id, km) ON town.id = v.town_id
    WHERE town.km <= {SLACK} * v.travel_limit_km OR (%s AND v.takes_online) ORDER BY v.id
"""  # noqa: S608


def holders(role_ids: Sequence[int]) -> Ids:
    """Return who has one of the roles on the list, or nearly has: the list may be another one without it."""
    return columns(_HOLDERS, (list(role_ids), list(role_ids)), ints=("id",))["id"]


def people(lat: Float, lng: Float, is_online: Bool) -> tuple[Ids, Float]:
    """Return who has a list and lives near enough to one of some roles, or may do one from home; and the list's edge.

    Nothing else is asked about them here.

    Parameters
    ----------
    lat, lng : float64 (m,), degrees; is_online : bool (m,)

    Returns
    -------
    ids : int64 (k,), ascending; edge : float64 (k,)
    """
    towns = columns(_TOWNS, ints=("id",), floats=("lat", "lng"))
    homes = cartesian_km(towns["lat"], towns["lng"])
    km = np.full(len(homes), np.inf)
    for venue in cartesian_km(lat[~is_online], lng[~is_online]):
        km = np.fmin(km, way_km(np.linalg.norm(homes - venue, axis=1)))
    is_reached = np.isfinite(km)
    reached = (towns["id"][is_reached].tolist(), km[is_reached].tolist())
    found = columns(_NEAR, (*reached, bool(is_online.any())), ints=("id",), floats=("edge",))
    return found["id"], found["edge"]
