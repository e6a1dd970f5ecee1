"""Agreeing, and taking it back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Consent, User
from accounts.models.consent import ConsentKind, GuardianScope
from accounts.services import audit
from accounts.services.errors import DomainError


class TextMissing(DomainError):
    code = "consent_text_missing"
    message = _("同意の文面がありません。お手数ですが、もう一度画面を開いてください。")


class GuardianNotNamed(DomainError):
    code = "guardian_not_named"
    message = _("保護者の方のお名前を入れてください。")


class ScopeMissing(DomainError):
    code = "guardian_scope_missing"
    message = _("保護者の方が認めることをえらんでください。「活動に参加する」がなければ、参加できません。")


class AlreadyOver(DomainError):
    code = "consent_already_over"
    message = _("同意の期限が過ぎています。これからの日付をえらんでください。")


@transaction.atomic
def give(
    *,
    user: User,
    kind: str,
    text: str,
    now: dt.datetime,
    actor: User | None = None,
    expires_on: dt.date | None = None,
    guardian_name: str = "",
    scope: Collection[str] = (),
) -> Consent:
    """Write down that *user* agreed to *text*; an earlier consent of this kind ends.

    *actor* is who wrote it down, where that was somebody else, such as a coordinator with a paper form.
    *scope* holds what a guardian allows (``GuardianScope``); other kinds have none.

    Raises
    ------
    TextMissing, GuardianNotNamed, ScopeMissing, AlreadyOver
    """
    _check(text, now, expires_on)
    if kind == ConsentKind.GUARDIAN:
        _check_guardian(guardian_name, scope)
    _one_at_a_time(user)
    _end(user, kind, now)
    consent = Consent.objects.create(
        user=user,
        kind=kind,
        text=text,
        given_at=now,
        recorded_by=actor,
        expires_on=expires_on,
        guardian_name=guardian_name.strip(),
        scope=[one for one in GuardianScope.values if one in scope],
    )
    audit.record(actor=actor or user, action="consent.given", target=consent, now=now, kind=kind, user=user.pk)
    return consent


@transaction.atomic
def withdraw(*, user: User, kind: str, now: dt.datetime, actor: User | None = None) -> None:
    """Take a consent back; where there is none, nothing happens."""
    _one_at_a_time(user)
    for consent in _end(user, kind, now):
        audit.record(actor=actor or user, action="consent.withdrawn", target=consent, now=now, kind=kind, user=user.pk)


def holds(*, user: User, kind: str, on: dt.date) -> bool:
    """Whether *user* has agreed, not taken it back, and it has not run out on the date *on*."""
    return user.consents.in_force(kind, on).exists()


def _check(text: str, now: dt.datetime, expires_on: dt.date | None) -> None:
    if not text.strip():
        raise TextMissing
    if expires_on is not None and expires_on < timezone.localdate(now):
        raise AlreadyOver


def _check_guardian(name: str, scope: Collection[str]) -> None:
    if not name.strip():
        raise GuardianNotNamed
    if GuardianScope.TAKE_PART not in scope:
        raise ScopeMissing


def _one_at_a_time(user: User) -> None:
    """Two tabs that agree at once wait for each other instead of meeting at the unique constraint."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)


def _end(user: User, kind: str, now: dt.datetime) -> list[Consent]:
    in_force = Consent.objects.filter(user=user, kind=kind, withdrawn_at=None)
    ended = list(in_force)
    # Never before it was given, whatever the clocks of two machines say.
    in_force.update(withdrawn_at=Greatest(F("given_at"), Value(now)))
    return ended
