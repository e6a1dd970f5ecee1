"""Tokens by which a program signs in for a person; only their hashes are kept."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import audit
from accounts.services.errors import DomainError

MOST_TOKENS = 20


class TooManyTokens(DomainError):
    code = "too_many_tokens"
    message = _("トークンは20個までです。使っていないものを取り消してください。")


def of(user: User) -> Any:
    """The tokens of *user*, as rows of the token store."""
    return _store(user).order_by("-created", "digest")


@transaction.atomic
def issue(*, user: User, now: dt.datetime, lasts: dt.timedelta) -> tuple[Any, str]:
    """Make a token; its text is given out this once and kept nowhere.

    Raises
    ------
    TooManyTokens
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if of(user).filter(expiry__gt=now).count() >= MOST_TOKENS:
        raise TooManyTokens
    row, token = _store(user).create(expiry=lasts)
    audit.record(actor=user, action="token.issue", target=user, now=now)
    return row, token


@transaction.atomic
def revoke(*, user: User, key: str, now: dt.datetime) -> bool:
    """End the token that begins with *key*; says whether there was one."""
    is_gone: bool = of(user).filter(token_key=key).delete()[0] > 0
    if is_gone:
        audit.record(actor=user, action="token.revoke", target=user, now=now)
    return is_gone


def _store(user: User) -> Any:
    return getattr(user, "auth_token_set")  # noqa: B009  a relation that the token store adds to every user
