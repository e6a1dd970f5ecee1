"""Roles by the point they happen at, for a map. Venues are public; nobody's town is read here."""

from __future__ import annotations

from dataclasses import dataclass, field

from organisations.models import Role, Venue
from organisations.models.role import RoleQuerySet

MOST_VENUES = 200
MOST_ROLES = 1000


@dataclass(slots=True)
class Spot:
    """A venue and what happens there, the next role first."""

    venue: Venue
    roles: list[Role] = field(default_factory=list)


def of(roles: RoleQuerySet) -> list[Spot]:
    """Return the venues of *roles* in the order given, at most ``MOST_VENUES``, in one query.

    Only the first ``MOST_ROLES`` are read: a map that says everything says nothing.
    """
    spots: dict[int, Spot] = {}
    for role in roles.filter(venue__isnull=False).prefetch_related(None)[:MOST_ROLES]:
        venue = role.venue
        if venue is None or (venue.pk not in spots and len(spots) == MOST_VENUES):
            continue
        spots.setdefault(venue.pk, Spot(venue)).roles.append(role)
    return list(spots.values())
