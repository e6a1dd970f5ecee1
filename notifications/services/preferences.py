"""What a person wants to hear, and by which way it goes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import audit
from accounts.services.errors import DomainError
from notifications.models import Channel, ContactPoint, Preference
from notifications.services import contact_points

FIELDS = frozenset({"channel", "digest", "asks_per_month"})
ASKS_PER_MONTH_AT_MOST = 60


class NotAChoice(DomainError):
    code = "preference_not_a_choice"
    message = _("受け取り方を、もう一度えらんでください。")


class NoEmailAddress(DomainError):
    code = "no_email_address"
    message = _("メールで受け取るには、先にメールアドレスを登録してください。")


class NoPhoneNumber(DomainError):
    code = "no_phone_number"
    message = _("電話で受け取るには、電話番号を書いてください。")


def of(user: User) -> Preference:
    """What *user* chose, or the defaults, which are not written down until something is changed."""
    return Preference.objects.filter(user=user).first() or Preference(user=user)


@transaction.atomic
def change(*, user: User, now: dt.datetime, actor: User | None = None, **fields: Any) -> Preference:
    """Set any of ``channel``, ``digest`` and ``asks_per_month``.

    Raises
    ------
    NotAChoice, NoEmailAddress, NoPhoneNumber
    """
    if unknown := fields.keys() - FIELDS:
        raise TypeError(f"a preference has no {sorted(unknown)}")
    Preference.objects.get_or_create(user=user)
    preference = Preference.objects.select_for_update().get(user=user)
    changed = {
        name: [getattr(preference, name), value] for name, value in fields.items() if getattr(preference, name) != value
    }
    for name, (_before, after) in changed.items():
        setattr(preference, name, after)
    _check(preference, changed)
    if fields.get("channel") == Channel.CALL_LIST and not contact_points.phone_of(user):
        raise NoPhoneNumber
    if changed:
        preference.save(update_fields=list(changed))
        audit.record(actor=actor or user, action="preference.changed", target=preference, now=now, changed=changed)
    return preference


def channels_for(users: Sequence[User]) -> dict[int, Channel]:
    """By which way each person is reached: what they chose; e-mail only with an address, else the call list."""
    chosen = dict(Preference.objects.filter(user__in=[user.pk for user in users]).values_list("user_id", "channel"))
    with_email = ContactPoint.objects.emails(users)
    default = Preference().channel
    return {user.pk: _possible(chosen.get(user.pk, default), user.pk in with_email) for user in users}


def _possible(chosen: str, has_email: bool) -> Channel:
    channel = Channel(chosen)
    return Channel.CALL_LIST if channel == Channel.EMAIL and not has_email else channel


def _check(preference: Preference, changed: dict[str, Any]) -> None:
    try:
        preference.clean_fields(exclude=["user"])
    except ValidationError as refused:
        raise NotAChoice from refused
    if preference.asks_per_month > ASKS_PER_MONTH_AT_MOST:
        raise NotAChoice
    if "channel" in changed and preference.channel == Channel.EMAIL and not _has_email(preference.user):
        raise NoEmailAddress


def _has_email(user: User) -> bool:
    return user.pk in ContactPoint.objects.emails([user])
