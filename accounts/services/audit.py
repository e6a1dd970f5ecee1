"""Writing down who did what."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from accounts.models import AuditEntry, User


def record(*, actor: User | None, action: str, target: models.Model, now: dt.datetime, **detail: Any) -> None:
    """Add one line to the audit trail; *actor* is None where the service acted by itself."""
    AuditEntry.objects.create(
        actor=actor,
        action=action,
        target=target._meta.label_lower,
        target_id=str(target.pk),
        at=now,
        detail=_plain(detail),
    )


def _plain(detail: dict[str, Any]) -> Any:
    """Dates, ids and translated words as text: an entry must be readable without our classes."""
    return json.loads(json.dumps(detail, cls=DjangoJSONEncoder))
