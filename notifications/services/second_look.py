"""Between writing a message and sending it the world moves on: is it still right to send?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models.consent import ConsentKind
from accounts.services import consents
from notifications.message import NEEDS_CONSENT
from notifications.models import Notification
from notifications.models.preference import Frequency
from notifications.services import preferences

NO_LONGER_SO = gettext_lazy("事情が変わり、もう伝える必要がありません。")

StillRight = Mapping[str, Callable[[Notification, dt.datetime], bool]]


def reason_to_drop(letter: Notification, now: dt.datetime, still_right: StillRight) -> str:
    """Why *letter* is not to be sent any more; empty where it is."""
    if not letter.user.is_active:
        return _("利用をやめた方です。")
    if letter.kind in NEEDS_CONSENT:
        if not consents.holds(user=letter.user, kind=ConsentKind.CONTACT, on=timezone.localdate(now)):
            return _("お知らせを受け取る同意がありません。")
        if preferences.of(letter.user).digest == Frequency.NEVER:
            return _("おすすめを受け取らないことにしています。")
    asks = still_right.get(letter.kind)
    if asks is not None and not asks(letter, now):
        return str(NO_LONGER_SO)
    return ""
