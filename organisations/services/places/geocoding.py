"""From an address to a point, by whichever geocoder of geopy's kind the setting ``GEOCODER`` names.

The default one asks nobody: it reads our own table of towns. Any class of ``geopy.geocoders`` can stand in its place.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from geopy.exc import GeopyError
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location

from accounts.services.errors import DomainError
from organisations.models import Town
from organisations.services import words

LONGEST = 200
NEAR_KM = 5.0
KM_PER_DEGREE = 111.2
_KANJI = {kanji: number for number, kanji in enumerate("〇一二三四五六七八九")}
_CHOME = re.compile(r"([〇一二三四五六七八九十]+|\d+)丁目")
_DASH = re.compile(r"(?<=\d)(?:[-‐‑‒–—―−ーの]|番地?|号)(?=\d)")
_POSTCODE = re.compile(r"^〒?\d{3}-?\d{4}")
# A prefecture and a city, as far as they are written before the ward or the town.
_BEFORE = re.compile(r"^(?:東京都|北海道|京都府|大阪府|\D{2,3}県)?(?:\D{1,6}?市)?")


class AddressUnknown(DomainError):
    code = "address_unknown"
    message = _(
        "この住所は見つかりませんでした。町の名前と番地を「見本町1丁目4-12」のように入れるか、下で町をえらんでください。"
    )


class GeocoderSilent(DomainError):
    code = "geocoder_silent"
    message = _("いま、住所から場所をさがせません。下で町をえらんでください。位置はあとで直せます。")


@dataclass(frozen=True)
class Place:
    """A point in degrees, the town it lies in, and what of the address comes after the town's name."""

    town: Town
    lat: float
    lng: float
    rest: str


class TownTable(Geocoder):  # type: ignore[misc]
    """Finds the representative point of the town that an address names, without asking anybody."""

    def geocode(self, query: str, *, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL) -> Any:  # noqa: ARG002  geopy's
        """Return the location of the town, a list of all that it may be, or None.

        With *exactly_one* an address that fits several towns is none: guessing would send people to the wrong place.
        """
        found = [_location(town) for town, _rest in _named(query)]
        if exactly_one:
            return found[0] if len(found) == 1 else None
        return found or None


def find(address: str) -> Place:
    """Return where *address* is.

    Raises
    ------
    AddressUnknown, GeocoderSilent, TextTooLong, UnreadableText
    """
    text = words.readable(address, at_most=LONGEST, field=_("住所"))
    try:
        location = import_string(settings.GEOCODER)(**settings.GEOCODER_OPTIONS).geocode(text)
    except GeopyError as error:
        raise GeocoderSilent from error
    if location is None:
        raise AddressUnknown
    named = _named(text)
    town, rest = named[0] if len(named) == 1 else (_nearest(location.latitude, location.longitude), text)
    return Place(town, location.latitude, location.longitude, rest)


def apart_km(lat: float, lng: float, other_lat: float, other_lng: float) -> tuple[float, float]:
    """Return how far the other point lies to the north and to the east, in km; good to a few metres in a ward."""
    north = (other_lat - lat) * KM_PER_DEGREE
    return north, (other_lng - lng) * KM_PER_DEGREE * math.cos(math.radians(lat))


def _location(town: Town) -> Location:
    return Location(f"{town.ward}{town.name}", (town.lat, town.lng), {"town": town.pk})


def _nearest(lat: float, lng: float) -> Town:
    """Return the town of the nearest point; what lies outside the towns we know is not known."""
    far = {town: math.hypot(*apart_km(lat, lng, town.lat or 0.0, town.lng or 0.0)) for town in _towns()}
    town = min(far, key=lambda one: far[one], default=None)
    if town is None or far[town] > NEAR_KM:
        raise AddressUnknown
    return town


def _towns() -> list[Town]:
    return list(Town.objects.with_point().order_by("pk"))


def _named(address: str) -> list[tuple[Town, str]]:
    """Return the towns whose name *address* begins with, the longest name only, and what follows it."""
    plain = _plain(address)
    found: list[tuple[int, Town, str]] = []
    for town in _towns():
        ward, name = words.fold(town.ward), words.fold(_plain(town.name))
        for text in _beginnings(plain, ward):
            if words.fold(text).startswith(name):
                found.append((len(name), town, text[len(name) :].strip("-")))
                break
    longest = max((length for length, _town, _rest in found), default=0)
    return [(town, rest) for length, town, rest in found if length == longest]


def _beginnings(plain: str, ward: str) -> list[str]:
    """Return *plain* after the ward, where it names one, else as it is and without prefecture and city."""
    _before, in_ward, after = plain.partition(ward)
    if in_ward:
        return [after]
    without = _BEFORE.sub("", plain)
    return [without, plain] if not re.match(r"\D{1,3}区", without) else []


def _plain(address: str) -> str:
    """Return one way of writing it: no spaces, digits for the number of the 丁目, dashes between numbers."""
    text = "".join(unicodedata.normalize("NFKC", address).split())
    text = _CHOME.sub(lambda found: f"{_number(found[1])}-", _POSTCODE.sub("", text))
    text = _DASH.sub("-", text)
    return f"{text}-" if text[-1:].isdigit() else text


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    return (10 * _KANJI.get(tens, 1) if ten else 0) + _KANJI.get(ones, 0)
