"""What the three sides of a cooperation hear, each in their own language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from notifications.models import Delivery, Notification
from notifications.services import letters
from notifications.services.letters import Added, Kind
from organisations.models import Cooperation, Organisation
from organisations.models.cooperation import CooperationStatus, Side
from organisations.models.offer import Help
from organisations.services.coordinating import desks
from organisations.services.offers.counting import counted
from organisations.services.times import wording

_WHAT = _("「%(offer)s」\n提供する側:%(giver)s\n受ける側:%(host)s\n%(when)s%(many)s")


def _is_asked(notification: Notification, _now: dt.datetime) -> bool:
    """Say whether that side's answer is still wanted."""
    side, _colon, _rest = notification.about["about"].partition(":")
    rows = Cooperation.objects.filter(pk=notification.about["cooperation"], status=CooperationStatus.PROPOSED)
    return rows.filter(**{f"{side}_agreed_at": None}).exists()


def _is_settled(notification: Notification, _now: dt.datetime) -> bool:
    rows = Cooperation.objects.filter(pk=notification.about["cooperation"])
    return rows.filter(status__in=(CooperationStatus.AGREED, CooperationStatus.DONE)).exists()


PROPOSED = Kind(
    "cooperation_proposed",
    _("協力の相談があります:%(offer)s"),
    _(
        "「%(offer)s」について、協力の相談があります。提供する側、受ける側、コーディネーターの3つの返事がそろうと、決まります。お返事をお願いします。"
    ),
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
    _("みなさんのお返事がそろい、協力が決まりました。ありがとうございます。"),
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
STILL_RIGHT = letters.still_right(PROPOSED, ARRANGED, WAITS, SETTLED)


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
    for side in only:
        if side != but:
            room = "console" if side == Side.DESK else "organisation"
            letters.write(
                kind,
                people_of(row, side),
                row,
                now,
                path=f"/{room}/cooperations/{row.pk}/",
                about=":".join(part for part in (side.value, about) if part),
                quoted=quoted,
                added=Added(words=lambda: _names(row), after=_WHAT),
            )


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
    return wording.span(row.starts_at, row.ends_at)


def of_answer(side: str, now: dt.datetime) -> str:
    """Tell what a side said now from what it said before another time was proposed."""
    return f"{side}:{now:%Y%m%d%H%M%S}"


def _names(row: Cooperation) -> dict[str, str]:
    giver, host = _called(row.offer.organisation), _called(row.host)
    return {"offer": row.offer.label, "giver": giver, "host": host, "when": when(row), "many": _many(row)}


def _called(organisation: Organisation) -> str:
    """Return its name with the number by which it is telephoned."""
    return f"{organisation.name} ({organisation.phone})" if organisation.phone else organisation.name


def _many(row: Cooperation) -> str:
    """Return how many people or things it is about; of know-how there is only one."""
    if row.offer.kind == Help.KNOW_HOW:
        return ""
    people = ngettext("%(people)d人", "%(people)d人", row.quantity) % {"people": row.quantity}
    return "\n" + (counted(row.quantity, row.offer.unit) if row.offer.kind == Help.GOODS else people)
