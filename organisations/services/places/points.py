"""Where things take place: a point inside Japan, one's own or the town's."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.services.errors import DomainError
from organisations.models import Town
from organisations.models.place import JAPAN_LAT, JAPAN_LNG


class OutsideJapan(DomainError):
    code = "outside_japan"
    message = _("会場の位置が日本の外になっています。緯度と経度が入れかわっていないか、確かめてください。")


class TownWithoutPoint(DomainError):
    code = "town_without_point"
    message = _(
        "この町はまだ地図の位置がわからないため、えらべません。となりの町をえらぶか、相談窓口にお知らせください。"
    )


def check_has_point(town: Town) -> None:
    """Refuse a town that nobody could measure a distance from.

    Raises
    ------
    TownWithoutPoint
    """
    if not town.has_point:
        raise TownWithoutPoint


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
