"""One tap and the suggestions by mail stop (RFC 8058); one more and they come again."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from accounts.models import AuditEntry, User
from notifications.models import Preference
from notifications.models.preference import Frequency
from notifications.services import preferences


@transaction.atomic
def stop(*, user: User, now: dt.datetime) -> Preference:
    """No more digests. What a person asked for or agreed to do is still told to them."""
    return preferences.change(user=user, now=now, digest=Frequency.NEVER)


@transaction.atomic
def undo(*, user: User, now: dt.datetime) -> Preference:
    """As often as before the digests were stopped; where they never were, nothing changes."""
    preference = preferences.of(user)
    if preference.digest != Frequency.NEVER:
        return preference
    return preferences.change(user=user, now=now, digest=_before(preference))


def _before(preference: Preference) -> str:
    """The trail knows what the person had chosen."""
    trail = AuditEntry.objects.filter(target=Preference._meta.label_lower, target_id=str(preference.pk))
    stopped = trail.filter(detail__changed__digest__1=Frequency.NEVER).order_by("-at", "-pk").first()
    return str(stopped.detail["changed"]["digest"][0]) if stopped else Frequency.WEEKLY
