"""How long messages and their links are kept."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from accounts.services.retention import Rule
from notifications.models import ActionLink, Notification, Status

DONE = [Status.SENT, Status.DROPPED]

RULES = (
    Rule(
        _("メールの中のボタンの行き先"),
        dt.timedelta(0),
        lambda before: ActionLink.objects.filter(expires_at__lt=before),
    ),
    Rule(
        _("お知らせの記録"),
        dt.timedelta(days=180),
        lambda before: Notification.objects.filter(status__in=DONE, created_at__lt=before),
    ),
    Rule(
        _("送れなかったお知らせの記録"),
        dt.timedelta(days=365),
        lambda before: Notification.objects.filter(status=Status.FAILED, created_at__lt=before),
    ),
)
