"""A role takes place elsewhere than it did: whoever comes, asked to, or waits for a place hears of it, once.

So do the guardians of the young who come, and the companies for whose teams places are kept.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TypeVar

from django.db.models import Exists, F, Func, JSONField, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from notifications.models import Delivery, Notification
from organisations.models import Hold
from volunteers.models import Application, Placement, Waiting
from volunteers.services.telling import guardian_letters, letters, reminders
from volunteers.services.telling.letters import Kind

# A pin is moved in several steps, and may be moved back.
SETTLED = dt.timedelta(minutes=10)

Row = TypeVar("Row", Placement, Application, Waiting, Hold)
# Of a company everybody who acts for it reads.
_COMPANY = ("user__memberships__organisation", "team__organisation")
_MOVED_AT = "slot__role__place_changed_at"


def tell(*, now: dt.datetime) -> int:
    """Write to those who do not know of the new place at *now*; says how many letters that were."""
    told = 0
    for kind, row in _untold(now):
        letters.to_volunteer(kind, row, now, about=_about(row))
        if isinstance(row, Placement):
            guardian_letters.follow(GUARDIAN_ELSEWHERE, row, now, about=_about(row))
        told += 1
    for hold in _of(Hold.objects.alive(), "held_at", TEAM_ELSEWHERE, now, *_COMPANY):
        members = User.objects.filter(memberships__organisation=hold.team.organisation_id, is_active=True)
        path = f"/organisation/teams/{hold.team_id}/"
        letters.write(TEAM_ELSEWHERE, members.order_by("pk"), hold, now, path=path, about=_about(hold))
        told += 1
    return told


def _untold(now: dt.datetime) -> Iterator[tuple[Kind, Placement | Application | Waiting]]:
    for placement in _of(Placement.objects.active(), "agreed_at", ELSEWHERE, now):
        yield ELSEWHERE, placement
    for asking in _of(Application.objects.asked(), "asked_at", ASKED_ELSEWHERE, now):
        yield ASKED_ELSEWHERE, asking
    for waiting in _of(Waiting.objects.alive(), "since", ASKED_ELSEWHERE, now):
        yield ASKED_ELSEWHERE, waiting


def _of(
    rows: QuerySet[Row],
    since: str,
    kind: Kind,
    now: dt.datetime,
    reader: str = "user",
    owner: str = "volunteer__user",
) -> QuerySet[Row]:
    """Return those of *rows* that began, at *since*, with the place that was, and whose *owner* no letter has told."""
    noun = str(rows.model._meta.model_name)
    number = Func(OuterRef("pk"), function="to_jsonb", output_field=JSONField())
    letter = Notification.objects.filter(kind=kind.code, **{reader: OuterRef(owner)})
    told = letter.filter(created_at__gte=OuterRef(_MOVED_AT), **{f"about__{noun}": number})
    ahead = rows.filter(slot__ends_at__gt=now, slot__cancelled_at=None)
    moved = ahead.filter(**{f"{_MOVED_AT}__lte": now - SETTLED, f"{since}__lt": F(_MOVED_AT)})
    found = moved.exclude(Exists(told)).select_related(owner, "slot__role__venue")
    return found.order_by("pk")


def _about(row: Placement | Application | Waiting | Hold) -> str:
    moved_at = row.slot.role.place_changed_at
    return moved_at.isoformat() if moved_at is not None else ""


def _comes(notification: Notification, now: dt.datetime) -> bool:
    return _is_so(Placement.objects.active().filter(pk=notification.about["placement"]), notification, now)


def _is_kept(notification: Notification, now: dt.datetime) -> bool:
    return _is_so(Hold.objects.alive().filter(pk=notification.about["hold"]), notification, now)


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
GUARDIAN_ELSEWHERE = Kind(
    "place_changed_guardian",
    _("%(name)sさんの活動の場所が変わりました:%(role)s"),
    _(
        "%(name)sさんが参加する活動の場所が変わりました。新しい場所は下のとおりです。"
        "%(name)sさんにもお知らせしています。ご都合がつかないときは、窓口へお電話ください。"
    ),
    _comes,
    Delivery.AT_LEAST_ONCE,
    is_urgent=True,
    words=guardian_letters.child,
)
TEAM_ELSEWHERE = Kind(
    "place_changed_team",
    _WHERE,
    _(
        "「%(team)s」のために場所をとっている活動の場所が変わりました。新しい場所は下のとおりです。"
        "参加が決まっている方には、お一人ずつお知らせしています。ご都合がつかないときは、とっておいた場所をお返しください。"
    ),
    _is_kept,
    Delivery.AT_LEAST_ONCE,
    is_urgent=True,
    words=lambda hold: {"team": hold.team.name},
)
STILL_RIGHT = letters.still_right(ELSEWHERE, ASKED_ELSEWHERE, GUARDIAN_ELSEWHERE, TEAM_ELSEWHERE)
