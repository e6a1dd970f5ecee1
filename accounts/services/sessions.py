"""Where somebody is signed in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from importlib import import_module

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session

from accounts.models import User

AT_ONCE = 2_000


def of(*, user: User, now: dt.datetime) -> list[str]:
    """Return the keys of the sessions of *user* that are not over.

    Notes
    -----
    A session does not say whose it is until it is read, so all are. Nothing is locked meanwhile; a session that
    begins later lets nobody in whose account is closed.
    """
    going_on = Session.objects.filter(expire_date__gt=now)
    return [
        session.session_key
        for session in going_on.iterator(chunk_size=AT_ONCE)
        if session.get_decoded().get(SESSION_KEY) == str(user.pk)
    ]


def end(keys: Iterable[str]) -> None:
    """End sessions, in the table and in the cache before it."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    for key in keys:
        store.delete(key)
