"""Writing down who did what, and who looked at whom."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from accounts.models import AuditEntry, User

LOOKED_AT = "looked_at"


def record(*, actor: User | None, action: str, target: models.Model, now: dt.datetime, **detail: Any) -> None:
    """Add one line to the audit trail; *actor* is None where the service acted by itself."""
    record_all(actor=actor, action=action, targets=[target], now=now, **detail)


def record_all(
    *, actor: User | None, action: str, targets: Iterable[models.Model], now: dt.datetime, **detail: Any
) -> None:
    """Add one line for each of *targets*."""
    plain = _plain(detail)
    AuditEntry.objects.bulk_create(
        AuditEntry(
            actor=actor,
            action=action,
            target=target._meta.label_lower,
            target_id=str(target.pk),
            at=now,
            detail=plain,
        )
        for target in targets
    )


def looked_at(*, actor: User, target: models.Model, now: dt.datetime, **detail: Any) -> None:
    """Write down that *actor* has read what is kept about somebody: one line for each look.

    *detail* says through which row or page, and never repeats what was read.
    """
    record(actor=actor, action=LOOKED_AT, target=target, now=now, **detail)


def trail(*, target: models.Model) -> models.QuerySet[AuditEntry]:
    """Return who did what to *target*, and who looked at it, the newest first.

    The name of who did it is at hand; ``actor`` is None with an ``actor_id`` where they have left since.
    """
    entries = AuditEntry.objects.filter(target=target._meta.label_lower, target_id=str(target.pk))
    return entries.select_related("actor").order_by("-at", "-pk")


def _plain(detail: dict[str, Any]) -> Any:
    """Dates, ids and translated words as text: an entry must be readable without our classes."""
    return json.loads(json.dumps(detail, cls=DjangoJSONEncoder))
