"""A role that was published, changed or closed finds its people: only the lists it concerns are computed anew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from matching.dataset import Dataset, asked, near
from matching.dataset.asked import Asked
from matching.dataset.rows import positions
from matching.dataset.vocabulary import Ids
from matching.engine.parts import some_people, some_roles
from matching.engine.problem import Float
from matching.engine.scoring import FLOOR
from matching.engine.whose_lists import WhoseLists
from matching.services.listing import listed, shortlists, weights

PEOPLE_AT_ONCE = 5_000


def bring_in(*, now: dt.datetime, limit: int = 100) -> int:
    """Bring the lists up to at most *limit* roles that have changed; says of how many that was done.

    Every list is computed anew that holds such a role, or nearly does, and every one that it now comes into. All others
    stay as they are: a role below the edge of a list is not among its candidates.
    """
    with listed.alone() as is_alone:
        changed = listed.begin(limit=limit) if is_alone else {}
        if changed:
            mark = listed.newest_mark()
            if _bring_in(list(changed), mark, now):
                listed.end(changed, mark)
        return len(changed)


def _bring_in(role_ids: Sequence[int], mark: dt.datetime | None, now: dt.datetime) -> bool:
    """Return whether all went well; not where a run has begun meanwhile, which reads the roles itself."""
    side = asked.read(now)
    had = near.holders(role_ids)
    for ids, _edges in _some(had, np.zeros(len(had))):
        if not shortlists.put(shortlists.read(ids.tolist(), now=now, side=side), mark, role_ids):
            return False
    rows = positions(side.role_ids, np.array(role_ids))
    open_now = rows[rows >= 0]
    for ids, edges in _some(*_could_come(side, open_now, had)):
        data, computed_at = shortlists.read(ids.tolist(), now=now, side=side)
        found = _who_gets(data, open_now, edges[positions(ids, data.volunteer_ids)])
        if len(found) and not shortlists.put((_part(data, found), computed_at), mark, role_ids):
            return False
    return True


def _could_come(side: Asked, rows: Ids, had: Ids) -> tuple[Ids, Float]:
    """Return who else lives near enough to one of the roles in these rows, and the edges of their lists."""
    if not len(rows):
        return had[:0], np.zeros(0)
    roles = side.roles
    ids, edges = near.people(roles.lat[rows], roles.lng[rows], roles.is_online[rows])
    is_new = ~np.isin(ids, had)
    return ids[is_new], edges[is_new]


def _some(ids: Ids, edges: Float) -> Iterator[tuple[Ids, Float]]:
    for first in range(0, len(ids), PEOPLE_AT_ONCE):
        yield ids[first : first + PEOPLE_AT_ONCE], edges[first : first + PEOPLE_AT_ONCE]


def _who_gets(data: Dataset, rows: Ids, edges: Float) -> Ids:
    """Return the rows of the people for whom one of the roles is among the candidates now."""
    alone = some_roles(data.problem, rows.tolist())
    return WhoseLists(alone, edges).take(range(len(rows)), floor=FLOOR, weights=weights.current()).astype(np.int64)


def _part(data: Dataset, rows: Ids) -> Dataset:
    return replace(data, problem=some_people(data.problem, rows.tolist()), volunteer_ids=data.volunteer_ids[rows])
