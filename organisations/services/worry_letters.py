"""What coordinators hear of worries: that there is one, its number and until when. Never a word of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.models import User
from notifications.message import Message
from notifications.models import Notification
from notifications.services import outbox
from organisations.models import Worry


@dataclass(frozen=True)
class Kind:
    """``title`` and ``body`` may name the %(receipt)s and nothing else."""

    code: str
    title: Promise
    body: Promise


ARRIVED = Kind(
    "worry_arrived",
    _("困りごとがとどきました(受付番号 %(receipt)s)"),
    _("新しい困りごとがとどきました。2日のうち(お休みの日をのぞく)に連絡する約束です。中身は画面で読んでください。"),
)
REMINDER = Kind(
    "worry_reminder",
    _("連絡を待っている方がいます(受付番号 %(receipt)s)"),
    _("困りごとを送ってくださった方が、連絡を待っています。約束の日が近づいています。連絡したら、記録してください。"),
)
SILENT = Kind(
    "worry_silent",
    _("約束の日を過ぎた困りごとがあります(受付番号 %(receipt)s)"),
    _("困りごとを送ってくださった方に、まだ連絡の記録がありません。担当の方に声をかけてください。"),
)


def write(kind: Kind, worry: Worry, users: Iterable[User], now: dt.datetime) -> None:
    """Write to each of *users* in their own language, once however often this is called."""
    letters = []
    for user in users:
        with override(user.language):
            title = str(kind.title % {"receipt": worry.receipt})
            url = f"{settings.SITE_URL}/console/worries/{worry.pk}/"
            message = Message(kind.code, title, str(kind.body), url)
        key = f"{kind.code}:{worry.pk}:{user.pk}"
        letters.append(outbox.Letter(user, message, key, about={"worry": worry.pk}))
    outbox.notify_many(letters=letters, now=now)


def _waits(notification: Notification, _now: dt.datetime) -> bool:
    return Worry.objects.unanswered().filter(pk=notification.about["worry"]).exists()


STILL_RIGHT: Mapping[str, Callable[[Notification, dt.datetime], bool]] = dict.fromkeys(
    (ARRIVED.code, REMINDER.code, SILENT.code), _waits
)
