"""The accounts of the sample's people."""

from __future__ import annotations

import datetime as dt
from typing import Any

from accounts.models import User
from accounts.services import people


def person(entry: dict[str, Any], *, now: dt.datetime) -> User:
    """Return whoever signs in with the address of *entry*, registered where they are new."""
    known = User.objects.filter(email=entry["email"]).first()
    return known or people.register(
        email=entry["email"], name=entry["name"], language=entry.get("language", "ja"), now=now
    )


def repairer(entry: dict[str, Any], *, now: dt.datetime) -> User:
    """Return the account that may open the repair desk."""
    user = person(entry, now=now)
    if not user.is_superuser:
        user.is_staff = user.is_superuser = True
        user.save(update_fields=["is_staff", "is_superuser"])
    return user
