"""What offers are matched with: needs and open roles, together called wants.

Days are counted from the market's first day. A rough time of the week is one of 21 bits: bit 3 · weekday + part,
Monday = 0, the parts being morning, afternoon and evening.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import IntEnum

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.engine.problem import Bool, Float

Long = npt.NDArray[np.int64]

PARTS_OF_DAY = 3
DAYS_OF_WEEK = 7
ANY_TIME = (1 << PARTS_OF_DAY * DAYS_OF_WEEK) - 1
NO_END = 1 << 30
"""An amount that is never used up, and a day that never comes."""


class Kind(IntEnum):
    """What is given."""

    PEOPLE = 0
    KNOW_HOW = 1
    ROOM = 2
    VEHICLE = 3
    GOODS = 4


@dataclass(frozen=True, slots=True)
class Offers:
    """What is given (a rows).

    Parameters
    ----------
    number : int64 (a,), each once; decides where all else is equal, so that the order of the rows never does.
    owner : int64 (a,), the organisation.
    kind : int64 (a,), a `Kind`.
    lat, lng : float64 (a,), degrees; NaN where not known.
    within_km : float64 (a,), how far it comes, or for a room, how far somebody comes to it; infinite for anywhere.
    amount : int64 (a,), people who come, people whom a room or a vehicle holds, things that are left; or `NO_END`.
    week : int64 (a,), the rough times of the week at which it is to be had, `ANY_TIME` where none is named.
    first_day, last_day : int64 (a,), when it is to be had, notice and both days included; or `NO_END`.
    activities : sparse (a, activities), weights in [0, 1], spread over the tree (`tree.spread`).
    text : int8 (a, dims), rows 127 long, or 0.
    """

    number: Long
    owner: Long
    kind: Long
    lat: Float
    lng: Float
    within_km: Float
    amount: Long
    week: Long
    first_day: Long
    last_day: Long
    activities: sparse.csr_array
    text: npt.NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.number)


@dataclass(frozen=True, slots=True)
class Wants:
    """Needs and open roles (b rows).

    Parameters
    ----------
    number : int64 (b,), as of the offers.
    owner : int64 (b,), the organisation that would receive it.
    helps : float64 (b, kinds), in [0, 1]: 1 where it was said that this kind helps, less where it only may, 0 where it
        does not.
    lat, lng : float64 (b,), degrees; NaN where not known.
    people : int64 (b,), how many are wanted, and must have room; at least 1.
    things : int64 (b,), how many; at least 1.
    activities : sparse (b, activities), weights in (0, 1], not spread.
    text : int8 (b, dims), rows 127 long, or 0.
    """

    number: Long
    owner: Long
    helps: Float
    lat: Float
    lng: Float
    people: Long
    things: Long
    activities: sparse.csr_array
    text: npt.NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.number)


@dataclass(frozen=True, slots=True)
class Occasions:
    """When the wants are (o rows): a stretch of days with rough times of the week, or one day. One is enough.

    Parameters
    ----------
    want : int64 (o,), row numbers; a want without any occasion is over.
    first_day, last_day : int64 (o,), both included.
    week : int64 (o,), rough times, `ANY_TIME` where none is named.
    """

    want: Long
    first_day: Long
    last_day: Long
    week: Long

    def __len__(self) -> int:
        return len(self.want)


@dataclass(frozen=True, slots=True)
class Market:
    """Offers, wants and what ties them together.

    Parameters
    ----------
    first_weekday : int, weekday of the first day, Monday = 0.
    closed : bool (a, b), pairs that talk about it already, or one of whose sides has said no.

    Raises
    ------
    ValueError
        Where lengths, shapes or row numbers do not fit together.
    """

    offers: Offers
    wants: Wants
    occasions: Occasions
    first_weekday: int
    closed: Bool

    def __post_init__(self) -> None:
        for rows in (self.offers, self.wants, self.occasions):
            for field in fields(rows):
                if getattr(rows, field.name).shape[0] != len(rows):
                    raise ValueError(f"{type(rows).__name__}.{field.name} has another length than {len(rows)}")
        if self.closed.shape != (len(self.offers), len(self.wants)):
            raise ValueError(f"closed is {self.closed.shape}, not (offers, wants)")
        if self.wants.helps.shape[1] != len(Kind):
            raise ValueError(f"helps counts {self.wants.helps.shape[1]} kinds, not {len(Kind)}")
        for name in ("activities", "text"):
            if getattr(self.offers, name).shape[1] != getattr(self.wants, name).shape[1]:
                raise ValueError(f"offers and wants count {name} differently")
        if len(self.occasions) and not 0 <= self.occasions.want.min() <= self.occasions.want.max() < len(self.wants):
            raise ValueError("an occasion has no want")

    def owners(self) -> Long:
        """Return the organisations of both sides, int64, each once and ascending."""
        return np.unique(np.concatenate([self.offers.owner, self.wants.owner]))
