"""Where things take place: venues with a point inside Japan."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import audit
from accounts.services.errors import DomainError
from organisations.models import Organisation, Town, Venue
from organisations.models.place import JAPAN_LAT, JAPAN_LNG, FoundBy
from organisations.services import words


class OutsideJapan(DomainError):
    code = "outside_japan"
    message = _("会場の位置が日本の外になっています。緯度と経度が入れかわっていないか、確かめてください。")


class TownWithoutPoint(DomainError):
    code = "town_without_point"
    message = _(
        "この町はまだ地図の位置がわからないため、えらべません。となりの町をえらぶか、相談窓口にお知らせください。"
    )


class VenueExists(DomainError):
    code = "venue_exists"
    message = _("同じ名前の会場がもうあります。一覧からその会場をえらぶか、別の名前にしてください。")


def check_has_point(town: Town) -> None:
    """Refuse a town that nobody could measure a distance from.

    Raises
    ------
    TownWithoutPoint
    """
    if not town.has_point:
        raise TownWithoutPoint


@transaction.atomic
def add_venue(
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


def point_of(town: Town, lat: float | None, lng: float | None) -> tuple[float, float]:
    """Return the point given, else the town's.

    Raises
    ------
    OutsideJapan, TownWithoutPoint
    """
    if lat is None and lng is None:
        lat, lng = town.lat, town.lng
        if lat is None or lng is None:
            raise TownWithoutPoint
    if lat is None or lng is None:
        raise OutsideJapan
    if not (JAPAN_LAT[0] <= lat <= JAPAN_LAT[1] and JAPAN_LNG[0] <= lng <= JAPAN_LNG[1]):  # also NaN
        raise OutsideJapan
    return lat, lng
