"""What people hear about taking part: letters about slots and what belongs to them.

``title`` and ``body`` of a kind may name %(role)s, %(when)s and %(place)s of the slot.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Model
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from notifications.models import Delivery, Notification
from notifications.services import letters
from notifications.services.letters import Added, Check, Kind, Tap, still_right
from organisations.models import Slot, Town
from organisations.services.coordinating import desks
from organisations.services.times import wording
from volunteers.models import Application, Placement, Volunteer, Waiting
from volunteers.models.application import ApplicationStatus
from volunteers.services.conditions import COORDINATOR_UNDER

__all__ = ["Check", "Kind", "Tap", "still_right"]

_WHAT = _("「%(role)s」\n%(when)s\n%(place)s")


def to_volunteer(
    kind: Kind,
    row: Placement | Application | Waiting,
    now: dt.datetime,
    *,
    path: str = "/my/places/",
    about: str = "",
    quoted: str | Promise = "",
) -> None:
    """Write to the person who takes part."""
    write(kind, [row.volunteer.user], row, now, path=path, about=about, quoted=quoted)


def to_organisation(kind: Kind, row: Placement | Application | Slot, now: dt.datetime, *, path: str = "") -> None:
    """Write to everybody who acts for the organisation; who it is about stays on the page, the one of its people."""
    slot = row if isinstance(row, Slot) else row.slot
    members = User.objects.filter(memberships__organisation__roles__slots=slot, is_active=True).distinct()
    write(kind, members, row, now, path=path or f"/organisation/roles/{slot.role_id}/people/")


def to_coordinators(
    kind: Kind, row: Placement | Application, now: dt.datetime, *, path: str = "/console/", town: Town | None = None
) -> None:
    """Write to the coordinators of the area of *town*, else of the person's; where there are none, to the staff."""
    staff = User.objects.filter(is_staff=True, is_active=True)
    write(kind, desks.coordinators_of(town or row.volunteer.town) or staff, row, now, path=path)


def write(
    kind: Kind,
    users: Iterable[User],
    row: Model,
    now: dt.datetime,
    *,
    path: str,
    about: str = "",
    quoted: str | Promise = "",
) -> None:
    """Write one letter about *row* to each of *users*, once however often this is called.

    Parameters
    ----------
    row
        A slot, or what belongs to one (``row.slot``): a placement, an application, a waiting list's entry. Whatever
        else it is, the letter then names no role.
    path
        The page of this site that the letter leads to.
    about
        Tells letters of the same kind about the same row from each other: how often a slot had been moved.
    quoted
        Somebody's own words, or ready ones; they come last.

    Notes
    -----
    The young are spoken to by a coordinator: their letters go to the call list whatever they chose.
    """
    everybody = list(users)
    slot = row if isinstance(row, Slot) else getattr(row, "slot", None)
    added = Added() if slot is None else Added(lambda: names(slot), _WHAT, {"slot": slot.pk})
    young = _young(everybody, timezone.localdate(now))
    letters.write(kind, everybody, row, now, path=path, about=about, quoted=quoted, added=added, on_the_phone=young)


def _young(users: list[User], today: dt.date) -> set[int]:
    people = Volunteer.objects.filter(user__in=users)
    return {person.user_id for person in people if person.age(today) < COORDINATOR_UNDER}


def names(slot: Slot) -> dict[str, str]:
    """Return role, time and place of *slot* in the active language."""
    role = slot.role
    place = role.venue.name if role.venue is not None else str(_("家から参加"))
    return {"role": role.label, "when": wording.when(slot), "place": place}


def _is_placed(notification: Notification, now: dt.datetime) -> bool:
    placed = Placement.objects.active().filter(pk=notification.about["placement"], slot__ends_at__gt=now)
    return placed.exists() and not _is_moved(notification)


def _is_received(notification: Notification, now: dt.datetime) -> bool:
    return is_asked(notification, now) and not _is_moved(notification)


def _is_moved(notification: Notification) -> bool:
    """Whether the time it tells is another one by now; of that a letter of its own tells."""
    return Slot.objects.filter(pk=notification.about["slot"], moved_at__gt=notification.created_at).exists()


def is_asked(notification: Notification, now: dt.datetime) -> bool:
    waiting = Application.objects.filter(pk=notification.about["application"], status=ApplicationStatus.ASKED)
    return waiting.filter(slot__ends_at__gt=now, slot__cancelled_at=None).exists()


def is_ahead(notification: Notification, now: dt.datetime) -> bool:
    """Say whether what the letter is about is not over yet."""
    return Slot.objects.filter(pk=notification.about["slot"], ends_at__gt=now).exists()


PLACED = Kind(
    "placement_confirmed",
    _("参加が決まりました:%(role)s"),
    _("参加が決まりました。ご都合が変わったら、早めに「予定」の画面でとりやめてください。"),
    _is_placed,
)
ASKED = Kind(
    "application_received",
    _("申し込みを受け取りました:%(role)s"),
    _("申し込みを受け取りました。参加が決まったら、もう一度お知らせします。"),
    _is_received,
)
DECLINED = Kind(
    "application_declined",
    _("今回は参加をお受けできませんでした:%(role)s"),
    _("申しわけありません。今回は参加をお受けできませんでした。ほかの募集もご覧ください。"),
)
WAITS = Kind(
    "application_waiting",
    _("申し込みがあります:%(role)s"),
    _("新しい申し込みがあります。お返事をお願いします。"),
    is_asked,
)
TO_CHECK = Kind(
    "application_to_check",
    _("確認をお待ちの申し込みがあります:%(role)s"),
    _("16歳未満の方の申し込みがあります。確かめてから団体に伝えてください。"),
    is_asked,
)
SOMEBODY_LEFT = Kind(
    "placement_cancelled",
    _("参加のとりやめがありました:%(role)s"),
    _("参加が決まっていた方が、ご都合によりとりやめました。この枠は、また申し込みを受け付けます。"),
)
SLOT_CANCELLED = Kind(
    "slot_cancelled",
    _("中止のお知らせ:%(role)s"),
    _("申しわけありません。この日の活動は中止になりました。当日のお出かけやご準備は、いりません。"),
    is_ahead,
    Delivery.AT_LEAST_ONCE,
    is_urgent=True,
)

STILL_RIGHT = still_right(PLACED, ASKED, WAITS, TO_CHECK, SLOT_CANCELLED)
