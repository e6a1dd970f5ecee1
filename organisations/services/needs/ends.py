"""How a need ends by itself: a role that was made for it is published, or its day has passed."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.services import audit
from organisations.models import Need, Role
from organisations.models.need import NeedStatus


@transaction.atomic
def take_up(*, role: Role, now: dt.datetime, actor: User | None) -> int:
    """Call the open needs that *role* was made for taken up; says how many. Who said they could help is told later."""
    held = Need.objects.select_for_update(no_key=True).filter(role=role, status=NeedStatus.OPEN).order_by("pk")
    needs = list(held)
    for need in needs:
        need.status, need.changed_at = NeedStatus.TAKEN_UP, now
        need.save(update_fields=["status", "changed_at"])
    audit.record_all(actor=actor, action="need.take_up", targets=needs, now=now, role=role.pk)
    return len(needs)


@transaction.atomic
def close_past(*, now: dt.datetime) -> int:
    """Close the open needs whose last day is over; says how many."""
    today = timezone.localdate(now)
    held = Need.objects.select_for_update(no_key=True, skip_locked=True).order_by("pk")
    needs = list(held.filter(status=NeedStatus.OPEN, wanted_until__lt=today))
    for need in needs:
        need.status, need.changed_at, need.closed_at = NeedStatus.CLOSED, now, now
        need.save(update_fields=["status", "changed_at", "closed_at"])
    audit.record_all(actor=None, action="need.close_past", targets=needs, now=now)
    return len(needs)
