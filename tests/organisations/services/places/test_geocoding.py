"""From an address to a town and its point, however it is written, and by any geocoder of geopy's kind."""

from __future__ import annotations

from typing import Any

import pytest
from geopy.exc import GeocoderTimedOut
from geopy.geocoders.base import Geocoder
from geopy.location import Location
from pytest_django import Settings

from organisations.models import Town
from organisations.services import words
from organisations.services.places import geocoding
from tests.factories import TownFactory

pytestmark = pytest.mark.django_db
TOWNS = {
    "鶴ケ峰一丁目": 35.475, "鶴ケ峰二丁目": 35.476, "金が谷": 35.470, "金が谷一丁目": 35.471, "市沢町": 35.461,
    "今宿町": 35.481, "今宿西町": 35.482, "若葉台十二丁目": 35.505,
}  # fmt: skip


@pytest.fixture(autouse=True)
def towns() -> dict[str, Town]:
    return {name: TownFactory(name=name, lat=lat) for name, lat in TOWNS.items()}


@pytest.mark.parametrize(
    ("address", "town", "rest"),
    [
        ("鶴ケ峰一丁目", "鶴ケ峰一丁目", ""),
        ("神奈川県横浜市旭区鶴ヶ峰1丁目4番12号", "鶴ケ峰一丁目", "4-12号"),
        ("〒241-0022 横浜市旭区 鶴が峰１－４－１２", "鶴ケ峰一丁目", "4-12"),
        ("旭区鶴ヶ峰２丁目 ふれあい館A棟", "鶴ケ峰二丁目", "ふれあい館A棟"),
        ("鶴ケ峰2の3", "鶴ケ峰二丁目", "3"),
        ("金ケ谷1-2", "金が谷一丁目", "2"),
        ("金が谷 643番地", "金が谷", "643番地"),
        ("横浜市旭区市沢町100", "市沢町", "100"),
        ("市沢町100", "市沢町", "100"),
        ("横浜市市沢町", "市沢町", ""),
        ("今宿西町293", "今宿西町", "293"),
        ("若葉台12-3", "若葉台十二丁目", "3"),
    ],
)
def test_a_town_is_found_however_it_is_written(towns: dict[str, Town], address: str, town: str, rest: str) -> None:
    found = geocoding.find(address)
    assert (found.town, found.rest) == (towns[town], rest)
    assert (found.lat, found.lng) == (TOWNS[town], towns[town].lng)


@pytest.mark.parametrize("address", ["", "鶴ケ峰", "鶴ケ峰11-4", "横浜市港北区市沢町1", "どこか", "丁目", "1-2-3"])
def test_what_is_not_known_is_not_guessed(address: str) -> None:
    with pytest.raises(geocoding.AddressUnknown, match="町をえらんで"):
        geocoding.find(address)


def test_two_towns_of_one_name_are_told_apart_by_their_ward() -> None:
    there = TownFactory(ward_code="14113", ward="緑区", name="市沢町", lat=35.51)
    assert geocoding.TownTable().geocode("市沢町1") is None
    assert len(geocoding.TownTable().geocode("市沢町1", exactly_one=False)) == 2
    assert geocoding.find("緑区市沢町1").town == there


def test_a_town_without_a_point_is_not_found() -> None:
    TownFactory(name="川井本町", lat=None, lng=None)
    with pytest.raises(geocoding.AddressUnknown):
        geocoding.find("川井本町1")


def test_what_nobody_can_read_is_refused() -> None:
    with pytest.raises(words.TextTooLong):
        geocoding.find("あ" * 201)
    with pytest.raises(words.UnreadableText):
        geocoding.find("鶴ケ峰\x00")


class Elsewhere(Geocoder):
    """One that knows every house, and says so of *lat*."""

    def __init__(self, *, lat: float, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.lat = lat

    def geocode(self, query: str, **_kwargs: Any) -> Any:
        if self.lat < 0:
            raise GeocoderTimedOut("late")
        return Location(query, (self.lat, 139.5491), {})


def use(settings: Settings, lat: float) -> None:
    settings.GEOCODER, settings.GEOCODER_OPTIONS = f"{__name__}.Elsewhere", {"lat": lat}


def test_the_setting_names_another_geocoder(settings: Settings, towns: dict[str, Town]) -> None:
    use(settings, 35.4611)
    found = geocoding.find("市沢小学校")
    assert (found.town, found.lat, found.rest) == (towns["市沢町"], 35.4611, "市沢小学校")
    assert geocoding.find("鶴ケ峰1-4").town == towns["鶴ケ峰一丁目"]
    use(settings, 36.9)
    with pytest.raises(geocoding.AddressUnknown):
        geocoding.find("市沢小学校")


def test_a_geocoder_that_does_not_answer_is_no_end_of_the_way(settings: Settings) -> None:
    use(settings, -1)
    with pytest.raises(geocoding.GeocoderSilent, match="町をえらんで"):
        geocoding.find("鶴ケ峰1-4")
