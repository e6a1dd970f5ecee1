"""The call list: whom a coordinator telephones, and what came of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import audit
from accounts.services.errors import DomainError
from notifications.models import Call, Channel, Notification, Status
from notifications.models.call import Outcome
from notifications.services import contact_points, second_look
from notifications.services.outbox import one_line

# After these nobody telephones about a line any more.
CLOSING = (Outcome.REACHED, Outcome.WRONG_NUMBER, Outcome.SETTLED)
LONGEST_NOTE = 200


class LineClosed(DomainError):
    code = "line_closed"
    message = _("この電話は、もう済んでいます。")


class WhenAgain(DomainError):
    code = "call_again_when"
    message = _("かけなおす日時は、これからの日時にしてください。")


class NoteTooLong(DomainError):
    code = "call_note_too_long"
    message = _("「ひとこと」は200文字までです。短くしてください。")


def open_lines(*, users: QuerySet[User]) -> QuerySet[Notification]:
    """Return what is still to be told *users* by telephone, whose turn it is longest first.

    Each with the time of the last try and what came of it, ``tried_at`` and ``outcome``, and when it was agreed to ring
    again, ``again_at``; empty where there was none.
    """
    calls = Call.objects.filter(notification=OuterRef("pk"))
    last = calls.order_by("-at", "-pk")
    lines = Notification.objects.filter(channel=Channel.CALL_LIST, status=Status.SENT, user__is_active=True)
    lines = lines.filter(~Exists(calls.filter(outcome__in=CLOSING)), user__in=users.values("pk"))
    return (
        lines.annotate(
            **{
                name: Subquery(last.values(field)[:1])
                for name, field in (("tried_at", "at"), ("outcome", "outcome"), ("again_at", "again_at"))
            }
        )
        .select_related("user")
        .order_by(Coalesce("again_at", "sent_at"), "pk")
    )


def number(line: Notification) -> str:
    """Return the telephone number to use; empty where there is none."""
    return contact_points.phone_of(line.user)


def is_open(line: Notification) -> bool:
    return not line.calls.filter(outcome__in=CLOSING).exists()


@transaction.atomic
def overtake(*, user: User, kinds: Collection[str], now: dt.datetime) -> None:
    """Take the open lines of *kinds* off the list: what *user* is to be told now says it all."""
    overtaken = list(open_lines(users=User.objects.filter(pk=user.pk)).filter(kind__in=kinds))
    rows = Notification.objects.filter(pk__in=[line.pk for line in overtaken])
    rows.update(status=Status.DROPPED, reason=second_look.NO_LONGER_SO)
    audit.record_all(actor=None, action="call.overtaken", targets=overtaken, now=now)


@transaction.atomic
def note(
    *,
    line: Notification,
    outcome: str,
    now: dt.datetime,
    actor: User,
    again_at: dt.datetime | None = None,
    note: str = "",
) -> Call:
    """Write down what came of a call. *again_at* belongs to "again" and is dropped with any other outcome.

    Raises
    ------
    LineClosed, WhenAgain, NoteTooLong
    """
    note = one_line(note)
    if len(note) > LONGEST_NOTE:
        raise NoteTooLong
    if outcome != Outcome.AGAIN:
        again_at = None
    elif again_at is None or again_at <= now:
        raise WhenAgain
    locked = Notification.objects.select_for_update(no_key=True, of=("self",)).get(pk=line.pk)
    if not is_open(locked):
        raise LineClosed
    call = Call.objects.create(
        notification=locked, outcome=Outcome(outcome), by=actor, at=now, again_at=again_at, note=note
    )
    audit.record(actor=actor, action="call.noted", target=locked, now=now, outcome=outcome, user=locked.user_id)
    return call
