"""Links that let one person do one thing without signing in, and nothing else."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services.errors import DomainError
from notifications.models import ActionLink

TOKEN_BYTES = 32
BATCH = 2_000


class LinkUnknown(DomainError):
    """Never issued, or expired, or of somebody who left: nobody learns which."""

    code = "link_unknown"
    message = _("このリンクは使えません。期限が過ぎたのかもしれません。サインインすると、同じことができます。")


@dataclass(frozen=True)
class Wanted:
    """A link that is to be made."""

    user: User
    action: str
    target_id: str


@transaction.atomic
def issue(*, user: User, action: str, target_id: object, now: dt.datetime, days: int = 30) -> str:
    """Make a link; the token is in no table, so this is the only time that it can be had."""
    token, link = _make(Wanted(user, action, str(target_id)), now, days)
    link.save(force_insert=True)
    return token


@transaction.atomic
def issue_many(*, wanted: Iterable[Wanted], now: dt.datetime, days: int = 30) -> list[str]:
    """Tokens in the order of *wanted*."""
    made = [_make(want, now, days) for want in wanted]
    ActionLink.objects.bulk_create([link for _token, link in made], batch_size=BATCH)
    return [token for token, _link in made]


def _make(want: Wanted, now: dt.datetime, days: int) -> tuple[str, ActionLink]:
    token = secrets.token_urlsafe(TOKEN_BYTES)
    link = ActionLink(
        token_hash=_hash(token),
        user=want.user,
        action=want.action,
        target_id=want.target_id,
        created_at=now,
        expires_at=now + dt.timedelta(days=days),
    )
    return token, link


def find(*, token: str, now: dt.datetime) -> ActionLink:
    """The link with this token, its person at hand. It stays valid: what it does can be undone and done again.

    Raises
    ------
    LinkUnknown
    """
    links = ActionLink.objects.select_related("user")
    link = links.filter(token_hash=_hash(token), expires_at__gt=now, user__is_active=True).first()
    if link is None:
        raise LinkUnknown
    return link


def current(*, user: User, action: str, now: dt.datetime) -> ActionLink | None:
    """The newest link of *user* for *action* that can still be used."""
    return ActionLink.objects.filter(user=user, action=action, expires_at__gt=now).order_by("-pk").first()


def end(*, user: User, action: str) -> bool:
    """Make the links of *user* for *action* unknown; says whether there were any."""
    return ActionLink.objects.filter(user=user, action=action).delete()[0] > 0


def url(token: str) -> str:
    """The address that goes into a message."""
    return f"{settings.SITE_URL}/l/{token}/"


def _hash(token: str) -> str:
    # "replace": an address typed by hand may hold half a character, and is then simply unknown.
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
