"""The messages that wait on the person's own page."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services.errors import DomainError
from notifications.models import Channel, Notification, Status


class NotificationUnknown(DomainError):
    """There is none, or it is somebody else's: nobody learns which."""

    code = "notification_unknown"
    message = _("このお知らせは見つかりませんでした。")


def letters(user: User) -> QuerySet[Notification]:
    """Everything that ever arrived in the inbox of *user*, newest first."""
    return Notification.objects.filter(user=user, channel=Channel.INBOX, status=Status.SENT).order_by("-sent_at", "pk")


def unread(user: User) -> QuerySet[Notification]:
    """What *user* has not opened yet, newest first."""
    return letters(user).filter(seen_at=None)


@transaction.atomic
def read(*, user: User, notification_id: uuid.UUID | str, now: dt.datetime) -> Notification:
    """Open one message; the first opening is what counts.

    Raises
    ------
    NotificationUnknown
    """
    letter = letters(user).select_for_update().filter(pk=_as_uuid(notification_id)).first()
    if letter is None:
        raise NotificationUnknown
    if letter.seen_at is None:
        letter.seen_at = now
        letter.save(update_fields=["seen_at"])
    return letter


def _as_uuid(text: uuid.UUID | str) -> uuid.UUID:
    try:
        return uuid.UUID(str(text))
    except ValueError as refused:
        raise NotificationUnknown from refused
