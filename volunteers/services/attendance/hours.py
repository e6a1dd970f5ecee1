"""What somebody has taken part in, and for how long: counted from what was written down, from nothing else."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from organisations.models import Slot
from volunteers.models import Attendance, Placement, Volunteer


@dataclass(frozen=True)
class Line:
    """Once that somebody took part, or meant to; ``written`` is None as long as nobody has written it down."""

    placement: Placement
    written: Attendance | None
    thanks: str

    @property
    def slot(self) -> Slot:
        return self.placement.slot

    @property
    def year(self) -> int:
        return timezone.localdate(self.slot.starts_at).year

    @property
    def came(self) -> bool:
        return self.written is not None and self.written.came


@dataclass(frozen=True)
class Record:
    """The latest first."""

    lines: tuple[Line, ...]

    @property
    def attended(self) -> list[Attendance]:
        return [line.written for line in self.lines if line.written is not None and line.written.came]

    @property
    def minutes(self) -> int:
        return sum(row.minutes for row in self.attended)

    @property
    def times(self) -> int:
        return len(self.attended)

    @property
    def in_company(self) -> bool:
        """Whether others came along, whose minutes are not counted here: the minutes are one person's own."""
        return any(row.people > 1 for row in self.attended)

    @property
    def years(self) -> list[int]:
        return sorted({line.year for line in self.lines}, reverse=True)

    def of_year(self, year: int) -> Record:
        """Return what began in *year*, by the clock of the site."""
        return Record(tuple(line for line in self.lines if line.year == year))


def of(volunteer: Volunteer, *, now: dt.datetime) -> Record:
    """Return all that is over or written down already, in one query."""
    rows = Placement.objects.active().filter(volunteer=volunteer)
    past = rows.filter(Q(slot__ends_at__lte=now) | Q(attendance__isnull=False))
    found = past.select_related("slot__role__organisation", "attendance", "thanks")
    return Record(tuple(_line(row) for row in found.order_by("-slot__starts_at", "-pk")))


def _line(row: Placement) -> Line:
    thanks = getattr(row, "thanks", None)
    return Line(row, getattr(row, "attendance", None), thanks.text if thanks is not None else "")
