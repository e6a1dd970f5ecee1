"""Who looked at a person, and what was done to what is kept about them."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast

from accounts.models import AuditEntry
from matching.models import Suggestion
from volunteers.models import Application, Placement, Volunteer


def of(volunteer: Volunteer) -> QuerySet[AuditEntry]:
    """Return the lines about a profile, its account, suggestions, applications and places, the newest first.

    ``actor`` is None with an ``actor_id`` where who did it has left since.
    """
    about = _one("volunteers.volunteer", volunteer.pk) | _one("accounts.user", volunteer.user_id)
    for rows in (Suggestion.objects, Application.objects, Placement.objects):
        about |= _of(rows.filter(volunteer=volunteer))
    return AuditEntry.objects.filter(about).select_related("actor").order_by("-at", "-pk")


def _one(target: str, pk: int) -> Q:
    return Q(target=target, target_id=str(pk))


def _of(rows: QuerySet[Any]) -> Q:
    numbers = rows.annotate(number=Cast("pk", CharField())).order_by().values("number")
    return Q(target=rows.model._meta.label_lower, target_id__in=numbers)
