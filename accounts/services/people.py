"""Letting somebody in."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.user import Language
from accounts.services import audit
from accounts.services.errors import DomainError

LONGEST_NAME = 60
LONGEST_EMAIL = 254


class HasLeft(DomainError):
    code = "has_left"
    message = _("退会の手続きがすんだため、できませんでした。")


class EmailTaken(DomainError):
    code = "email_taken"
    message = _("このメールアドレスは、もう登録されています。")


class EmailNotUsable(DomainError):
    code = "email_not_usable"
    message = _("メールアドレスの形を確かめてください。半角の英字と数字で入れてください。")


class NameTooLong(DomainError):
    code = "name_too_long"
    message = _("呼び名は60文字までにしてください。")


class LanguageUnknown(DomainError):
    code = "language_unknown"
    message = _("ことばは、日本語か英語からえらんでください。")


@transaction.atomic
def register(
    *, email: str | None, name: str, language: str = "ja", now: dt.datetime, actor: User | None = None
) -> User:
    """Make an account. Without an e-mail address: somebody registered at a desk, who never signs in."""
    user = made(email=email, name=name, language=language, now=now)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as refused:
        raise EmailTaken from refused
    audit.record(actor=actor or user, action="user.registered", target=user, now=now)
    return user


def made(*, email: str | None, name: str, language: str = "ja", now: dt.datetime) -> User:
    """Return an account that is checked and not yet written.

    Raises
    ------
    EmailNotUsable, NameTooLong, LanguageUnknown
    """
    user = User(email=_address(email), name=_called(name), language=_language(language), joined_at=now)
    user.set_unusable_password()
    return user


def hold(user: User) -> None:
    """Hold the account until the transaction ends, at its very end: what was written of somebody goes with them.

    Raises
    ------
    HasLeft
        They closed it since *user* was read.
    """
    still_here = User.objects.select_for_update(no_key=True).filter(pk=user.pk, closed_at=None)
    if still_here.first() is None:
        raise HasLeft


@transaction.atomic
def change(*, user: User, name: str, language: str, now: dt.datetime, actor: User | None = None) -> User:
    """Set what somebody is called and the language of their messages."""
    called, language = _called(name), _language(language)
    if (called, language) != (user.name, user.language):
        user.name, user.language = called, language
        user.save(update_fields=["name", "language"])
        audit.record(actor=actor or user, action="user.changed", target=user, now=now)
    return user


def _called(name: str) -> str:
    called = name.strip()
    if len(called) > LONGEST_NAME:
        raise NameTooLong
    return called


def _language(code: str) -> str:
    if code not in Language.values:
        raise LanguageUnknown
    return code


def _address(email: str | None) -> str | None:
    address = (email or "").strip().lower()
    if not address:
        return None
    # Beyond ASCII, PostgreSQL and Python disagree about what is lower case.
    if not address.isascii() or len(address) > LONGEST_EMAIL:
        raise EmailNotUsable
    try:
        validate_email(address)
    except ValidationError as refused:
        raise EmailNotUsable from refused
    return address
