"""Somebody who would like to start something, and notices of what might help them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from notifications.models import Notification
from organisations.models import Initiative, SupportDesk, SupportNotice
from organisations.services.made_public import support_notices
from organisations.services.taking_up import initiatives
from volunteers.models import Volunteer
from volunteers.sample.asking import Asking


def leave(entries: Mapping[str, Any], people: Mapping[str, Volunteer], asking: Asking) -> None:
    """Write what is missing of it."""
    for entry in entries["initiatives"]:
        user = people[entry["by"]].user
        if not Initiative.objects.filter(user=user, title=entry["title"]).exists():
            made = initiatives.ask(
                user=user,
                town=asking.towns[entry["town"]],
                title=entry["title"],
                idea=entry["idea"],
                activities=[asking.vocabulary.activities[code] for code in entry["activities"]],
                now=asking.now,
            )
            Notification.objects.filter(about__initiative=made.pk).delete()  # nobody is told of a sample
    desk = SupportDesk.objects.earliest("pk")
    for entry in entries["notices"]:
        if not SupportNotice.objects.filter(title=entry["title"]).exists():
            support_notices.write(desk=desk, now=asking.now, actor=asking.actor, **_notice(entry, asking.now))


def _notice(entry: Mapping[str, Any], now: dt.datetime) -> dict[str, Any]:
    days = entry.get("days_left")
    deadline = None if days is None else timezone.localdate(now) + dt.timedelta(days=days)
    return {"deadline": deadline, **{name: entry[name] for name in ("title", "who", "what", "source")}}
