"""What is told of a role, a need or an offer, whatever the medium: one neutral row in, one medium out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    ROLE = "role"
    NEED = "need"
    OFFER = "offer"


class State(StrEnum):
    OPEN = "open"
    FULL = "full"
    OVER = "over"


@dataclass(frozen=True)
class Place:
    """A venue, a town or a district; ``lat`` and ``lng`` in degrees, only of what is exact and public."""

    name: str = ""
    ward_code: str = ""
    ward: str = ""
    town: str = ""
    address: str = ""
    lat: float | None = None
    lng: float | None = None

    @property
    def where(self) -> str:
        """The address without the name: 「旭区鶴ケ峰1丁目1-2」."""
        return f"{self.ward}{self.town}{self.address}"

    @property
    def words(self) -> str:
        return " ".join(part for part in (self.name, self.where) if part)


@dataclass(frozen=True)
class Time:
    """A coming time of a role; ``words`` says it in the language that is switched on."""

    ref: int
    starts_at: dt.datetime
    ends_at: dt.datetime
    words: str
    capacity: int
    places_left: int
    minutes: int | None = None


@dataclass(frozen=True)
class Published:
    """``when`` is a rough time in words where there are no ``times``; without ``place`` one takes part from home.

    ``title_en`` is empty where nobody has written one; ``ref`` is the number of the row, ``url`` its page, and
    ``organisation`` the number of who asks.
    """

    kind: Kind
    ref: int
    title: str
    what: str
    who: str
    url: str
    state: State
    changed_at: dt.datetime
    published_at: dt.datetime | None = None
    title_en: str = ""
    times: tuple[Time, ...] = ()
    when: str = ""
    place: Place | None = None
    is_online: bool = False
    cost: str = ""
    bring: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    until: dt.date | None = None
    activities: tuple[str, ...] = ()
    organisation: int | None = None

    @property
    def is_over(self) -> bool:
        return self.state == State.OVER
