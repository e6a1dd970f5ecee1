"""The outbox: a message is written down in the transaction of its cause, and sent later by the drain."""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db import connection, transaction

from accounts.models import User
from notifications.message import Message
from notifications.models import Delivery, Notification
from notifications.services import preferences, quiet_hours
from notifications.services.delivery import Delivered, deliver_due

__all__ = ["Delivered", "Letter", "deliver_due", "notify", "notify_many"]

BATCH = 2_000
LONGEST_TITLE = 200

_INSERT = """
    INSERT INTO notifications_notification
    SELECT * FROM json_populate_recordset(NULL::notifications_notification, %s) ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True)
class Letter:
    """One message for one person, as `notify` takes it."""

    user: User
    message: Message
    dedupe_key: str
    delivery: Delivery = Delivery.AT_MOST_ONCE
    about: dict[str, Any] = field(default_factory=dict)
    channel: str | None = None


@transaction.atomic
def notify(
    *,
    user: User,
    message: Message,
    dedupe_key: str,
    now: dt.datetime,
    delivery: Delivery = Delivery.AT_MOST_ONCE,
    about: dict[str, Any] | None = None,
    channel: str | None = None,
) -> Notification | None:
    """Put one message into the outbox; None where one with this key is there already.

    Without *channel* it goes the way that the person chose: by e-mail only with an address, else to the call list.
    """
    letter = Letter(user, message, dedupe_key, delivery, about or {}, channel)
    row = _row(letter, channel or preferences.channels_for([user])[user.pk], now)
    return row if _write([row]) else None


@transaction.atomic
def notify_many(*, letters: Iterable[Letter], now: dt.datetime) -> int:
    """Put many messages into the outbox; says how many were new."""
    remaining, written = iter(letters), 0
    while batch := list(islice(remaining, BATCH)):
        written += _write(_rows(batch, now))
    return written


def _rows(letters: Sequence[Letter], now: dt.datetime) -> list[Notification]:
    chosen = preferences.channels_for([letter.user for letter in letters if letter.channel is None])
    return [_row(letter, letter.channel or chosen[letter.user.pk], now) for letter in letters]


def _row(letter: Letter, channel: str, now: dt.datetime) -> Notification:
    message = letter.message
    return Notification(
        user=letter.user,
        channel=channel,
        kind=message.kind,
        dedupe_key=f"{letter.dedupe_key}:{channel}",
        delivery=letter.delivery,
        title=one_line(message.title)[:LONGEST_TITLE],
        body=message.body.strip(),
        url=message.url,
        actions=[{"label": one_line(action.label), "url": action.url} for action in message.actions],
        attachments=[
            {"name": file.name, "media_type": file.media_type, "content": base64.b64encode(file.content).decode()}
            for file in message.attachments
        ],
        about=letter.about,
        is_urgent=message.is_urgent,
        created_at=now,
        due_at=quiet_hours.for_channel(channel, now, is_urgent=message.is_urgent),
    )


def one_line(text: str) -> str:
    """A title is one line: a line break in it could start a header of its own in an e-mail."""
    return " ".join(text.split())


def _write(rows: Sequence[Notification]) -> int:
    """Insert what is new, says how many that was; in one statement, because two at once must not meet an error.

    The rows go as one JSON text: thousands take a fraction of the time that as many parameters would.
    """
    fields = Notification._meta.concrete_fields
    text = json.dumps([{field.column: getattr(row, field.attname) for field in fields} for row in rows], default=str)
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [text])
        return int(cursor.rowcount)
