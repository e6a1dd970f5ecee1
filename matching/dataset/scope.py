"""Which people and which days a problem is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.timezone import localdate, localtime

from matching.dataset.rows import array

# Nobody is asked for anything further ahead than this.
HORIZON_DAYS = 28


@dataclass(frozen=True)
class Who:
    """Which volunteers: those who live in one of the towns, with first ≤ id ≤ last, unchanged since; or those named.

    None stands for no bound.
    """

    ids: Sequence[int] | None = None
    towns: Sequence[int] | None = None
    first: int | None = None
    last: int | None = None
    unchanged_since: dt.datetime | None = None

    def sql(self, query: str, *, by: str = "volunteer_id", row: str | None = None) -> str:
        """Return *query* with its ``{who}`` filled in; *by* is the column that holds the id of the volunteer.

        Parameters
        ----------
        row : what the query calls the volunteer's own row, where it reads that anyway.
        """
        if self.ids is not None:
            return query.replace("{who}", f"{by} = ANY({self._named})")
        if self == Who():
            return query.replace("{who}", "true")
        if row is not None:
            return query.replace("{who}", self._bounds(f"{row}."))
        bounds = self._bounds("")
        return query.replace("{who}", f"{by} IN (SELECT id FROM volunteers_volunteer WHERE {bounds})")  # noqa: S608

    @cached_property
    def _named(self) -> str:
        # As a subquery, whose result is one value to the planner: it would weigh a list of thousands one by one, and
        # that in each query takes as long as the query.
        return f"ARRAY(SELECT unnest({_array(self.ids or ())}))"

    def _bounds(self, of: str) -> str:
        bounds = [
            "true" if self.towns is None else f"{of}town_id = ANY({_array(self.towns)})",
            "true" if self.first is None else f"{of}id >= {int(self.first)}",
            "true" if self.last is None else f"{of}id <= {int(self.last)}",
            "true" if self.unchanged_since is None else f"{of}changed_at <= '{self.unchanged_since.isoformat()}'",
        ]
        return " AND ".join(bounds)


def _array(ids: Sequence[int]) -> str:
    return f"'{array(ids)}'::int8[]"


@dataclass(frozen=True, slots=True)
class Days:
    """The days a problem looks at: from the local midnight *start*, the date *first*, for *count* days."""

    start: dt.datetime
    first: dt.date
    count: int

    @property
    def end(self) -> dt.datetime:
        return self.start + dt.timedelta(days=self.count)


def days_from(now: dt.datetime) -> Days:
    """Return the days from the local day of *now* on."""
    start = localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return Days(start, localdate(now), HORIZON_DAYS)
