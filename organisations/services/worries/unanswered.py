"""A worry that nobody answers is told to its coordinators, and then to whoever leads them; and how many there are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q

from accounts.models import User
from organisations.models import Worry
from organisations.services.coordinating import answer_clock
from organisations.services.worries import worry_letters


@dataclass(frozen=True)
class Open:
    """How many worries of somebody's area are open, how many wait for an answer, and how many of those are late."""

    all: int
    unanswered: int
    late: int


def open_of(user: User, now: dt.datetime) -> Open:
    """One query."""
    waits = Q(answered_at=None)
    here = Worry.objects.in_area_of(user).open()
    counts = here.aggregate(
        all=Count("pk"), unanswered=Count("pk", waits), late=Count("pk", waits & Q(answer_by__lte=now))
    )
    return Open(**counts)


def tick(*, now: dt.datetime) -> int:
    """Take every step that is due, once however often or at once this runs; says how many."""
    kinds = {"remind": worry_letters.REMINDER, "tell": worry_letters.SILENT}
    return answer_clock.tick(rows=Worry.objects.all(), path=worry_letters.PAGE, now=now, **kinds)
