"""A worry that nobody answers: its coordinators are reminded after one working day, its lead after two."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Q

from accounts.models import User
from accounts.services import audit
from organisations.models import Town, Worry
from organisations.services import desks, working_days, worry_letters

REMIND = 1


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
    """Take every step that is due; says how many. Each is taken once however often or at once this runs."""
    due = Worry.objects.unanswered().filter(arrived_at__lt=now).exclude(escalated_at__isnull=False)
    return sum(step(worry_id=pk, now=now) for pk in due.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def step(*, worry_id: int, now: dt.datetime) -> bool:
    """Remind the coordinators, or tell their lead, where that is due and has not been done; say whether."""
    # Who answers holds the row; then there is nothing to remind of.
    free = Worry.objects.select_for_update(no_key=True, skip_locked=True, of=("self",)).select_related("town")
    worry = free.unanswered().filter(pk=worry_id).first()
    if worry is None:
        return False
    if worry.escalated_at is None and worry.answer_by <= now:
        return _tell(worry, now)
    is_due = working_days.after(worry.arrived_at, REMIND) <= now
    return worry.reminded_at is None and is_due and _remind(worry, now)


def _remind(worry: Worry, now: dt.datetime) -> bool:
    worry.reminded_at = now
    worry.save(update_fields=["reminded_at"])
    audit.record(actor=None, action="worry.remind", target=worry, now=now)
    worry_letters.write(worry_letters.REMINDER, worry, desks.coordinators_of(worry.town), now)
    return True


def _tell(worry: Worry, now: dt.datetime) -> bool:
    worry.escalated_at = now
    worry.save(update_fields=["escalated_at"])
    audit.record(actor=None, action="worry.tell_lead", target=worry, now=now)
    worry_letters.write(worry_letters.SILENT, worry, leads_of(worry.town), now)
    return True


def leads_of(town: Town) -> list[User]:
    """Return who leads the desks of *town*; where nobody does, all coordinators of its ward, and at last the staff."""
    active = User.objects.filter(is_active=True)
    leads = active.filter(desk_memberships__is_lead=True, desk_memberships__desk__towns=town)
    ward = active.filter(desk_memberships__desk__towns__ward_code=town.ward_code)
    staff = active.filter(is_staff=True)
    return next((found for rows in (leads, ward, staff) if (found := list(rows.distinct().order_by("pk")))), [])
