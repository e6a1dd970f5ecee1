"""The slots of a stretch of days, laid out for a calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Case, Count, DateField, F, Value, When, Window
from django.db.models.functions import RowNumber, TruncDate
from django.utils import timezone

from organisations.models import Slot
from organisations.models.role import RoleQuerySet, SlotQuerySet
from organisations.services.times.hours import Hours, is_for_days, within


@dataclass(slots=True)
class Day:
    """The first slots of one day, or of no single day, and how many there are in all."""

    on: dt.date | None
    slots: list[Slot] = field(default_factory=list)
    count: int = 0

    @property
    def more(self) -> int:
        return self.count - len(self.slots)


def slots_by_day(
    *, roles: RoleQuerySet, slots: SlotQuerySet, hours: Hours, first: dt.date, last: dt.date, at_most: int
) -> dict[dt.date | None, Day]:
    """Return the days from *first* to *last* that have *slots* of *roles*, with at most so many of each.

    Windows that are open for more than a day stand under None. One query, whatever the number of slots.
    """
    stretch = Hours(from_on=first, until_on=last)
    found = within(within(slots, hours), stretch).filter(role__in=roles.order_by().values("pk"))
    nth = Window(RowNumber(), partition_by=F("on"), order_by=["starts_at", "pk"])
    rows = (
        found.annotate(on=_day())
        .annotate(nth=nth, count=Window(Count("pk"), partition_by=F("on")))
        .filter(nth__lte=at_most)
        .select_related("role__organisation", "role__venue__town")
        .order_by("starts_at", "pk")
    )
    return _gathered(rows)


def _day() -> Case:
    starts = TruncDate("starts_at", tzinfo=timezone.get_default_timezone())
    return Case(When(is_for_days(), then=Value(None, DateField())), default=starts, output_field=DateField())


def _gathered(rows: Iterable[Slot]) -> dict[dt.date | None, Day]:
    days: dict[dt.date | None, Day] = {}
    for slot in rows:
        on: dt.date | None = slot.on  # type: ignore[attr-defined]
        day = days.setdefault(on, Day(on))
        day.slots.append(slot)
        day.count = slot.count  # type: ignore[attr-defined]
    return days
