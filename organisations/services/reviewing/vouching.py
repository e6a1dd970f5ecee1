"""Who looked a role through before it became public: the desk, never the person."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import F, Q
from django.utils import timezone

from organisations.models import Review, Role
from organisations.models.review import ReviewOutcome


@dataclass(frozen=True, slots=True)
class Vouched:
    """``desk`` is the name of a desk, ``on`` the day of its look at the role, or at its organisation."""

    desk: str
    on: dt.date
    is_for_role: bool


def of(role: Role) -> Vouched | None:
    """Return the newest approving look at *role*, else at its organisation; one query."""
    looks = Review.objects.filter(
        Q(role=role) | Q(organisation=role.organisation_id), outcome=ReviewOutcome.APPROVED, desk__isnull=False
    ).select_related("desk__organisation")
    found = looks.order_by(F("role").asc(nulls_last=True), "-at").first()
    if found is None or found.desk is None:
        return None
    return Vouched(found.desk.organisation.name, timezone.localdate(found.at), found.role_id is not None)
