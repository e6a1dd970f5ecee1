"""Registering somebody at the desk or by telephone: what they say is written down by a coordinator."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.consent import ConsentKind
from accounts.services import consents, people
from accounts.services.errors import DomainError
from notifications.models import Channel
from notifications.services import contact_points, preferences
from volunteers.models import Volunteer
from volunteers.services.people import availability, profiles

AGREED_ALOUD = frozenset({ConsentKind.TERMS, ConsentKind.CONTACT})


class NoWayToReach(DomainError):
    code = "no_way_to_reach"
    message = _("電話番号かメールアドレスの、どちらかを聞いてください。")


class TermsNotRead(DomainError):
    code = "terms_not_read"
    message = _("「利用のきまり」を読み上げて、ご本人の同意を聞いてください。同意がなければ登録できません。")


@transaction.atomic
def register(
    *,
    name: str,
    phone: str,
    email: str,
    by_phone: bool,
    weekly: list[int],
    answers: Mapping[str, Any],
    texts_read: Mapping[str, str],
    now: dt.datetime,
    actor: User,
) -> Volunteer:
    """Make account, ways to reach the person, profile, week and consents; all or nothing.

    Parameters
    ----------
    phone, email
        One of them at least; "" where there is none. Without an e-mail address the person never signs in.
    by_phone
        Whether suggestions go to the call list although there is an e-mail address.
    weekly
        Seven days, Monday first, of 48 half hours as bits.
    answers
        Fields of ``profiles.create``: ``born_on``, ``town`` and what else was told.
    texts_read
        Kind of consent → the exact words that were read aloud and agreed to. *actor* is kept as who read them.

    Raises
    ------
    NoWayToReach, TermsNotRead, and what ``people.register``, ``contact_points.set_phone``, ``profiles.create`` and
    ``availability.set_weekly`` raise
    """
    if not phone.strip() and not email.strip():
        raise NoWayToReach
    if ConsentKind.TERMS not in texts_read:
        raise TermsNotRead
    if unknown := texts_read.keys() - AGREED_ALOUD:
        raise TypeError(f"{sorted(unknown)} cannot be agreed to by word of mouth")
    user = people.register(email=email, name=name, now=now, actor=actor)
    if phone.strip():
        contact_points.set_phone(user=user, number=phone, now=now, actor=actor)
        if by_phone or not email.strip():
            preferences.change(user=user, channel=Channel.CALL_LIST, now=now, actor=actor)
    volunteer = profiles.create(user=user, now=now, actor=actor, **answers)
    availability.set_weekly(volunteer=volunteer, weekly=weekly, now=now, actor=actor)
    for kind, text in texts_read.items():
        consents.give(user=user, kind=kind, text=text, now=now, actor=actor)
    return volunteer
