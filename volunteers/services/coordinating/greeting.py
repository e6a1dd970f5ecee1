"""Saying hello to somebody new: once, by a coordinator."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from accounts.models import User
from accounts.services import audit
from volunteers.models import Volunteer


@transaction.atomic
def greet(*, volunteer: Volunteer, now: dt.datetime, actor: User) -> Volunteer:
    """Write down that *actor* has said hello; the first greeting is what counts."""
    current = Volunteer.objects.select_for_update(no_key=True).get(pk=volunteer.pk)
    if current.greeted_at is None:
        current.greeted_at, current.greeted_by = now, actor
        current.save(update_fields=["greeted_at", "greeted_by"])
        audit.record(actor=actor, action="volunteer.greeted", target=current, now=now)
    return current
