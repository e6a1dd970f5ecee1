"""Putting words under a seal that only the keys of the environment open."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from accounts.services.errors import DomainError

# As it was made, or as the database brings it.
Sealed = bytes | memoryview


class CannotOpen(DomainError):
    """No key fits, it has been changed, or it is older than asked for."""

    code = "cannot_open"
    message = _("この中身を開く鍵がありません。運営の担当者に知らせてください。")


def seal(contents: Mapping[str, Any]) -> bytes:
    """Return *contents*, which JSON can say, under the newest key."""
    return _keys().encrypt(json.dumps(contents, ensure_ascii=False).encode())


def unseal(sealed: Sealed, *, within: dt.timedelta | None = None) -> dict[str, Any]:
    """Return what was sealed, under whichever key.

    Parameters
    ----------
    within : what was sealed longer ago is not opened.

    Raises
    ------
    CannotOpen
    """
    seconds = None if within is None else int(within.total_seconds())
    try:
        contents: dict[str, Any] = json.loads(_keys().decrypt(bytes(sealed), ttl=seconds))
    except InvalidToken:
        # Without the cause, whose frames hold what was tried.
        raise CannotOpen from None
    return contents


def is_newest(sealed: Sealed) -> bool:
    """Say whether the newest key alone opens it."""
    newest = Fernet(_configured()[0])
    try:
        newest.decrypt(bytes(sealed))
    except InvalidToken:
        return False
    return True


def reseal(sealed: Sealed) -> bytes:
    """Return the same under the newest key.

    Raises
    ------
    CannotOpen
    """
    try:
        return _keys().rotate(bytes(sealed))
    except InvalidToken:
        raise CannotOpen from None


def _keys() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in _configured()])


def _configured() -> list[str]:
    keys: list[str] = settings.WORRY_KEYS
    if not keys:
        raise ImproperlyConfigured("WORRY_KEYS is empty: nothing can be sealed.")
    return keys
