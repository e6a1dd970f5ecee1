"""In which order somebody sees what suits them: the best first, and of what suits alike what needs people most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from django.db.models import OuterRef, Subquery

from matching.engine.allocation.market import Candidates
from matching.engine.allocation.pages import single_page
from matching.models import RolePrice, Run, Suggestion


def newest(role: str) -> Subquery:
    """Return the price of the role that the field *role* names, in the newest run that shared people out."""
    run = Run.objects.filter(allocated_at__isnull=False).order_by("-pk").values("pk")[:1]
    return Subquery(RolePrice.objects.filter(run=run, role=OuterRef(role)).values("price"))


def in_order(rows: Sequence[Suggestion], known: Mapping[int, float | None]) -> list[Suggestion]:
    """Return the suggestions of one person by score less their role's price, 0 where *known* says none.

    The score stays what it is: it says how well the role suits the person, and the price nothing about them.
    """
    if not rows:
        return []
    roles, number = np.unique([row.role_id for row in rows], return_inverse=True)
    candidates = Candidates(
        start=np.array([0, len(rows)]),
        role=number.astype(np.int32),
        score=np.array([row.score for row in rows], dtype=np.float32),
        n_roles=len(roles),
    )
    price = np.array([known.get(role) or 0.0 for role in roles.tolist()], dtype=np.float32)
    return [rows[at] for at in single_page(candidates, price, len(rows))]
