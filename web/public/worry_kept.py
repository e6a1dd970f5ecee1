"""What somebody has answered of a worry that is not sent yet: under a seal in their own session, for two hours."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from organisations.services.worries import sealing

KEY = "worry"
KEPT_FOR = dt.timedelta(hours=2)


def kept(session: SessionBase) -> dict[str, Any]:
    """Return the answers so far; nothing where there are none, or where they are too old."""
    sealed = session.get(KEY)
    if not isinstance(sealed, str):
        return {}
    try:
        return sealing.unseal(sealed.encode(), within=KEPT_FOR)
    except sealing.CannotOpen:
        return {}


def keep(request: HttpRequest, **answers: Any) -> None:
    _put(request, {**kept(request.session), **answers})


def replace(request: HttpRequest, **answers: Any) -> None:
    """Forget all answers so far."""
    _put(request, answers)


def _put(request: HttpRequest, answers: dict[str, Any]) -> None:
    request.session[KEY] = sealing.seal(answers).decode()
    if not request.user.is_authenticated:  # who is signed in stays so
        request.session.set_expiry(KEPT_FOR)
