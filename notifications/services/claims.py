"""Who may send a waiting message: a lease by the database's clock, and a token that says whose it is.

No row stays locked while something is sent: claiming, handing over and closing are a transaction each (`take`
refuses to run inside another one), and the last two touch the row only where the token still is the one that
claimed it.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Now

from notifications.models import Notification

# Longer than any sending takes (EMAIL_TIMEOUT), shorter than people wait.
LEASE = dt.timedelta(minutes=5)


def take(*, now: dt.datetime, at_most: int) -> list[Notification]:
    """Claim messages that are due and that nobody else is sending, the longest due first."""
    token = uuid.uuid4()
    waiting = Notification.objects.waiting().filter(Q(lease_until=None) | Q(lease_until__lt=Now()), due_at__lte=now)
    with transaction.atomic(durable=True):
        ids = list(
            waiting.select_for_update(skip_locked=True).order_by("due_at", "pk").values_list("pk", flat=True)[:at_most]
        )
        Notification.objects.filter(pk__in=ids).update(lease_token=token, lease_until=Now() + LEASE)
    return list(Notification.objects.filter(lease_token=token).select_related("user").order_by("due_at", "pk"))


def hand_over(letter: Notification) -> bool:
    """Write down that sending begins, so that a crash cannot hide it; False: somebody else has it now."""
    return _ours(letter, handed_over_at=Now(), tries=F("tries") + 1, lease_until=Now() + LEASE)


def close(letter: Notification, **fields: Any) -> bool:
    """Write the outcome and give the lease back; False: somebody else has it now."""
    return _ours(letter, lease_token=None, lease_until=None, **fields)


def _ours(letter: Notification, **fields: Any) -> bool:
    mine = Notification.objects.waiting().filter(pk=letter.pk, lease_token=letter.lease_token)
    return mine.update(**fields) == 1
