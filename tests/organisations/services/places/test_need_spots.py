"""Needs stand at the point of their town, or in the middle of their district."""

from __future__ import annotations

import pytest

from organisations.services.needs import finding
from organisations.services.places import need_spots
from tests.factories import NOW, DistrictFactory, NeedFactory, TownFactory

pytestmark = pytest.mark.django_db

TODAY = NOW.date()


def test_a_district_stands_in_the_middle_of_its_towns() -> None:
    district = DistrictFactory(name="鶴ケ峰地区")
    TownFactory(district=district, lat=35.46, lng=139.52)
    town = TownFactory(district=district, lat=35.48, lng=139.56)
    TownFactory(district=district, lat=None, lng=None)
    need, other = NeedFactory(town=None, district=district), NeedFactory(town=None, district=district)
    of_town = NeedFactory(town=town)
    NeedFactory(town=TownFactory(lat=None, lng=None))
    NeedFactory(town=None, district=DistrictFactory())
    spots = need_spots.of(finding.find(today=TODAY))
    assert [(spot.at.name, round(spot.at.lat, 3), round(spot.at.lng, 3), spot.rows) for spot in spots] == [
        ("鶴ケ峰地区", 35.47, 139.54, [need, other]),
        (town.name, 35.48, 139.56, [of_town]),
    ]
