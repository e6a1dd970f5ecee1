"""An organisation registers, is looked at by a coordinator, and gets people who act for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import audit
from accounts.services.errors import DomainError
from notifications.services import contact_points
from organisations.models import Membership, Organisation, Town
from organisations.models.organisation import Approval
from organisations.services import search, words
from organisations.services.hosts import letters

AT_ONCE = 1000
CONTACT = frozenset({"kana", "phone", "email", "website", "is_sample"})
MOST_WAITING = 5


class NameTaken(DomainError):
    code = "name_taken"
    message = _("同じ名前の団体がもう登録されています。名前を確かめて、わからないときは相談窓口にお知らせください。")


class WrongApproval(DomainError):
    code = "wrong_approval"
    message = _("いまの状態では、この団体にこの操作はできません。画面を開きなおして、状態を確かめてください。")


class TooManyWaiting(DomainError):
    code = "too_many_waiting"
    message = _("確認を待っている団体が、もういくつもあります。確認が終わってから、次の団体を登録してください。")


@transaction.atomic
def found(
    *, user: User, name: str, kind: str, town: Town, about: str, now: dt.datetime, **contact: Any
) -> Organisation:
    """Register an organisation that *user* acts for from now on.

    Raises
    ------
    TooManyWaiting, and what ``register`` raises
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if Organisation.objects.of(user).exclude(approval=Approval.APPROVED).count() >= MOST_WAITING:
        raise TooManyWaiting
    organisation = register(name=name, kind=kind, town=town, about=about, now=now, actor=user, **contact)
    add_member(organisation=organisation, user=user, now=now, actor=user)
    return organisation


@transaction.atomic
def register(
    *, name: str, kind: str, town: Town, about: str, now: dt.datetime, actor: User | None, **contact: Any
) -> Organisation:
    """Keep a new organisation, which waits for approval. *contact*: kana, phone, email, website, is_sample.

    Raises
    ------
    NameTaken, BadPhone, and what ``words.checked`` raises
    """
    organisation = _saved(made(name=name, kind=kind, town=town, about=about, now=now, **contact))
    audit.record(actor=actor, action="organisation.register", target=organisation, now=now)
    return organisation


@transaction.atomic
def register_all(*, entries: Iterable[Mapping[str, Any]], now: dt.datetime, actor: User | None) -> list[Organisation]:
    """Keep many new organisations at once, each given as ``register`` takes it.

    Raises
    ------
    What ``register`` raises; where a name is taken, nothing is kept
    """
    new = [made(now=now, **entry) for entry in entries]
    try:
        with transaction.atomic():
            written = Organisation.objects.bulk_create(new, AT_ONCE)
    except IntegrityError as error:
        raise NameTaken from error
    audit.record_all(actor=actor, action="organisation.register", targets=written, now=now)
    return written


def made(*, name: str, kind: str, town: Town, about: str, now: dt.datetime, **contact: Any) -> Organisation:
    """Return an organisation that is checked and not yet written.

    Raises
    ------
    BadPhone, and what ``words.checked`` raises
    """
    unknown = contact.keys() - CONTACT
    if unknown:
        raise TypeError(f"an organisation's {', '.join(sorted(unknown))} cannot be set here")
    values = _checked({"name": name, "kind": kind, "about": about, **contact})
    return Organisation(town=town, created_at=now, **values)


@transaction.atomic
def change(*, organisation: Organisation, now: dt.datetime, actor: User | None, **fields: Any) -> Organisation:
    """Change what an organisation says about itself; its roles are found by its new name.

    Raises
    ------
    NameTaken, BadPhone, and what ``words.checked`` raises
    """
    unknown = fields.keys() - CONTACT - {"name", "kind", "about", "town"}
    if unknown:
        raise TypeError(f"an organisation's {', '.join(sorted(unknown))} cannot be set here")
    locked = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    for name, value in _checked(fields).items():
        setattr(locked, name, value)
    _saved(locked)
    search.index(roles=locked.roles.all())
    audit.record(actor=actor, action="organisation.change", target=locked, now=now, fields=sorted(fields))
    return locked


