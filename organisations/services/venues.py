"""A venue of one's own is called otherwise, or put to its exact place."""

from __future__ import annotations

import datetime as dt
import math

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import audit
from accounts.services.errors import DomainError
from organisations.models import Venue
from organisations.models.place import FoundBy
from organisations.services import search, words
from organisations.services.geocoding import KM_PER_DEGREE, apart_km
from organisations.services.places import VenueExists, point_of

FURTHEST_FROM_TOWN_KM = 3.0
MOVED = "venue.move_pin"


class FarFromTown(DomainError):
    code = "far_from_town"
    message = _("町から遠すぎます。ほかの町の会場なら、新しい会場として登録してください。")


@transaction.atomic
def change(*, venue: Venue, name: str, toilets: str, now: dt.datetime, actor: User | None) -> Venue:
    """Change what a venue is called and what is said about it; where it lies stays.

    Raises
    ------
    VenueExists, and what ``words.checked`` raises
    """
    locked = Venue.objects.select_for_update(no_key=True).get(pk=venue.pk)
    for field, value in words.checked(Venue, {"name": name, "toilets": toilets}).items():
        setattr(locked, field, value)
    try:
        with transaction.atomic():
            locked.save(update_fields=["name", "toilets"])
    except IntegrityError as error:
        raise VenueExists from error
    search.index(roles=locked.roles.all())
    audit.record(actor=actor, action="venue.change", target=locked, now=now)
    return locked


@transaction.atomic
def move_pin(*, venue: Venue, lat: float, lng: float, now: dt.datetime, actor: User | None) -> Venue:
    """Put a venue to its exact place, within its town. The roles there count as changed: who can reach them has.

    Raises
    ------
    OutsideJapan, FarFromTown
    """
    locked = Venue.objects.select_for_update(no_key=True).get(pk=venue.pk)
    lat, lng = point_of(locked.town, lat, lng)
    if locked.town.lat is not None and locked.town.lng is not None:
        away_km = math.hypot(*apart_km(locked.town.lat, locked.town.lng, lat, lng))
        if away_km > FURTHEST_FROM_TOWN_KM:
            raise FarFromTown
    locked.lat, locked.lng, locked.found_by = lat, lng, FoundBy.PIN
    locked.save(update_fields=["lat", "lng", "found_by"])
    locked.roles.update(changed_at=now)
    audit.record(actor=actor, action=MOVED, target=locked, now=now)
    return locked


def was_moved(venue: Venue, *, since: dt.datetime) -> bool:
    return audit.trail(target=venue).filter(action=MOVED, at__gte=since).exists()


def moved(lat: float, lng: float, *, north_m: float, east_m: float) -> tuple[float, float]:
    """Return the point so many metres further."""
    km_per_degree_east = KM_PER_DEGREE * math.cos(math.radians(lat))
    return lat + north_m / 1000 / KM_PER_DEGREE, lng + east_m / 1000 / km_per_degree_east
