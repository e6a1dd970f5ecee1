"""One person's list, or a few people's, at once: after a change nobody waits for the next run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Greatest

from accounts.models import Consent
from matching import dataset
from matching.dataset import Dataset
from matching.engine.fast import FastEngine
from matching.engine.reasons import Reason
from matching.models import Run, RunStatus, Shortlist, Suggestion, SuggestionStatus
from matching.services import lists, weights
from volunteers.models import HeldQualification, Volunteer


def refresh(*, volunteer: Volunteer, now: dt.datetime) -> Shortlist:
    """Compute the list of *volunteer* anew, as it is at *now*."""
    _refresh([volunteer.pk], now)
    return Shortlist.objects.get(pk=volunteer.pk)


def refresh_stale(*, now: dt.datetime, limit: int = 500) -> int:
    """Compute anew the lists of people who changed something since; says of how many.

    Who has no list at all is left to a run that has been asked for and will come to them anyway.
    """
    people = Volunteer.objects.filter(user__is_active=True).annotate(changed=_changed())
    stale = Q(shortlist__computed_at__lt=F("changed"))
    if not Run.objects.filter(status__in=[RunStatus.REQUESTED, RunStatus.RUNNING]).exists():
        stale |= Q(shortlist=None)
    ids = list(people.filter(stale, changed__lte=now).order_by("pk").values_list("pk", flat=True)[:limit])
    if ids:
        _refresh(ids, now)
    return len(ids)


def _changed() -> Greatest:
    """The last change of a profile, of a consent, or of a qualification's confirmation. NULLs do not count."""
    consents = Consent.objects.filter(user=OuterRef("user")).order_by("-given_at")
    ended = Consent.objects.filter(user=OuterRef("user"), withdrawn_at__isnull=False).order_by("-withdrawn_at")
    confirmed = HeldQualification.objects.filter(volunteer=OuterRef("pk"), confirmed_at__isnull=False)
    return Greatest(
        F("changed_at"),
        Subquery(consents.values("given_at")[:1]),
        Subquery(ended.values("withdrawn_at")[:1]),
        Subquery(confirmed.order_by("-confirmed_at").values("confirmed_at")[:1]),
    )


def _refresh(ids: Sequence[int], now: dt.datetime) -> None:
    data = dataset.load(now=now, volunteer_ids=ids)
    engine = FastEngine(data.problem)
    ranking = lists.rank(engine, weights.current())
    with transaction.atomic():
        lists.write_shortlists(data, ranking, run_id=None, computed_at=now)
        _end_unfitting(data, engine)


def _end_unfitting(data: Dataset, engine: FastEngine) -> None:
    """Put no suggestion before people that their own new conditions shut out."""
    volunteers = {id_: row for row, id_ in enumerate(data.volunteer_ids.tolist())}
    roles = {id_: row for row, id_ in enumerate(data.role_ids.tolist())}
    unfitting = []
    for suggestion in Suggestion.objects.alive().filter(volunteer__in=volunteers, role__in=roles):
        bits = engine.why_not(volunteers[suggestion.volunteer_id], roles[suggestion.role_id])
        if bits & ~(Reason.CLOSED | Reason.CAPACITY):  # a place may become free again; the page looks for itself
            unfitting.append(suggestion.pk)
    Suggestion.objects.filter(pk__in=unfitting).update(status=SuggestionStatus.EXPIRED)