@transaction.atomic
def approve(*, organisation: Organisation, now: dt.datetime, actor: User | None) -> Organisation:
    """Let an organisation's roles become public, and tell those who act for it.

    Raises
    ------
    WrongApproval
    """
    locked = _move(organisation, Approval.APPROVED, now, actor)
    _tell(
        locked,
        now,
        "organisation_approved",
        _("「%(organisation)s」が承認されました"),
        _("「%(organisation)s」の確認が終わりました。募集を公開できます。"),
    )
    return locked


@transaction.atomic
def send_back(*, organisation: Organisation, now: dt.datetime, actor: User | None, reason: str = "") -> Organisation:
    """Ask for the entry to be written again, and say why.

    Raises
    ------
    WrongApproval, TextTooLong, UnreadableText
    """
    reason = words.readable(reason, at_most=500, field=_("理由"))
    locked = _move(organisation, Approval.SENT_BACK, now, actor, reason=reason)
    body = _("「%(organisation)s」の登録に、書き直していただきたいところがあります。直したら、もう一度お送りください。")
    _tell(locked, now, "organisation_sent_back", _("「%(organisation)s」の登録について"), body, reason)
    return locked


@transaction.atomic
def resubmit(*, organisation: Organisation, now: dt.datetime, actor: User | None) -> Organisation:
    """Hand an entry in again that was sent back.

    Raises
    ------
    WrongApproval
    """
    return _move(organisation, Approval.WAITING, now, actor, only_from=Approval.SENT_BACK)


@transaction.atomic
def suspend(*, organisation: Organisation, now: dt.datetime, actor: User | None) -> Organisation:
    """Take everything of an organisation off the public pages until it is approved again.

    Raises
    ------
    WrongApproval
    """
    return _move(organisation, Approval.SUSPENDED, now, actor)


@transaction.atomic
def add_member(*, organisation: Organisation, user: User, now: dt.datetime, actor: User | None) -> Membership:
    """Let *user* act for the organisation; doing so twice changes nothing."""
    membership, is_new = Membership.objects.get_or_create(organisation=organisation, user=user, defaults={"since": now})
    if is_new:
        audit.record(actor=actor, action="organisation.add_member", target=organisation, now=now, user=user.pk)
    return membership


def _saved(organisation: Organisation) -> Organisation:
    try:
        with transaction.atomic():
            organisation.save()
    except IntegrityError as error:
        raise NameTaken from error
    return organisation


def _move(
    organisation: Organisation,
    approval: Approval,
    now: dt.datetime,
    actor: User | None,
    only_from: Approval | None = None,
    **detail: str,
) -> Organisation:
    locked = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    if locked.approval == approval or only_from not in (None, locked.approval):
        raise WrongApproval
    locked.approval = approval
    if approval == Approval.APPROVED:
        locked.approved_by, locked.approved_at = actor, now
    locked.save(update_fields=["approval", "approved_by", "approved_at"])
    audit.record(actor=actor, action=f"organisation.{approval}", target=locked, now=now, **detail)
    return locked


def _checked(fields: dict[str, Any]) -> dict[str, Any]:
    """What anybody rings from the page of a role is a number, written in one way."""
    values = words.checked(Organisation, fields)
    if values.get("phone"):
        values["phone"] = contact_points.written(values["phone"])
    return values


def _tell(
    organisation: Organisation, now: dt.datetime, kind: str, title: Promise, body: Promise, reason: str = ""
) -> None:
    names, about = {"organisation": organisation.name}, {"organisation": organisation.pk}
    letters.tell_members(
        organisation=organisation,
        kind=kind,
        title=title,
        body=body,
        names=names,
        about=about,
        now=now,
        reason=reason,
        path=f"/organisation/{organisation.pk}/",
    )
