"""What this room knows of one person: as a copy for them, and gone when they leave."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from accounts.models import User
from accounts.services.personal_data import plain, unname
from notifications.models import ActionLink, Call, ContactPoint, Notification, Preference

LEFT_OUT: Mapping[str, str] = {
    "notifications.Call.by": "calls to other people, which they only made",
}
EXPORTED: Collection[str] = (
    "notifications.ActionLink.user",
    "notifications.ContactPoint.user",
    "notifications.Notification.user",
    "notifications.Preference.user",
)
# How a message is sent is no news; what links in it begin with would let whoever reads the copy act.
INNER = ("actions", "attachments", "dedupe_key", "lease_until", "lease_token", "about")


def of(user: User) -> dict[str, Any]:
    return {
        "contact_points": plain(ContactPoint.objects.filter(user=user)),
        "preference": plain(Preference.objects.filter(user=user)),
        "messages": plain(Notification.objects.filter(user=user), without=INNER),
        "calls": plain(Call.objects.filter(notification__user=user)),
        "links": plain(ActionLink.objects.filter(user=user), without=("token_hash",)),
    }


def erase(user: User, _now: dt.datetime) -> None:
    """Delete messages, sent or not, and all ways to reach somebody.

    A sent message goes as a whole: without its words it would only say that somebody was told something once, and what
    it kept from being sent twice is about rows that are gone as well.
    """
    for rows in (
        Call.objects.filter(notification__user=user),
        Notification.objects.filter(user=user),
        ActionLink.objects.filter(user=user),
        ContactPoint.objects.filter(user=user),
        Preference.objects.filter(user=user),
    ):
        unname(rows)
        rows.delete()
