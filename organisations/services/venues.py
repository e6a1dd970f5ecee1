"""A venue of one's own: added, called otherwise, or put to its exact place.

Where public roles take place there, a coordinator reads afterwards what changed, and who comes hears of it. Where one
of them is with children two people found that place good: another place is another venue, which they look at first.
"""

from __future__ import annotations

import datetime as dt
import math

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import audit
from accounts.services.errors import DomainError
from organisations.models import Organisation, Role, Town, Venue
from organisations.models.place import FoundBy
from organisations.models.role import PUBLISHED
from organisations.services import search, words
from organisations.services.places import place_changes
from organisations.services.places.geocoding import KM_PER_DEGREE, apart_km
from organisations.services.places.points import point_of
from organisations.services.roles import rewordings

FURTHEST_FROM_TOWN_KM = 3.0
MOVED = "venue.move_pin"


class VenueExists(DomainError):
    code = "venue_exists"
    message = _("同じ名前の会場がもうあります。一覧からその会場をえらぶか、別の名前にしてください。")


class FarFromTown(DomainError):
    code = "far_from_town"
    message = _("町から遠すぎます。ほかの町の会場なら、新しい会場として登録してください。")


class UsedWithChildren(DomainError):
    code = "venue_used_with_children"
    message = _(
        "子どもとかかわる公開中の募集が、この会場を使っています。場所を変えるときは、新しい会場として登録してください。"
        "コーディネーターがふたりで確かめると、変わります。"
    )


@transaction.atomic
def add(
    *,
    organisation: Organisation,
    name: str,
    town: Town,
    now: dt.datetime,
    actor: User | None,
    lat: float | None = None,
    lng: float | None = None,
    address: str = "",
    toilets: str = "",
    found_by: str = FoundBy.TOWN,
) -> Venue:
    """Keep a public place; without a point of its own it lies at the town's.

    Raises
    ------
    OutsideJapan, TownWithoutPoint, VenueExists, and what ``words.checked`` raises
    """
    texts = words.checked(Venue, {"name": name, "address": address, "toilets": toilets, "found_by": found_by})
    lat, lng = point_of(town, lat, lng)
    try:
        with transaction.atomic():
            venue = Venue.objects.create(organisation=organisation, town=town, lat=lat, lng=lng, **texts)
    except IntegrityError as error:
        raise VenueExists from error
    audit.record(actor=actor, action="venue.add", target=venue, now=now)
    return venue


@transaction.atomic
def change(*, venue: Venue, name: str, toilets: str, now: dt.datetime, actor: User | None) -> Venue:
    """Change what a venue is called and what is said about it; where it lies stays.

    Raises
    ------
    VenueExists, UsedWithChildren, and what ``words.checked`` raises
    """
    locked = _lock(venue)
    was = place_changes.of(locked)
    for field, value in words.checked(Venue, {"name": name, "toilets": toilets}).items():
        setattr(locked, field, value)
    _save(locked, "name", "toilets")
    _follow(locked, was, now, actor)
    search.index(roles=locked.roles.all())
    audit.record(actor=actor, action="venue.change", target=locked, now=now)
    return locked


@transaction.atomic
def move_pin(*, venue: Venue, lat: float, lng: float, now: dt.datetime, actor: User | None) -> Venue:
    """Put a venue to its exact place, within its town. The roles there count as changed: who can reach them has.

    Raises
    ------
    OutsideJapan, FarFromTown, UsedWithChildren
    """
    locked = _lock(venue)
    was = place_changes.of(locked)
    lat, lng = point_of(locked.town, lat, lng)
    if locked.town.lat is not None and locked.town.lng is not None:
        away_km = math.hypot(*apart_km(locked.town.lat, locked.town.lng, lat, lng))
        if away_km > FURTHEST_FROM_TOWN_KM:
            raise FarFromTown
    locked.lat, locked.lng, locked.found_by = lat, lng, FoundBy.PIN
    locked.save(update_fields=["lat", "lng", "found_by"])
    _follow(locked, was, now, actor)
    audit.record(actor=actor, action=MOVED, target=locked, now=now)
    return locked


@transaction.atomic
def put_back(*, place: place_changes.Place, now: dt.datetime, actor: User | None) -> None:
    """Let a venue be called and lie as it was in *place*, which a coordinator had found good.

    Raises
    ------
    VenueExists where another one is called so by now; UsedWithChildren
    """
    locked = _lock(Venue(pk=place["venue_id"]))
    was = place_changes.of(locked)
    fields = ("name", "lat", "lng", "found_by")
    for field in fields:
        setattr(locked, field, place[field])
    _save(locked, *fields)
    _follow(locked, was, now, actor)
    search.index(roles=locked.roles.all())
    audit.record(actor=actor, action="venue.put_back", target=locked, now=now)


def is_kept(venue: Venue) -> bool:
    """Whether its name and pin stay as they are, because two people found them good for what is with children."""
    return venue.roles.filter(status__in=PUBLISHED, is_with_children=True).exists()


def is_in_use(venue: Venue) -> bool:
    """Whether a public role takes place there."""
    return venue.roles.filter(status__in=PUBLISHED).exists()


def was_moved(venue: Venue, *, since: dt.datetime) -> bool:
    return audit.trail(target=venue).filter(action=MOVED, at__gte=since).exists()


def moved(lat: float, lng: float, *, north_m: float, east_m: float) -> tuple[float, float]:
    """Return the point so many metres further."""
    km_per_degree_east = KM_PER_DEGREE * math.cos(math.radians(lat))
    return lat + north_m / 1000 / KM_PER_DEGREE, lng + east_m / 1000 / km_per_degree_east


def _lock(venue: Venue) -> Venue:
    return Venue.objects.select_for_update(no_key=True).get(pk=venue.pk)


def _save(venue: Venue, *fields: str) -> None:
    try:
        with transaction.atomic():
            venue.save(update_fields=fields)
    except IntegrityError as error:
        raise VenueExists from error


def _follow(venue: Venue, was: place_changes.Place, now: dt.datetime, actor: User | None) -> None:
    """Let the roles at *venue*, which is held, count as changed where it is another place than it *was*."""
    is_now = place_changes.of(venue)
    if place_changes.is_the_same(was, is_now):
        return
    if is_kept(venue):
        raise UsedWithChildren
    venue.roles.update(changed_at=now)
    public = Role.objects.select_for_update(no_key=True).filter(venue=venue, status__in=PUBLISHED)
    for role in public.order_by("pk"):
        good = rewordings.note_place(role=role, before=was, after=is_now, now=now, actor=actor)
        if place_changes.is_another(good, is_now) or place_changes.is_another(was, is_now):
            role.place_changed_at = now
            role.save(update_fields=["place_changed_at"])
