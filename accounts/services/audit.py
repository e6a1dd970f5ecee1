"""Writing down who did what."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from accounts.models import AuditEntry, User


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


def _plain(detail: dict[str, Any]) -> Any:
    """Dates, ids and translated words as text: an entry must be readable without our classes."""
    return json.loads(json.dumps(detail, cls=DjangoJSONEncoder))
