"""Nobody's telephone rings at night."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.utils import timezone

from notifications.models import Channel


def for_channel(channel: str, moment: dt.datetime, *, is_urgent: bool) -> dt.datetime:
    """When a message that is ready at *moment* may go out; the inbox and the call list make no sound."""
    return moment if is_urgent or channel != Channel.EMAIL else after(moment)


def after(moment: dt.datetime) -> dt.datetime:
    """*moment* itself, or the end of the quiet hours that it lies in, by the local clock."""
    start, end = settings.QUIET_FROM, settings.QUIET_UNTIL
    local = timezone.localtime(moment)
    if not settings.IS_QUIET_AT_NIGHT or not _within(local.time(), start, end):
        return moment
    morning = local.date() + dt.timedelta(days=1) if local.time() >= end else local.date()
    return dt.datetime.combine(morning, end, tzinfo=local.tzinfo)


def _within(time: dt.time, start: dt.time, end: dt.time) -> bool:
    if start <= end:
        return start <= time < end
    return time >= start or time < end  # over midnight
