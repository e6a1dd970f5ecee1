"""A guardian's consent is written down, or taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction

from accounts.models import Consent, User
from accounts.models.consent import ConsentKind
from accounts.services import consents
from volunteers.models import Volunteer
from volunteers.services.guardians import letters
from volunteers.services.guardians.ahead import stop
from volunteers.services.guardians.until import ends_on


@transaction.atomic
def record(
    *,
    volunteer: Volunteer,
    guardian_name: str,
    scope: Collection[str],
    until: dt.date | None,
    text: str,
    now: dt.datetime,
    actor: User | None,
) -> Consent:
    """Write down what a guardian agreed to, by link or on paper, and let the young person know.

    Raises
    ------
    NotNeeded, and what ``consents.give`` raises
    """
    consent = consents.give(
        user=volunteer.user,
        kind=ConsentKind.GUARDIAN,
        text=text,
        now=now,
        actor=actor,
        expires_on=ends_on(volunteer, until, now),
        guardian_name=guardian_name,
        scope=scope,
    )
    _changed(volunteer, now)
    letters.tell(letters.GIVEN, volunteer, now)
    return consent


@transaction.atomic
def withdraw(*, volunteer: Volunteer, now: dt.datetime, actor: User | None) -> None:
    """Take the consent back: what is ahead is called off; organisations hear only that somebody does not come."""
    consents.withdraw(user=volunteer.user, kind=ConsentKind.GUARDIAN, now=now, actor=actor)
    _changed(volunteer, now)
    stop(volunteer=volunteer, now=now, actor=actor)
    letters.tell(letters.WITHDRAWN, volunteer, now)


def _changed(volunteer: Volunteer, now: dt.datetime) -> None:
    """Who may take part, or not any more, gets a new list of suggestions."""
    Volunteer.objects.filter(pk=volunteer.pk).update(changed_at=now)
