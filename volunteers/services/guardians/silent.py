"""Young people whose guardian does not answer: after a while they are warned, and later their profile is closed."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Consent
from accounts.models.consent import ConsentKind
from notifications.models import Notification
from volunteers.models import GuardianRequest, Volunteer
from volunteers.services.conditions import COORDINATOR_UNDER
from volunteers.services.telling import letters

KEPT_FOR = dt.timedelta(days=30)
WARNED_BEFORE = dt.timedelta(days=7)


def waited_since(before: dt.datetime) -> QuerySet[Volunteer]:
    """Return who was too young to go on alone at *before*, and whose guardian was last asked before that, in vain.

    Whoever has a consent already, or had one once, is not among them: a paper at the desk is an answer as well.
    """
    asked = GuardianRequest.objects.filter(volunteer=OuterRef("pk"))
    given = Consent.objects.filter(user=OuterRef("user"), kind=ConsentKind.GUARDIAN)
    silent = Volunteer.objects.filter(born_on__gt=_turns(before + KEPT_FOR), user__closed_at=None)
    return silent.filter(
        Exists(asked),
        ~Exists(given),
        ~Exists(asked.exclude(answered_at=None)),
        ~Exists(asked.filter(asked_at__gte=before)),
    )


def warn(*, now: dt.datetime) -> int:
    """Let a coordinator tell those whose profile will be closed within a week, each once; say how many that are."""
    soon = list(waited_since(now - KEPT_FOR + WARNED_BEFORE).select_related("user"))
    for person in soon:
        last = GuardianRequest.objects.filter(volunteer=person).latest("asked_at")
        letters.write(CLOSED_SOON, [person.user], person, now, path="/my/guardian/", about=str(last.pk))
    return len(soon)


def _turns(now: dt.datetime) -> dt.date:
    """The birthday of who turns old enough on this day."""
    today = timezone.localdate(now)
    return today.replace(year=today.year - COORDINATOR_UNDER, day=min(today.day, 28) if today.month == 2 else today.day)


def _still_waits(notification: Notification, now: dt.datetime) -> bool:
    waits = waited_since(now - KEPT_FOR + WARNED_BEFORE)
    return waits.filter(pk=notification.about["volunteer"]).exists()


CLOSED_SOON = letters.Kind(
    "guardian_silent",
    _("保護者の方のお返事を待っています"),
    _(
        "保護者の方のお返事が、まだありません。1週間たってもお返事がないときは、登録を消します。"
        "続けたいときは、おうちの方と話して、もう一度お願いしてください。登録は、いつでもやりなおせます。"
    ),
    _still_waits,
)
STILL_RIGHT = letters.still_right(CLOSED_SOON)
