"""What the people hear who act for an organisation, each in their own language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import override

from notifications.message import Message
from notifications.services import outbox
from organisations.models import Organisation


def tell_members(
    *,
    organisation: Organisation,
    kind: str,
    title: Promise,
    body: Promise,
    names: Mapping[str, str],
    about: Mapping[str, int],
    now: dt.datetime,
    reason: str = "",
    path: str = "/",
) -> None:
    """Write to everybody who acts for *organisation*; *reason* are somebody's own words and come last."""
    told = []
    subject = ":".join(str(part) for pair in about.items() for part in pair)
    for membership in organisation.memberships.filter(user__is_active=True).select_related("user"):
        user = membership.user
        with override(user.language):
            text = "\n\n".join(part for part in (str(body % names), reason) if part)
            message = Message(kind, str(title % names), text, f"{settings.SITE_URL}{path}")
        key = f"{kind}:{subject}:{user.pk}:{now:%Y%m%d%H%M%S}"
        told.append(outbox.Letter(user, message, key, about=dict(about)))
    outbox.notify_many(letters=told, now=now)
