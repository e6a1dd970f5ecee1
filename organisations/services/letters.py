"""What the people hear who act for an organisation or coordinate for a desk, each in their own language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import override

from accounts.models import User
from notifications.message import Message
from notifications.services import outbox
from organisations.models import Organisation, SupportDesk


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
    members = User.objects.filter(memberships__organisation=organisation, is_active=True).order_by("memberships__pk")
    _tell(members, kind, title, body, names, about, now, reason, path)


def tell_desk(
    *,
    desk: SupportDesk,
    kind: str,
    title: Promise,
    body: Promise,
    names: Mapping[str, str],
    about: Mapping[str, int],
    now: dt.datetime,
    path: str = "/console/",
) -> None:
    """Write to everybody who coordinates for *desk*."""
    coordinators = User.objects.filter(desk_memberships__desk=desk, is_active=True).order_by("pk")
    _tell(coordinators, kind, title, body, names, about, now, "", path)


def _tell(
    users: Iterable[User],
    kind: str,
    title: Promise,
    body: Promise,
    names: Mapping[str, str],
    about: Mapping[str, int],
    now: dt.datetime,
    reason: str,
    path: str,
) -> None:
    told = []
    subject = ":".join(str(part) for pair in about.items() for part in pair)
    for user in users:
        with override(user.language):
            text = "\n\n".join(part for part in (str(body % names), reason) if part)
            message = Message(kind, str(title % names), text, f"{settings.SITE_URL}{path}")
        key = f"{kind}:{subject}:{user.pk}:{now:%Y%m%d%H%M%S}"
        told.append(outbox.Letter(user, message, key, about=dict(about)))
    outbox.notify_many(letters=told, now=now)
