"""What coordinators hear of worries: that there is one, its number and until when. Never a word of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from notifications.models import Notification
from notifications.services import letters
from notifications.services.letters import Kind
from organisations.models import Worry

PAGE = "/console/worries/%s/"


def _waits(notification: Notification, _now: dt.datetime) -> bool:
    return Worry.objects.unanswered().filter(pk=notification.about["worry"]).exists()


def _number(worry: Worry) -> Mapping[str, str]:
    return {"receipt": worry.receipt}


def _promise(worry: Worry) -> Mapping[str, str]:
    # Translators: a day as a Django date format.
    return {**_number(worry), "by": date_format(timezone.localdate(worry.answer_by), gettext("n月j日(D)"))}


ARRIVED = Kind(
    "worry_arrived",
    _("困りごとがとどきました(受付番号 %(receipt)s)"),
    _("新しい困りごとがとどきました。%(by)sまでに連絡する約束です。中身は画面で読んでください。"),
    _waits,
    words=_promise,
)
REMINDER = Kind(
    "worry_reminder",
    _("連絡を待っている方がいます(受付番号 %(receipt)s)"),
    _("困りごとを送ってくださった方に、連絡すると約束した日になりました。短いお電話だけでも、お願いします。"),
    _waits,
    words=_number,
)
SILENT = Kind(
    "worry_silent",
    _("約束の日を過ぎた困りごとがあります(受付番号 %(receipt)s)"),
    _("困りごとを送ってくださった方に、まだ連絡の記録がありません。担当の方に声をかけてください。"),
    _waits,
    words=_number,
)
STILL_RIGHT = letters.still_right(ARRIVED, REMINDER, SILENT)
