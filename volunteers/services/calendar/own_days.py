"""What somebody has in a stretch of days, laid out for a calendar."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.db import models
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisations.models import Slot
from organisations.services.times.hours import DAY, Hours, within
from volunteers.models import Application, Placement, Volunteer, Waiting
from volunteers.models.application import ApplicationStatus


class State(models.TextChoices):
    COMING = "coming", _("参加決定")
    ASKED = "asked", _("返事待ち")
    WAITING = "waiting", _("空き待ち")


@dataclass(frozen=True, slots=True)
class Entry:
    slot: Slot
    state: State


@dataclass(slots=True)
class OwnDay:
    """The entries of one day, or of no single day."""

    on: dt.date | None
    entries: list[Entry] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.entries)


def by_day(*, volunteer: Volunteer, first: dt.date, last: dt.date, now: dt.datetime) -> dict[dt.date | None, OwnDay]:
    """Return the days from *first* to *last* that hold something, in three queries.

    Places stay when they are over; what was only asked or waited for does not. Windows that are open for more than a
    day stand under None.
    """
    slots = within(Slot.objects.filter(cancelled_at=None), Hours(from_on=first, until_on=last))
    own = {"volunteer": volunteer, "slot__in": slots}
    placed = Placement.objects.active().filter(**own)
    asked = Application.objects.filter(**own, status=ApplicationStatus.ASKED, slot__ends_at__gt=now)
    waiting = Waiting.objects.alive().filter(**own, slot__ends_at__gt=now)
    entries = [*_entries(placed, State.COMING), *_entries(asked, State.ASKED), *_entries(waiting, State.WAITING)]
    days: dict[dt.date | None, OwnDay] = {}
    for entry in sorted(entries, key=lambda one: (one.slot.starts_at, one.slot.pk)):
        on = _day(entry.slot)
        days.setdefault(on, OwnDay(on)).entries.append(entry)
    return days


def _entries(rows: QuerySet[Placement] | QuerySet[Application] | QuerySet[Waiting], state: State) -> list[Entry]:
    return [Entry(row.slot, state) for row in rows.select_related("slot__role")]


def _day(slot: Slot) -> dt.date | None:
    if slot.minutes is not None and slot.ends_at > slot.starts_at + DAY:
        return None
    return timezone.localdate(slot.starts_at)
