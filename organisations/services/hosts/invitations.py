"""Somebody is asked to act for an organisation, and says yes or no, signed in."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.models import User
from accounts.services import audit, people
from accounts.services.errors import DomainError
from notifications.message import Message
from notifications.models import Channel, Notification
from notifications.services import outbox
from organisations.models import Invitation, Organisation
from organisations.services.hosts import organisations

LASTS = dt.timedelta(days=14)
MOST_OPEN = 20
KIND = "organisation_invitation"


class NotApprovedYet(DomainError):
    code = "not_approved_yet"
    message = _("団体の確認が終わってから、ほかの方を招待できます。")


class AlreadyMember(DomainError):
    code = "already_member"
    message = _("この方は、もう担当者です。")


class AlreadyInvited(DomainError):
    code = "already_invited"
    message = _("この方は、もう招待してあります。返事をお待ちください。")


class TooManyInvitations(DomainError):
    code = "too_many_invitations"
    message = _("返事を待っている招待が20件あります。返事がないものを取り消してから、招待してください。")


class InvitationOver(DomainError):
    code = "invitation_over"
    message = _("この招待は、もう終わっています。必要なときは、団体の方にもう一度招待してもらってください。")


@transaction.atomic
def invite(*, organisation: Organisation, email: str, now: dt.datetime, actor: User) -> Invitation:
    """Ask whoever has the address *email* to act for *organisation*; a letter goes there.

    Whether the address is known to us already makes no difference that the inviting person could see.

    Raises
    ------
    NotApprovedYet, AlreadyMember, AlreadyInvited, TooManyInvitations, and EmailNotUsable
    """
    # Whoever invites for the same organisation at the same time waits here, and the limit holds.
    locked = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    if not locked.is_approved:
        raise NotApprovedYet
    user = _user(email, now, actor)
    if locked.memberships.filter(user=user).exists():
        raise AlreadyMember
    if waiting(organisation=locked, now=now).filter(user=user).exists():
        raise AlreadyInvited
    if waiting(organisation=locked, now=now).count() >= MOST_OPEN:
        raise TooManyInvitations
    locked.invitations.filter(user=user, answered_at=None).update(answered_at=now, is_accepted=False)
    invitation = Invitation.objects.create(
        organisation=locked, user=user, invited_by=actor, created_at=now, expires_at=now + LASTS
    )
    audit.record(actor=actor, action="invitation.send", target=invitation, now=now)
    _write(invitation, now)
    return invitation


@transaction.atomic
def answer(*, invitation: Invitation, is_accepted: bool, now: dt.datetime, actor: User) -> Invitation:
    """Say yes, and act for the organisation from now on, or no.

    Raises
    ------
    InvitationOver
    """
    locked = _close(invitation, now, is_accepted=is_accepted)
    audit.record(actor=actor, action="invitation.answer", target=locked, now=now, is_accepted=is_accepted)
    if is_accepted:
        organisations.add_member(organisation=locked.organisation, user=locked.user, now=now, actor=actor)
    return locked


@transaction.atomic
def withdraw(*, invitation: Invitation, now: dt.datetime, actor: User) -> Invitation:
    """Take an invitation back that nobody has answered.

    Raises
    ------
    InvitationOver
    """
    locked = _close(invitation, now, is_accepted=False)
    audit.record(actor=actor, action="invitation.withdraw", target=locked, now=now)
    return locked


def waiting(*, organisation: Organisation, now: dt.datetime) -> QuerySet[Invitation]:
    """Return the invitations of *organisation* that can still be answered, the latest first."""
    return _open(now).filter(organisation=organisation).select_related("user").order_by("-created_at", "-pk")


def to(*, user: User, now: dt.datetime) -> QuerySet[Invitation]:
    """Return the invitations that *user* can still answer, the latest first."""
    return _open(now).filter(user=user).select_related("organisation").order_by("-created_at", "-pk")


def is_open(invitation: Invitation, now: dt.datetime) -> bool:
    return invitation.answered_at is None and invitation.expires_at > now


def _open(now: dt.datetime) -> QuerySet[Invitation]:
    return Invitation.objects.filter(answered_at=None, expires_at__gt=now)


def _user(email: str, now: dt.datetime, actor: User) -> User:
    address = email.strip().lower()
    if not address:
        raise people.EmailNotUsable
    known = User.objects.filter(email=address).first()
    return known or people.register(email=address, name="", now=now, actor=actor)


def _close(invitation: Invitation, now: dt.datetime, *, is_accepted: bool) -> Invitation:
    rows = Invitation.objects.select_for_update(no_key=True, of=("self",))
    locked = rows.select_related("organisation", "user").get(pk=invitation.pk)
    if not is_open(locked, now):
        raise InvitationOver
    locked.answered_at, locked.is_accepted = now, is_accepted
    locked.save(update_fields=["answered_at", "is_accepted"])
    return locked


def _write(invitation: Invitation, now: dt.datetime) -> None:
    names = {"organisation": invitation.organisation.name}
    with override(invitation.user.language):
        title = _("「%(organisation)s」の担当者への招待") % names
        body = _(
            "「%(organisation)s」から、担当者として手伝ってほしいと招待がとどいています。"
            "下のページでこのメールアドレスを使ってサインインし、引き受けるかどうかをえらんでください。"
            "心当たりがなければ、そのままで大丈夫です。14日たつと、招待はなくなります。"
        )
        message = Message(
            KIND, str(title), str(body % names), f"{settings.SITE_URL}/organisation/invitations/{invitation.pk}/"
        )
    about = {"invitation": invitation.pk}
    outbox.notify(
        user=invitation.user,
        message=message,
        dedupe_key=f"{KIND}:{invitation.pk}",
        now=now,
        about=about,
        channel=Channel.EMAIL,
    )


def _still_right(notification: Notification, now: dt.datetime) -> bool:
    return _open(now).filter(pk=notification.about["invitation"]).exists()


STILL_RIGHT = {KIND: _still_right}
