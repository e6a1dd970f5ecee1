"""A consent runs out: the guardian is asked again before, and what is ahead after it is called off."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from accounts.models import Consent
from accounts.models.consent import ConsentKind
from accounts.services import consents
from volunteers.models import GuardianRequest, Volunteer
from volunteers.models.volunteer import ADULT_AGE
from volunteers.services.guardians import letters
from volunteers.services.guardians.ahead import Ahead, stop

BEFORE_THE_END = dt.timedelta(days=30)


@transaction.atomic
def end_over(*, now: dt.datetime) -> int:
    """Call off what is ahead of the young whose consent ran out; say how many people that were."""
    today = timezone.localdate(now)
    # Who had one that ran out, and has none in force.
    ended = Consent.objects.filter(kind=ConsentKind.GUARDIAN, withdrawn_at=None, expires_on__lt=today)
    found = 0
    for person in Volunteer.objects.filter(user__in=ended.values("user")).select_related("user").order_by("pk"):
        if person.age(today) < ADULT_AGE and not _has_consent(person, today) and Ahead.of(person, now).is_something:
            stop(volunteer=person, now=now, actor=None)
            letters.tell(letters.OVER, person, now)
            found += 1
    return found


@transaction.atomic
def remind(*, now: dt.datetime) -> int:
    """Ask guardians again whose consent runs out within a month, each once; say how many."""
    today = timezone.localdate(now)
    soon = GuardianRequest.objects.filter(
        consent__withdrawn_at=None,
        consent__expires_on__range=(today, today + BEFORE_THE_END),
        guardian__is_active=True,
    ).select_related("guardian", "volunteer__user", "consent")
    asked = [one for one in soon if one.volunteer.age(today + BEFORE_THE_END) < ADULT_AGE]
    for request in asked:
        letters.expiring(request, now)
    return len(asked)


def _has_consent(person: Volunteer, today: dt.date) -> bool:
    return consents.holds(user=person.user, kind=ConsentKind.GUARDIAN, on=today)
