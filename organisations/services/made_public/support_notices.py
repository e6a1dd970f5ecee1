"""Notices of subsidies and other support: kept by coordinators, gone by themselves, and told in time."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import audit
from notifications.models import Notification
from notifications.services import letters
from notifications.services.letters import Kind
from organisations.models import NoticeFollow, Organisation, SupportDesk, SupportNotice
from organisations.services import words

TEXTS = frozenset({"title", "who", "what", "deadline", "link", "source"})
# Time to write an application: three weeks before the deadline, or at once where less is left.
REMIND_BEFORE = dt.timedelta(days=21)


def _is_current(notification: Notification, now: dt.datetime) -> bool:
    followed = NoticeFollow.objects.filter(pk=notification.about["noticefollow"])
    return followed.filter(notice__in=SupportNotice.objects.current(timezone.localdate(now))).exists()


def _named(follow: NoticeFollow) -> dict[str, str]:
    notice = follow.notice
    until = "" if notice.deadline is None else date_format(notice.deadline, gettext("Y年n月j日"))
    return {"notice": notice.title, "deadline": until}


SOON = Kind(
    "support_notice_soon",
    _("しめきりが近づいています:%(notice)s"),
    _(
        "「%(notice)s」のしめきりは%(deadline)sです。使えるかどうかは、出しているところに確かめてください。"
        "申し込みは、この画面ではできません。"
    ),
    _is_current,
    words=_named,
)
STILL_RIGHT = letters.still_right(SOON)


@transaction.atomic
def write(*, desk: SupportDesk, now: dt.datetime, actor: User, **fields: Any) -> SupportNotice:
    """Keep a notice, with the day on which it was entered.

    Raises
    ------
    What ``words.checked`` raises
    """
    values = _checked(fields)
    today = timezone.localdate(now)
    notice = SupportNotice.objects.create(desk=desk, entered_on=today, written_by=actor, **values)
    audit.record(actor=actor, action="support_notice.write", target=notice, now=now)
    return notice


@transaction.atomic
def change(*, notice: SupportNotice, now: dt.datetime, actor: User, **fields: Any) -> SupportNotice:
    """Write a notice anew, as of today; where its deadline moved, those who follow it are reminded anew.

    Raises
    ------
    What ``words.checked`` raises
    """
    locked = SupportNotice.objects.select_for_update(no_key=True).get(pk=notice.pk)
    before = locked.deadline
    for name, value in _checked(fields).items():
        setattr(locked, name, value)
    locked.entered_on = timezone.localdate(now)
    locked.save()
    if locked.deadline != before:
        locked.follows.update(reminded_at=None)
    audit.record(actor=actor, action="support_notice.change", target=locked, now=now, fields=sorted(fields))
    return locked


@transaction.atomic
def remove(*, notice: SupportNotice, now: dt.datetime, actor: User) -> None:
    audit.record(actor=actor, action="support_notice.remove", target=notice, now=now)
    notice.delete()


@transaction.atomic
def follow(*, notice: SupportNotice, organisation: Organisation, now: dt.datetime, actor: User) -> NoticeFollow:
    """Let an organisation be reminded before the deadline; a second time changes nothing."""
    made, is_new = NoticeFollow.objects.get_or_create(notice=notice, organisation=organisation, defaults={"since": now})
    if is_new:
        audit.record(actor=actor, action="support_notice.follow", target=notice, now=now, organisation=organisation.pk)
    return made


@transaction.atomic
def unfollow(*, notice: SupportNotice, organisation: Organisation, now: dt.datetime, actor: User) -> None:
    gone, _by_model = NoticeFollow.objects.filter(notice=notice, organisation=organisation).delete()
    if gone:
        audit.record(
            actor=actor, action="support_notice.unfollow", target=notice, now=now, organisation=organisation.pk
        )


def remind(*, now: dt.datetime) -> int:
    """Write to the groups that follow a notice whose deadline comes near, once each; says to how many."""
    today = timezone.localdate(now)
    near = NoticeFollow.objects.filter(
        reminded_at=None, notice__deadline__gte=today, notice__deadline__lte=today + REMIND_BEFORE
    )
    return sum(_remind(pk, now) for pk in near.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _remind(pk: int, now: dt.datetime) -> bool:
    free = NoticeFollow.objects.select_for_update(no_key=True, skip_locked=True, of=("self",))
    row = free.select_related("notice").filter(pk=pk, reminded_at=None).first()
    if row is None:
        return False
    row.reminded_at = now
    row.save(update_fields=["reminded_at"])
    members = User.objects.filter(memberships__organisation=row.organisation_id, is_active=True).order_by("pk")
    letters.write(SOON, members, row, now, path="/support/", about=f"{row.notice.deadline}")
    return True


def _checked(fields: dict[str, Any]) -> dict[str, Any]:
    unknown = fields.keys() - TEXTS
    if unknown:
        raise TypeError(f"a notice's {', '.join(sorted(unknown))} cannot be set here")
    return words.checked(SupportNotice, fields)
