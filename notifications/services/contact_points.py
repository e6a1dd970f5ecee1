"""Where a person can be telephoned."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import audit
from accounts.services.errors import DomainError
from notifications.models import Channel, ContactPoint

_DASHES = re.compile(r"[‐‑‒–—―−ーｰ]")
_NUMBER = re.compile(r"\+?[0-9]+(-[0-9]+)*")
FEWEST_DIGITS, MOST_DIGITS = 9, 15


class BadPhone(DomainError):
    code = "bad_phone"
    message = _("電話番号を確かめてください。数字と「-」で、市外局番から入れてください(例: 045-123-4567)。")


@transaction.atomic
def set_phone(*, user: User, number: str, now: dt.datetime, actor: User | None = None) -> ContactPoint:
    """Keep the one number by which the call list reaches *user*; an earlier one goes.

    Raises
    ------
    BadPhone
    """
    address = written(number)
    points = ContactPoint.objects.filter(user=user, channel=Channel.CALL_LIST)
    points.exclude(address=address).delete()
    point, _is_new = points.get_or_create(user=user, channel=Channel.CALL_LIST, address=address)
    audit.record(actor=actor or user, action="contact.phone_set", target=point, now=now, user=user.pk)
    return point


@transaction.atomic
def remove_phone(*, user: User, now: dt.datetime, actor: User | None = None) -> None:
    """Forget the number of *user*; where there is none, nothing happens."""
    gone, _by_model = ContactPoint.objects.filter(user=user, channel=Channel.CALL_LIST).delete()
    if gone:
        audit.record(actor=actor or user, action="contact.phone_removed", target=user, now=now)


def phone_of(user: User) -> str:
    """Return the number by which *user* is telephoned; empty where there is none."""
    return ContactPoint.objects.addresses([user], Channel.CALL_LIST).get(user.pk, "")


def written(number: str) -> str:
    """Return a number in plain digits and dashes, however it was typed.

    Raises
    ------
    BadPhone
    """
    plain = _DASHES.sub("-", unicodedata.normalize("NFKC", number))
    plain = re.sub(r"[\s()]+", "-", plain.strip()).strip("-")
    plain = re.sub(r"-+", "-", plain)
    if not _NUMBER.fullmatch(plain) or not FEWEST_DIGITS <= len(digits(plain)) <= MOST_DIGITS:
        raise BadPhone
    return plain


def digits(number: str) -> str:
    """Return the digits alone, for comparing numbers typed in different ways."""
    return re.sub(r"[^0-9]", "", unicodedata.normalize("NFKC", number))
