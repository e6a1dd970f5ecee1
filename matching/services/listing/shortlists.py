"""One person's list, or a few people's, at once: after a change nobody waits for the next run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from matching import dataset
from matching.dataset import Dataset, stale
from matching.dataset.asked import Asked
from matching.engine.fast import FastEngine
from matching.engine.reasons import Reason
from matching.models import Run, RunStatus, Shortlist, Suggestion, SuggestionStatus
from matching.services.listing import listed, lists, weights
from volunteers.models import Volunteer

BEGINNING = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


def refresh(*, volunteer: Volunteer, now: dt.datetime) -> Shortlist:
    """Compute the list of *volunteer* anew, as it is at *now*."""
    _refresh([volunteer.pk], now)
    return Shortlist.objects.get(pk=volunteer.pk)


def refresh_stale(*, now: dt.datetime, limit: int = 500) -> int:
    """Compute anew the lists of people who changed something since; says of how many.

    Who has no list at all is left to a run that has been asked for and will come to them anyway. So is, to the next
    one, whoever was let in again without a change of their own.
    """
    last = Run.objects.filter(status=RunStatus.DONE).first()
    since = last.as_of if last else BEGINNING
    ids = stale.behind(since=since, now=now, limit=limit)
    if not Run.objects.filter(status__in=[RunStatus.REQUESTED, RunStatus.RUNNING]).exists():
        ids = sorted({*ids, *stale.without(since=since, now=now, limit=limit)})[:limit]
    if ids:
        _refresh(ids, now)
    return len(ids)


def _refresh(ids: Sequence[int], now: dt.datetime) -> None:
    mark = listed.newest_mark()
    if not put(read(ids, now=now), mark):
        with transaction.atomic():
            listed.hold_still()
            put(read(ids, now=now), listed.newest_mark())


def read(ids: Sequence[int], *, now: dt.datetime, side: Asked | None = None) -> tuple[Dataset, dt.datetime]:
    """Return the dataset of some people, and the moment to date their lists: *now*, or later where one there is."""
    newest = stale.newest(ids)
    return dataset.load(now=now, volunteer_ids=ids, side=side), max(now, newest or now)


def put(found: tuple[Dataset, dt.datetime], mark: dt.datetime | None, about: Sequence[int] | None = None) -> bool:
    """Rank and write; say whether that could be done, see `matching.services.listing.listed`.

    Parameters
    ----------
    about : the roles that have changed, where it is not the people.
    """
    data, computed_at = found
    engine = FastEngine(data.problem)
    ranking = lists.rank(engine, weights.current())
    with transaction.atomic():
        if not listed.is_as(mark):
            return False
        items = lists.items(data, ranking)
        lists.write_shortlists(data, ranking, items, run_id=None, computed_at=computed_at)
        _end_unfitting(data, engine, about)
    return True


def _end_unfitting(data: Dataset, engine: FastEngine, about: Sequence[int] | None) -> None:
    """Put no suggestion before people that their own new conditions, or the role's, shut out."""
    volunteers = {id_: row for row, id_ in enumerate(data.volunteer_ids.tolist())}
    roles = {id_: row for row, id_ in enumerate(data.role_ids.tolist())}
    alive = Suggestion.objects.alive()
    alive = alive.filter(volunteer__in=volunteers) if about is None else alive.filter(role__in=about)
    unfitting = []
    for suggestion in alive:
        if suggestion.volunteer_id not in volunteers or suggestion.role_id not in roles:
            continue
        bits = engine.why_not(volunteers[suggestion.volunteer_id], roles[suggestion.role_id])
        if bits & ~(Reason.CLOSED | Reason.CAPACITY):  # a place may become free again; the page looks for itself
            unfitting.append(suggestion.pk)
    Suggestion.objects.filter(pk__in=unfitting).update(status=SuggestionStatus.EXPIRED)
