"""Two days before, and on the evening before, everybody is reminded of where they take part: once each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, Func, JSONField, OuterRef, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from notifications.models import Notification
from organisations.models import Role, Slot
from volunteers.models import Placement
from volunteers.services.telling import letters

DAYS_BEFORE = dt.timedelta(days=2)
# By the clock of the place: late enough to be at home, early enough to get something ready.
EVENING = dt.time(17)
# Further ahead than this nobody is reminded of anything.
AHEAD = DAYS_BEFORE + dt.timedelta(days=1)
# What a link in a letter can do.
CANNOT_COME = "cannot_come"


def plan(*, now: dt.datetime) -> int:
    """Write the reminders that are due at *now*; says how many.

    Whoever agreed after one was due has just heard the same. Of a time that was moved people are reminded again.
    """
    written = 0
    for placement, kind in _due(now):
        letters.to_volunteer(kind, placement, now, about=str(placement.slot.sequence or ""))
        written += 1
    return written


def _due(now: dt.datetime) -> Iterator[tuple[Placement, letters.Kind]]:
    for placement in _coming(now):
        early, late = _moments(placement.slot)
        if late <= now:
            if placement.agreed_at < late:
                yield placement, TOMORROW
        elif early <= now and placement.agreed_at < early and not placement.is_told:
            yield placement, SOON


def _coming(now: dt.datetime) -> QuerySet[Any]:
    """Return who comes to something soon and has not had the last reminder; ``is_told``: has had the first."""
    ahead = Placement.objects.active().filter(
        slot__starts_at__gt=now, slot__starts_at__lte=now + AHEAD, slot__cancelled_at=None
    )
    ahead = ahead.exclude(_told(TOMORROW)).annotate(is_told=_told(SOON))
    return ahead.select_related("volunteer__user", "slot__role__organisation", "slot__role__venue__town").order_by("pk")


def _told(kind: letters.Kind) -> Exists:
    since = Coalesce(OuterRef("slot__moved_at"), OuterRef("agreed_at"))
    mine = Notification.objects.filter(user=OuterRef("volunteer__user"), kind=kind.code, created_at__gte=since)
    return Exists(mine.filter(about__placement=Func(OuterRef("pk"), function="to_jsonb", output_field=JSONField())))


def _moments(slot: Slot) -> tuple[dt.datetime, dt.datetime]:
    """Return when the two reminders of a slot are due."""
    first = timezone.localtime(slot.starts_at)
    eve = dt.datetime.combine(first.date() - dt.timedelta(days=1), EVENING, tzinfo=first.tzinfo)
    return slot.starts_at - DAYS_BEFORE, eve


def _ready(placement: Placement) -> dict[str, str]:
    """Return the lines that say what to bring, where to go and whom to ring on the day."""
    role = placement.slot.role
    said = [
        (gettext("持ち物"), role.bring),
        (gettext("集まる場所"), _address(role)),
        (gettext("雨のとき"), role.rain_rule),
        (gettext("当日の連絡先"), role.contact or role.organisation.phone),
    ]
    return {"ready": "\n".join(f"{name}: {text}" for name, text in said if text)}


def _address(role: Role) -> str:
    venue = role.venue
    return "" if venue is None else f"{venue.name} ({venue.town.name}{venue.address})"


def _is_coming(notification: Notification, now: dt.datetime) -> bool:
    """Say whether they still come, and at the time that the letter says."""
    found = Placement.objects.active().filter(pk=notification.about["placement"], slot__cancelled_at=None)
    slot = Slot.objects.filter(placements__in=found, starts_at__gt=now).first()
    return slot is not None and (slot.moved_at is None or slot.moved_at <= notification.created_at)


_BODY = _(
    "参加の日が近づきました。\n%(ready)s\n\n"
    "ご都合が悪くなったら、早めにお知らせください。だれにでもあることですから、気になさらないでください。"
)
_TAP = letters.Tap(CANNOT_COME, _("行けなくなった"))
SOON = letters.Kind("reminder_soon", _("%(when)sの予定です:%(role)s"), _BODY, _is_coming, words=_ready, tap=_TAP)
TOMORROW = letters.Kind(
    "reminder_tomorrow", _("もうすぐです。%(when)s:%(role)s"), _BODY, _is_coming, words=_ready, tap=_TAP
)

STILL_RIGHT = letters.still_right(SOON, TOMORROW)
