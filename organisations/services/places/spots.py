"""What a list found, by the point it is at, for a map. Venues and towns are public; nobody's home is read here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from organisations.models import Offer, Role, Town, Venue
from organisations.models.offer import OfferQuerySet
from organisations.models.role import RoleQuerySet

R = TypeVar("R")
# A map that says everything says nothing.
MOST_SPOTS = 200
MOST_ROWS = 1000


class Point(NamedTuple):
    """A name and where it stands, in degrees."""

    name: str
    lat: float
    lng: float


@dataclass(slots=True)
class Spot(Generic[R]):
    """A place and what is there, in the order given; ``town`` is the name that a map without tiles shows beside it."""

    at: Point
    town: Point | None
    rows: list[R] = field(default_factory=list)


def of_roles(roles: RoleQuerySet) -> list[Spot[Role]]:
    """Return the venues of the first ``MOST_ROWS`` of *roles*, in one query."""
    rows = roles.filter(venue__isnull=False).prefetch_related(None)[:MOST_ROWS]
    return gathered((of_venue(role.venue), of_town(role.venue.town), role) for role in rows if role.venue is not None)


def of_offers(offers: OfferQuerySet) -> list[Spot[Offer]]:
    """Return the places of the first ``MOST_ROWS`` of *offers*, in one query.

    A venue where one is named, else the town's own point; what has neither is in the list alone.
    """
    rows = offers.select_related("organisation", "town", "venue__town").prefetch_related(None)[:MOST_ROWS]
    return gathered(
        (of_town(offer.town), of_town(offer.town), offer)
        if offer.venue is None
        else (of_venue(offer.venue), of_town(offer.venue.town), offer)
        for offer in rows
    )


def gathered(placed: Iterable[tuple[Point | None, Point | None, R]]) -> list[Spot[R]]:
    """Return the places in the order given, each once, at most ``MOST_SPOTS``; *placed* are place, town and row."""
    spots: dict[Point, Spot[R]] = {}
    for at, town, row in placed:
        if at is not None and (at in spots or len(spots) < MOST_SPOTS):
            spots.setdefault(at, Spot(at, town)).rows.append(row)
    return list(spots.values())


def of_town(town: Town) -> Point | None:
    """Return the town's own point, where it is known."""
    return None if town.lat is None or town.lng is None else Point(town.name, town.lat, town.lng)


def of_venue(venue: Venue) -> Point:
    return Point(venue.name, venue.lat, venue.lng)
