"""What the three sides of a cooperation hear, each in their own language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from notifications.message import Message
from notifications.models import Delivery, Notification
from notifications.services import outbox
from organisations.models import Cooperation
from organisations.models.cooperation import CooperationStatus, Side
from organisations.services import desks, slots

Check = Callable[[Notification, dt.datetime], bool]
_WHAT = _("「%(offer)s」\n提供する側:%(giver)s\n受ける側:%(host)s\n%(when)s")


@dataclass(frozen=True)
class Kind:
    """One kind of letter, and whether it is still true just before it goes out."""

    code: str
    title: Promise
    body: Promise
    still_right: Check | None = None
    delivery: Delivery = Delivery.AT_MOST_ONCE


def _is_asked(notification: Notification, _now: dt.datetime) -> bool:
    """Say whether that side's answer is still wanted."""
    about = notification.about
    unanswered = {f"{about['side']}_agreed_at": None}
    rows = Cooperation.objects.filter(pk=about["cooperation"], status=CooperationStatus.PROPOSED, **unanswered)
    return rows.exists()


def _is_settled(notification: Notification, _now: dt.datetime) -> bool:
    rows = Cooperation.objects.filter(pk=notification.about["cooperation"])
    return rows.filter(status__in=(CooperationStatus.AGREED, CooperationStatus.DONE)).exists()


PROPOSED = Kind(
    "cooperation_proposed",
    _("協力の相談があります:%(offer)s"),
    _("「%(offer)s」について、協力の相談があります。3者がよいと言ったら、決まります。お返事をお願いします。"),
    _is_asked,
)
ARRANGED = Kind(
    "cooperation_arranged",
    _("日時や数の相談があります:%(offer)s"),
    _("日時や数について、新しい案があります。下の案でよいか、もう一度お返事をお願いします。"),
    _is_asked,
)
WAITS = Kind(
    "cooperation_waits",
    _("協力のお返事をお待ちしています:%(offer)s"),
    _("ほかの側から「よい」とお返事がありました。あなたの側のお返事をお待ちしています。"),
    _is_asked,
)
SETTLED = Kind(
    "cooperation_settled",
    _("協力が決まりました:%(offer)s"),
    _("3者のお返事がそろい、協力が決まりました。ありがとうございます。"),
    _is_settled,
)
ENDED = Kind(
    "cooperation_ended",
    _("協力はとりやめになりました:%(offer)s"),
    _("この協力は、とりやめになりました。理由は下のとおりです。"),
    delivery=Delivery.AT_LEAST_ONCE,
)
LAPSED = Kind(
    "cooperation_lapsed",
    _("協力の相談が終わりました:%(offer)s"),
    _("日時が来たか、提供が終わったため、この相談は終わりました。ほかの提供もごらんください。"),
)
DONE = Kind(
    "cooperation_done",
    _("おつかれさまでした:%(offer)s"),
    _("協力が終わりました。ありがとうございました。よかったことを、連携事例として残せます。"),
)
KINDS = (PROPOSED, ARRANGED, WAITS, SETTLED, ENDED, LAPSED, DONE)
STILL_RIGHT: Mapping[str, Check] = {kind.code: kind.still_right for kind in KINDS if kind.still_right is not None}


def tell(
    kind: Kind,
    row: Cooperation,
    now: dt.datetime,
    *,
    but: Side | None = None,
    only: Collection[Side] = tuple(Side),
    about: str = "",
    quoted: str = "",
) -> None:
    """Write to the sides in *only*, and not to *but*, whose doing it is; each person once for each *about*.

    *quoted* are somebody's own words and come last.
    """
    told = []
    for side in only:
        if side == but:
            continue
        for user in people_of(row, side):
            key = ":".join(part for part in (kind.code, str(row.pk), side.value, str(user.pk), about) if part)
            says = {"cooperation": row.pk, "side": side.value}
            told.append(outbox.Letter(user, _message(kind, user, row, side, quoted), key, kind.delivery, says))
    outbox.notify_many(letters=told, now=now)


def people_of(row: Cooperation, side: Side) -> list[User]:
    """Return who answers for *side*; a desk that is the host is told once, as the coordinators."""
    if side == Side.DESK:
        found = desks.coordinators_of(row.host.town) or desks.coordinators_of(row.offer.organisation.town)
        return found or list(User.objects.filter(is_staff=True, is_active=True))
    organisation = row.offer.organisation if side == Side.OFFER else row.host
    return list(User.objects.filter(is_active=True, memberships__organisation=organisation).order_by("pk"))


def when(row: Cooperation) -> str:
    """Return day and hours in the active language."""
    if row.starts_at is None or row.ends_at is None:
        return gettext("日時はこれから決めます")
    return slots.span(row.starts_at, row.ends_at)


def _message(kind: Kind, user: User, row: Cooperation, side: Side, quoted: str) -> Message:
    path = f"/console/cooperations/{row.pk}/" if side == Side.DESK else f"/organisation/cooperations/{row.pk}/"
    with override(user.language):
        names = {
            "offer": row.offer.label,
            "giver": row.offer.organisation.name,
            "host": row.host.name,
            "when": when(row),
        }
        parts = (str(kind.body % names), str(_WHAT % names), quoted)
        body = "\n\n".join(part for part in parts if part)
        return Message(kind.code, str(kind.title % names), body, f"{settings.SITE_URL}{path}")
