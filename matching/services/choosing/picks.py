"""From a shortlist to what may be put before somebody today, and in which words."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import F, Q, QuerySet

from matching import explanations
from matching.explanations import Shown
from matching.models import Answer, Shortlist, Suggestion, SuggestionStatus
from matching.services.choosing import speaking, ties
from matching.services.choosing.ties import Ties
from organisations.models import Slot
from organisations.services.times.slots import is_over
from volunteers.models import Application, Placement, Volunteer
from volunteers.models.application import ApplicationStatus

# What was put before somebody and left unanswered is not put before them again so soon.
NOT_AGAIN = dt.timedelta(days=28)


def explained(suggestion: Suggestion, between: Ties) -> Shown:
    """Put a suggestion, its role and slot at hand, into words of the active language."""
    role, slot, km = suggestion.role, suggestion.slot, suggestion.km
    why = explanations.reasons(speaking.of(suggestion, between), km=km, slot=slot)
    return Shown(suggestion, role, slot, why, explanations.band(km), explanations.when(slot))


def explain_all(rows: Sequence[Suggestion]) -> list[Shown]:
    between = ties.between(volunteer_ids=[s.volunteer_id for s in rows], role_ids=[s.role_id for s in rows])
    return [explained(row, between) for row in rows]


def may_join(slot: Slot, now: dt.datetime, party: int) -> bool:
    return slot.cancelled_at is None and not is_over(slot, now) and slot.places_left >= party


def places_left_at_least(volunteer: Volunteer) -> Q:
    return Q(capacity__gte=F("taken") + volunteer.party_size)


def drafts(shortlist: Shortlist, *, now: dt.datetime, run_id: int | None = None) -> Iterator[Suggestion]:
    """Yield the items of a list, in its order, as suggestions that are not written down yet."""
    width = len(shortlist.signals)
    weights = dict(zip(shortlist.signals, shortlist.weights, strict=False))  # none in lists from before they were kept
    items = zip(shortlist.roles, shortlist.slots, shortlist.scores, shortlist.km, strict=True)
    for rank, (role, slot, score, km) in enumerate(items):
        yield Suggestion(
            volunteer_id=shortlist.pk,
            role_id=role,
            slot_id=slot,
            run_id=run_id,
            rank=rank + 1,
            score=score,
            km=None if math.isnan(km) else km,
            parts=dict(zip(shortlist.signals, shortlist.parts[rank * width : (rank + 1) * width], strict=True)),
            weights=weights,
            planned_at=now,
        )


def lately(*, volunteer_ids: Sequence[int], now: dt.datetime) -> set[tuple[int, int]]:
    """Return the pairs of these volunteers and any role that are not to be suggested now, see `not_now`."""
    return {pair for some in not_now(now) for pair in some.filter(volunteer_id__in=volunteer_ids)}


def not_now(now: dt.datetime) -> list[QuerySet[Any, tuple[int, int]]]:
    """Return the pairs of volunteer and role not to be suggested now: just asked, declined, or taken part.

    What was planned and never reached anybody does not count.
    """
    return [some.order_by().values_list("volunteer_id", role) for some, role in _closed(now)]


def roles_not_now(volunteer: Volunteer, now: dt.datetime) -> list[QuerySet[Any, Any]]:
    """Return the roles of `not_now` for one person, each query to be put into another one."""
    return [some.filter(volunteer=volunteer).order_by().values(role) for some, role in _closed(now)]


def _closed(now: dt.datetime) -> list[tuple[QuerySet[Any], str]]:
    """Return rows that name a volunteer, and where they name the role."""
    asked = Suggestion.objects.filter(planned_at__gt=now - NOT_AGAIN)
    asked = asked.exclude(status=SuggestionStatus.EXPIRED, sent_at=None, seen_at=None)
    declined = Suggestion.objects.filter(feedback__answer=Answer.DECLINE, feedback__undone_at=None)
    wants = Application.objects.exclude(status=ApplicationStatus.WITHDRAWN)
    there = Placement.objects.active()
    return [(asked, "role_id"), (declined, "role_id"), (there, "slot__role_id"), (wants, "slot__role_id")]
