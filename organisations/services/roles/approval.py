"""A draft is handed in; it is opened to everybody, or sent back with a reason."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services.errors import DomainError
from organisations.models import Review, Role, Slot
from organisations.models.role import RoleStatus
from organisations.services import words
from organisations.services.hosts import letters
from organisations.services.needs import ends
from organisations.services.roles.complete import Incomplete, missing
from organisations.services.roles.held import lock, move

LOOKS_WITH_CHILDREN = 2


class NoSlots(DomainError):
    code = "no_slots"
    message = _("これからの枠がありません。日時の枠を足してから公開してください。")


class NotApproved(DomainError):
    code = "organisation_not_approved"
    message = _("団体の確認がまだ終わっていません。承認されてから公開できます。")


class NeedsSecondLook(DomainError):
    code = "needs_second_look"
    message = _("子どもとかかわる募集です。コーディネーターがもうひとり確かめると、公開されます。")


@transaction.atomic
def submit(*, role: Role, now: dt.datetime, actor: User | None) -> Role:
    """Hand a draft in, so that a coordinator looks at it.

    Raises
    ------
    WrongStatus, Incomplete
    """
    locked = lock(role, RoleStatus.DRAFT)
    if lacks := missing(role=locked, now=now):
        raise Incomplete(lacks)
    locked.submitted_at = now
    return move(locked, RoleStatus.WAITING, "role.submit", now, actor)


@transaction.atomic
def withdraw(*, role: Role, now: dt.datetime, actor: User | None) -> Role:
    """Take back what was handed in, to write on it.

    Raises
    ------
    WrongStatus
    """
    return move(lock(role, RoleStatus.WAITING), RoleStatus.DRAFT, "role.withdraw", now, actor)


@transaction.atomic
def send_back(*, role: Role, now: dt.datetime, actor: User | None, reason: str = "") -> Role:
    """Make a handed-in role a draft again, and tell its organisation why.

    Raises
    ------
    WrongStatus, TextTooLong, UnreadableText
    """
    locked = lock(role, RoleStatus.WAITING)
    reason = words.readable(reason, at_most=500, field=_("理由"))
    letters.tell_members(
        organisation=locked.organisation,
        kind="role_sent_back",
        title=_("募集「%(role)s」について"),
        body=_("募集「%(role)s」に、書き直していただきたいところがあります。直したら、もう一度お送りください。"),
        names={"role": locked.title},
        about={"role": locked.pk},
        now=now,
        reason=reason,
        path=f"/organisation/roles/{locked.pk}/",
    )
    return move(locked, RoleStatus.DRAFT, "role.send_back", now, actor, reason=reason)


@transaction.atomic
def publish(*, role: Role, now: dt.datetime, actor: User | None) -> Role:
    """Open a handed-in role to everybody; the needs it was made for are taken up.

    Insurance may still be 「確認中」: the page says so.

    Raises
    ------
    WrongStatus, NotApproved, NoSlots
    NeedsSecondLook where it is with children and fewer than two people have found good what it says now
    """
    locked = lock(role, RoleStatus.WAITING)
    if not locked.organisation.is_approved:
        raise NotApproved
    if locked.is_with_children and _lookers(locked) < LOOKS_WITH_CHILDREN:
        raise NeedsSecondLook
    _check_slots(locked, now)
    locked.published_at = now
    ends.take_up(role=locked, now=now, actor=actor)
    return move(locked, RoleStatus.OPEN, "role.publish", now, actor)


def _lookers(role: Role) -> int:
    """Different people: whoever has left since is nobody in particular, and does not count."""
    looks = Review.objects.of_what_it_says_now().filter(role=role, by__isnull=False)
    return looks.values("by").distinct().count()


def _check_slots(role: Role, now: dt.datetime) -> None:
    if not Slot.objects.free(now).filter(role=role).exists():
        raise NoSlots
