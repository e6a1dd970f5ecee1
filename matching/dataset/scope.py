"""Which people and which days a problem is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Who:
    """Which volunteers: those with first ≤ id ≤ last, or those named."""

    first: int | None = None
    last: int | None = None
    ids: Sequence[int] | None = None

    def sql(self, query: str, *, by: str = "volunteer_id") -> str:
        """Return *query* with its ``{who}`` filled in; the parameters come last but for dates."""
        if self.ids is not None:
            numbers = ",".join(str(int(number)) for number in self.ids)
            return query.replace("{who}", f"{by} = ANY('{{{numbers}}}'::int8[])")
        first, last = int(self.first or 0), int(self.last or np.iinfo(np.int64).max)
        return query.replace("{who}", f"{by} BETWEEN {first} AND {last}")


@dataclass(frozen=True, slots=True)
class Days:
    """The days a problem looks at: from the local midnight *start*, the date *first*, for *count* days."""

    start: dt.datetime
    first: dt.date
    count: int

    @property
    def end(self) -> dt.datetime:
        return self.start + dt.timedelta(days=self.count)
