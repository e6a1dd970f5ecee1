"""What lies ahead of a young person and needs a guardian's consent; without one it is given back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from volunteers.models import Application, Placement, Volunteer, Waiting
from volunteers.models.application import ApplicationStatus
from volunteers.services.conditions import is_for_guardians
from volunteers.services.taking_part import applications, placements
from volunteers.services.waiting_lists import waiting

_WITH_ROLE = ("slot__role", "volunteer__user")


@dataclass(frozen=True, slots=True)
class Ahead:
    """What lies ahead of a young person and needs a guardian's consent."""

    placements: list[Placement]
    applications: list[Application]
    waiting: list[Waiting]

    @classmethod
    def of(cls, person: Volunteer, now: dt.datetime) -> Ahead:
        today, ahead = timezone.localdate(now), {"volunteer": person, "slot__ends_at__gt": now}
        placed = Placement.objects.active().filter(**ahead).select_related(*_WITH_ROLE).order_by("slot_id")
        asked = Application.objects.filter(status=ApplicationStatus.ASKED, **ahead).select_related(*_WITH_ROLE)
        waits = Waiting.objects.alive().filter(**ahead).select_related(*_WITH_ROLE).order_by("slot_id")
        return cls(
            [one for one in placed if _needs_it(one, today)],
            [one for one in asked.order_by("pk") if _needs_it(one, today)],
            [one for one in waits if _needs_it(one, today)],
        )

    @property
    def is_something(self) -> bool:
        return bool(self.placements or self.applications or self.waiting)


@transaction.atomic
def stop(*, volunteer: Volunteer, now: dt.datetime, actor: User | None) -> None:
    """Give back all places ahead that need a guardian, take back what was asked, and wait for nothing any more."""
    person = placements.lock_person(volunteer)
    ahead = Ahead.of(person, now)
    for row in ahead.waiting:
        waiting.leave(waiting=row, now=now, actor=actor)
    for placement in ahead.placements:
        placements.cancel(placement=placement, now=now, actor=actor)
    for application in ahead.applications:
        applications.withdraw(application=application, now=now, actor=actor)


def _needs_it(row: Placement | Application | Waiting, today: dt.date) -> bool:
    return is_for_guardians(volunteer=row.volunteer, role=row.slot.role, on=today)
