"""A role takes place elsewhere than it did: whoever comes, asked to, or waits for a place hears of it, once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TypeVar

from django.db.models import Exists, F, Func, JSONField, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from notifications.models import Delivery, Notification
from volunteers.models import Application, Placement, Waiting
from volunteers.services import letters, reminders
from volunteers.services.letters import Kind

# A pin is moved in several steps, and may be moved back.
SETTLED = dt.timedelta(minutes=10)

Row = TypeVar("Row", Placement, Application, Waiting)
_MOVED_AT = "slot__role__place_changed_at"


def tell(*, now: dt.datetime) -> int:
    """Write to those who do not know of the new place at *now*; says how many letters that were."""
    told = 0
    for kind, row in _untold(now):
        letters.to_volunteer(kind, row, now, about=_about(row))
        told += 1
    return told


def _untold(now: dt.datetime) -> Iterator[tuple[Kind, Placement | Application | Waiting]]:
    for placement in _of(Placement.objects.active(), "agreed_at", ELSEWHERE, now):
        yield ELSEWHERE, placement
    for asking in _of(Application.objects.asked(), "asked_at", ASKED_ELSEWHERE, now):
        yield ASKED_ELSEWHERE, asking
    for waiting in _of(Waiting.objects.alive(), "since", ASKED_ELSEWHERE, now):
        yield ASKED_ELSEWHERE, waiting


def _of(rows: QuerySet[Row], since: str, kind: Kind, now: dt.datetime) -> QuerySet[Row]:
    """Return those of *rows* that began, at *since*, with the place that was, and whom no letter has told."""
    noun = str(rows.model._meta.model_name)
    number = Func(OuterRef("pk"), function="to_jsonb", output_field=JSONField())
    letter = Notification.objects.filter(user=OuterRef("volunteer__user"), kind=kind.code)
    told = letter.filter(created_at__gte=OuterRef(_MOVED_AT), **{f"about__{noun}": number})
    ahead = rows.filter(slot__ends_at__gt=now, slot__cancelled_at=None)
    moved = ahead.filter(**{f"{_MOVED_AT}__lte": now - SETTLED, f"{since}__lt": F(_MOVED_AT)})
    found = moved.exclude(Exists(told)).select_related("volunteer__user", "slot__role__venue")
    return found.order_by("pk")


def _about(row: Placement | Application | Waiting) -> str:
    moved_at = row.slot.role.place_changed_at
    return moved_at.isoformat() if moved_at is not None else ""


def _comes(notification: Notification, now: dt.datetime) -> bool:
    return _is_so(Placement.objects.active().filter(pk=notification.about["placement"]), notification, now)


def _asks(notification: Notification, now: dt.datetime) -> bool:
    asked = Application.objects.asked().filter(pk=notification.about.get("application"))
    waiting = Waiting.objects.alive().filter(pk=notification.about.get("waiting"))
    return _is_so(asked, notification, now) or _is_so(waiting, notification, now)


def _is_so(rows: QuerySet[Row], notification: Notification, now: dt.datetime) -> bool:
    """Say it while it is ahead, and not elsewhere again."""
    ahead = rows.filter(slot__ends_at__gt=now, slot__cancelled_at=None)
    return ahead.filter(**{_MOVED_AT: notification.about["about"]}).exists()


_WHERE = _("場所が変わりました:%(role)s")
ELSEWHERE = Kind(
    "place_changed",
    _WHERE,
    _(
        "参加が決まっている活動の場所が変わりました。新しい場所は下のとおりです。行き方は、募集のページで確かめられます。"
        "ご都合がつかないときは、「行けなくなった」でお知らせください。"
    ),
    _comes,
    Delivery.AT_LEAST_ONCE,
    is_urgent=True,
    tap=letters.Tap(reminders.CANNOT_COME, _("行けなくなった")),
)
ASKED_ELSEWHERE = Kind(
    "place_changed_asked",
    _WHERE,
    _(
        "申し込んだ活動、または空きを待っている活動の場所が変わりました。新しい場所は下のとおりです。"
        "ご都合がつかないときは、「予定」の画面で取り下げられます。"
    ),
    _asks,
    Delivery.AT_LEAST_ONCE,
    is_urgent=True,
)
STILL_RIGHT = letters.still_right(ELSEWHERE, ASKED_ELSEWHERE)
