"""What this room knows of one person: as a copy for them, and gone when they leave."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import ForeignKey, QuerySet

from accounts.models import AuditEntry, Consent, IdempotencyKey, User
from accounts.services import tokens

# Foreign keys to a person that a copy of their data leaves out, and why.
LEFT_OUT: Mapping[str, str] = {
    "accounts.Consent.recorded_by": "the consent of somebody else, which they only wrote down",
    "accounts.IdempotencyKey.user": "marks of forms that were sent, kept for two days",
    "accounts.User_groups.user": "what staff may do in the repair desk, which says nothing about them",
    "accounts.User_user_permissions.user": "what staff may do in the repair desk, which says nothing about them",
}
EXPORTED: Collection[str] = (
    "accounts.AuditEntry.actor",
    "accounts.Consent.user",
    "account.EmailAddress.user",
    "admin.LogEntry.user",
    "knox.AuthToken.user",
    "mfa.Authenticator.user",
)


def plain(rows: QuerySet[Any], *, without: Collection[str] = ()) -> list[dict[str, Any]]:
    """Return rows as names and values.

    Notes
    -----
    A key to a row of vocabulary, a place or a role is given by the name of that row. A key to a person is left out: it
    is either the one who asks or somebody whom it is not for this copy to name. So are the fields in *without*.
    """
    fields = [
        field for field in rows.model._meta.concrete_fields if not _is_person(field) and field.name not in without
    ]
    named = [field.name for field in fields if isinstance(field, ForeignKey)]
    return [{field.name: _value(row, field) for field in fields} for row in rows.select_related(*named).order_by("pk")]


def of(user: User) -> dict[str, Any]:
    """A copy of what this room knows; never a secret, which would let whoever reads the copy in."""
    return {
        "account": plain(User.objects.filter(pk=user.pk), without=("password",)),
        "email_addresses": plain(EmailAddress.objects.filter(user=user)),
        "passkeys": plain(Authenticator.objects.filter(user=user), without=("data",)),
        "tokens": plain(tokens.of(user), without=("digest",)),
        "consents": plain(Consent.objects.filter(user=user)),
        "done": plain(AuditEntry.objects.filter(actor=user)),
        "done_in_the_repair_desk": plain(LogEntry.objects.filter(user=user), without=("object_repr", "change_message")),
    }


def erase(user: User, now: dt.datetime) -> None:
    """Leave of an account its number, to which the audit trail and the consents that ended belong."""
    unname(User.objects.filter(pk=user.pk))
    for rows in (
        tokens.of(user),
        EmailAddress.objects.filter(user=user),
        Authenticator.objects.filter(user=user),
        IdempotencyKey.objects.filter(user=user),
    ):
        rows.delete()
    user.groups.clear()
    user.user_permissions.clear()
    user.email, user.name, user.last_login, user.is_active, user.closed_at = None, "", None, False, now
    user.set_unusable_password()
    user.save(update_fields=["email", "name", "last_login", "is_active", "closed_at", "password"])


def unname(rows: QuerySet[Any]) -> None:
    """Take what *rows* were called out of the log of the repair desk."""
    named = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(rows.model))
    keys = [str(key) for key in rows.values_list("pk", flat=True)]
    named.filter(object_id__in=keys).update(object_repr="", change_message="")


def _is_person(field: Any) -> bool:
    return isinstance(field, ForeignKey) and field.related_model is User


def _value(row: Any, field: Any) -> Any:
    value = getattr(row, field.name)
    return str(value) if isinstance(field, ForeignKey) and value is not None else value
