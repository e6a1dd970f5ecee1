"""Somebody was promised an answer by a date: on its morning the coordinators are reminded, a day later their lead.

For rows with ``town``, ``answer_by``, ``answered_at``, ``closed_at``, ``reminded_at`` and ``escalated_at``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.services import audit
from notifications.services import letters
from notifications.services.letters import Kind
from organisations.models import Town
from organisations.services.coordinating import desks
from organisations.services.times import working_days

# How many working days somebody waits, and how many more after the reminder until the lead hears of it.
PROMISED, GRACE = 2, 1
# On the promised day itself, early enough to keep the promise.
MORNING = dt.time(9)


def answer_by(now: dt.datetime) -> dt.datetime:
    """Return until when an answer is promised to who asks now: to the end of a day, as it is told."""
    return _end_of_day(working_days.after(now, PROMISED))


def tick(*, rows: QuerySet[Any], remind: Kind, tell: Kind, path: str, now: dt.datetime) -> int:
    """Take every step that is due; says how many. Each is taken once however often or at once this runs.

    Parameters
    ----------
    path
        The page about a row, with ``%s`` for its number.
    """
    waits = rows.filter(Q(reminded_at=None) | Q(escalated_at=None), answered_at=None, closed_at=None)
    due = waits.filter(answer_by__lte=_promised_until(now))
    found = list(due.order_by("pk").values_list("pk", flat=True))
    return sum(_step(rows, pk, remind, tell, path, now) for pk in found)


def _promised_until(now: dt.datetime) -> dt.datetime:
    """Return up to when what was promised is due now: from the morning on all of today."""
    local = timezone.localtime(now)
    return now if local.time() < MORNING else _end_of_day(local)


def _end_of_day(local: dt.datetime) -> dt.datetime:
    return dt.datetime.combine(local.date(), dt.time.max, local.tzinfo)


@transaction.atomic
def _step(rows: QuerySet[Any], pk: int, remind: Kind, tell: Kind, path: str, now: dt.datetime) -> bool:
    # Who answers holds the row; then there is nothing to remind of.
    free = rows.select_for_update(no_key=True, skip_locked=True, of=("self",)).select_related("town")
    row = free.filter(pk=pk, answered_at=None, closed_at=None).first()
    if row is None:
        return False
    if row.reminded_at is None:
        _write(row, "reminded_at", remind, responsible_for(row.town), path, now)
        return True
    if row.escalated_at is None and working_days.after(row.reminded_at, GRACE) <= now:
        _write(row, "escalated_at", tell, desks.leads_of(row.town), path, now)
        return True
    return False


def responsible_for(town: Town) -> list[User]:
    """Return who coordinates in the area of *town*; where nobody does, the staff."""
    return desks.coordinators_of(town) or list(User.objects.filter(is_staff=True, is_active=True).order_by("pk"))


def _write(row: Any, field: str, kind: Kind, users: Iterable[User], path: str, now: dt.datetime) -> None:
    setattr(row, field, now)
    row.save(update_fields=[field])
    audit.record(actor=None, action=f"{row._meta.model_name}.{field.removesuffix('_at')}", target=row, now=now)
    letters.write(kind, users, row, now, path=path % row.pk)
