"""What a coordinator reads to somebody at the desk: the suggestions they have, without counting them as seen."""

from __future__ import annotations

import datetime as dt

from matching.explanations import Shown
from matching.models import Feedback, Suggestion
from matching.services.choosing.picks import explain_all, may_join
from organisations.models.role import RoleStatus
from volunteers.models import Volunteer

ANSWERS_SHOWN = 20


def waiting(*, volunteer: Volunteer, now: dt.datetime) -> list[Shown]:
    """Return what was put before this person, or will be, and can still be said yes to."""
    rows = Suggestion.objects.alive().filter(volunteer=volunteer, role__status=RoleStatus.OPEN)
    whole = rows.select_related("role__organisation", "role__venue__town", "slot").order_by("rank", "pk")
    return explain_all([row for row in whole if row.role.is_open and may_join(row.slot, now, volunteer.party_size)])


def answers(*, volunteer: Volunteer) -> list[Feedback]:
    """Return what this person last answered, with what they said to it, the newest first."""
    given = Feedback.objects.filter(suggestion__volunteer=volunteer, undone_at=None)
    return list(given.select_related("suggestion__role").order_by("-answered_at", "-pk")[:ANSWERS_SHOWN])
