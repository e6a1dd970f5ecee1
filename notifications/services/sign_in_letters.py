"""Whoever can sign in in a new way, or in one way less, hears of it: it may not have been them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.models import User
from accounts.services import audit
from notifications.message import Message
from notifications.services import outbox


@dataclass(frozen=True)
class Change:
    code: str
    title: Promise
    body: Promise


ADDED = Change(
    "passkey_added",
    _("パスキーが登録されました"),
    _(
        "新しい機器が登録されました。この機器からは、番号なしでサインインできます。心あたりがないときは、下のページから消してください。"
    ),
)
REMOVED = Change(
    "passkey_removed",
    _("パスキーが消されました"),
    _("登録されていた機器がひとつ消されました。メールの番号では、これまでどおりサインインできます。"),
)


def tell(change: Change, user: User, now: dt.datetime) -> None:
    """Write it down, and write to *user*."""
    audit.record(actor=user, action=f"user.{change.code}", target=user, now=now)
    with override(user.language):
        url = f"{settings.SITE_URL}/accounts/passkeys/"
        message = Message(change.code, str(change.title), str(change.body), url, is_urgent=True)
    outbox.notify(user=user, message=message, dedupe_key=f"{change.code}:{user.pk}:{now:%Y%m%d%H%M%S%f}", now=now)
