"""What people hear about taking part, each in their own language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.models import User
from notifications.message import Message
from notifications.models import Channel, Delivery, Notification
from notifications.services import outbox
from organisations.models import Slot
from organisations.services import desks, slots
from volunteers.models import Application, Placement
from volunteers.models.application import ApplicationStatus
from volunteers.services.conditions import COORDINATOR_UNDER

PLACED = "placement_confirmed"
ASKED = "application_received"
DECLINED = "application_declined"
WAITS = "application_waiting"
TO_CHECK = "application_to_check"
SOMEBODY_LEFT = "placement_cancelled"
SLOT_CANCELLED = "slot_cancelled"

_WHAT = _("「%(role)s」\n%(when)s\n%(place)s")
_TITLES: Mapping[str, Promise] = {
    PLACED: _("参加が決まりました:%(role)s"),
    ASKED: _("申し込みを受け取りました:%(role)s"),
    DECLINED: _("今回は参加をお受けできませんでした:%(role)s"),
    WAITS: _("申し込みがあります:%(role)s"),
    TO_CHECK: _("確認をお待ちの申し込みがあります:%(role)s"),
    SOMEBODY_LEFT: _("参加のとりやめがありました:%(role)s"),
    SLOT_CANCELLED: _("中止のお知らせ:%(role)s"),
}
_BODIES: Mapping[str, Promise] = {
    PLACED: _("参加が決まりました。ご都合が変わったら、早めに「予定」の画面でとりやめてください。"),
    ASKED: _("申し込みを受け取りました。参加が決まったら、もう一度お知らせします。"),
    DECLINED: _("申しわけありません。今回は参加をお受けできませんでした。ほかの募集もご覧ください。"),
    WAITS: _("新しい申し込みがあります。お返事をお願いします。"),
    TO_CHECK: _("16歳未満の方の申し込みがあります。確かめてから団体に伝えてください。"),
    SOMEBODY_LEFT: _("参加が決まっていた方が、ご都合によりとりやめました。この枠は、また申し込みを受け付けます。"),
    SLOT_CANCELLED: _("申しわけありません。この日の活動は中止になりました。当日のお出かけやご準備は、いりません。"),
}


def to_volunteer(kind: str, row: Placement | Application, now: dt.datetime) -> None:
    """Write to the person who takes part; the young are spoken to by a coordinator."""
    delivery = Delivery.AT_LEAST_ONCE if kind == SLOT_CANCELLED else Delivery.AT_MOST_ONCE
    is_young = row.volunteer.age(timezone.localdate(now)) < COORDINATOR_UNDER
    channel = Channel.CALL_LIST if is_young else None
    _write(kind, [row.volunteer.user], row, now, path="/my/places/", delivery=delivery, channel=channel)


def to_organisation(kind: str, row: Placement | Application, now: dt.datetime) -> None:
    """Write to everybody who acts for the organisation; who it is about stays on the page."""
    members = User.objects.filter(memberships__organisation__roles__slots=row.slot_id, is_active=True).distinct()
    _write(kind, members, row, now, path=f"/roles/{row.slot.role_id}/")


def to_coordinators(kind: str, row: Placement | Application, now: dt.datetime) -> None:
    """Write to the coordinators of the area that the person lives in; where there are none, to the staff."""
    staff = User.objects.filter(is_staff=True, is_active=True)
    people = desks.coordinators_of(row.volunteer.town) or staff
    _write(kind, people, row, now, path=f"/roles/{row.slot.role_id}/")


def _write(
    kind: str,
    users: Iterable[User],
    row: Placement | Application,
    now: dt.datetime,
    *,
    path: str,
    delivery: Delivery = Delivery.AT_MOST_ONCE,
    channel: Channel | None = None,
) -> None:
    noun = "placement" if isinstance(row, Placement) else "application"
    letters = []
    for user in users:
        with override(user.language):
            names = _names(row.slot)
            body = f"{_BODIES[kind]}\n\n{_WHAT % names}"
            message = Message(
                kind, str(_TITLES[kind] % names), body, f"{settings.SITE_URL}{path}", is_urgent=kind == SLOT_CANCELLED
            )
        key = f"{kind}:{noun}:{row.pk}:{user.pk}"
        letters.append(outbox.Letter(user, message, key, delivery, {noun: row.pk, "slot": row.slot_id}, channel))
    outbox.notify_many(letters=letters, now=now)


def _names(slot: Slot) -> dict[str, str]:
    role = slot.role
    place = role.venue.name if role.venue is not None else str(_("家から参加"))
    return {"role": role.label, "when": slots.when(slot), "place": place}


def _is_placed(notification: Notification, now: dt.datetime) -> bool:
    return Placement.objects.active().filter(pk=notification.about["placement"], slot__ends_at__gt=now).exists()


def _is_asked(notification: Notification, now: dt.datetime) -> bool:
    waiting = Application.objects.filter(pk=notification.about["application"], status=ApplicationStatus.ASKED)
    return waiting.filter(slot__ends_at__gt=now, slot__cancelled_at=None).exists()


def _is_ahead(notification: Notification, now: dt.datetime) -> bool:
    return Slot.objects.filter(pk=notification.about["slot"], ends_at__gt=now).exists()


# Looked at again just before sending: what is no longer so is not said.
STILL_RIGHT: Mapping[str, Callable[[Notification, dt.datetime], bool]] = {
    PLACED: _is_placed,
    ASKED: _is_asked,
    WAITS: _is_asked,
    TO_CHECK: _is_asked,
    SLOT_CANCELLED: _is_ahead,
}
