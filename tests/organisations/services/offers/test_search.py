"""Offers are found by word, kind, activity, place, time and step-free access."""

from __future__ import annotations

import pytest

from organisations.models import Offer
from organisations.models.offer import Help
from organisations.services.offers import search
from organisations.services.offers.search import Wanted
from tests.factories import AccessFeatureFactory, ActivityFactory, OfferFactory, TownFactory

pytestmark = pytest.mark.django_db
# One degree of latitude is about 111 km.
KM = 1 / 111.2


def found(**wanted):
    return set(search.narrow(Offer.objects.all(), Wanted(**wanted)))


@pytest.fixture
def town():
    return TownFactory(name="白根一丁目")


def away(town, km, **more):
    return OfferFactory(town=TownFactory(lat=town.lat + km * KM, lng=town.lng), **more)


def test_by_every_word_that_is_typed():
    offer, other = OfferFactory(title="交流室", summary="机があります"), OfferFactory(title="調理室", summary="机")
    search.index(offers=Offer.objects.all())
    assert found(text="交流室 机") == {offer}
    assert found(text="机") == {offer, other}
    assert found(text="100%") == set()


def test_by_kind():
    room, van = OfferFactory(), OfferFactory(kind=Help.VEHICLE, vehicle_checked_at="2027-03-01T10:00+09:00")
    assert found(kind=Help.VEHICLE) == {van}
    assert found() == {room, van}


def test_by_activity_and_what_lies_under_it_and_what_names_none():
    field = ActivityFactory()
    garden = OfferFactory(activities=[ActivityFactory(parent=field)])
    anything, _music = OfferFactory(), OfferFactory(activities=[ActivityFactory()])
    assert found(activity=field) == {garden, anything}


def test_by_rough_time_and_what_names_none():
    saturday, any_time, _monday = OfferFactory(when=["sat-am"]), OfferFactory(), OfferFactory(when=["mon-am"])
    assert found(when=["sat-am", "sun-am"]) == {saturday, any_time}


def test_step_free_only_where_it_is_said_to_be():
    ramp, toilet = AccessFeatureFactory(), AccessFeatureFactory()
    both, one = OfferFactory(), OfferFactory()
    both.access.set([ramp, toilet])
    one.access.set([ramp])
    assert found(access=[ramp]) == {both, one}
    assert found(access=[ramp, toilet]) == {both}


def test_a_room_is_near_and_what_moves_reaches_the_town(town):
    here, near = OfferFactory(town=town), away(town, 1.5)
    _far, reaching = away(town, 3), away(town, 3, kind=Help.PEOPLE, within_km=4)
    _short, everywhere = away(town, 3, kind=Help.PEOPLE, within_km=2), away(town, 30, kind=Help.KNOW_HOW)
    assert found(town=town) == {here, near, reaching, everywhere}


def test_a_town_without_a_point_has_its_own_rooms_and_what_goes_everywhere():
    town = TownFactory(lat=None, lng=None)
    here, everywhere = OfferFactory(town=town), OfferFactory(kind=Help.GOODS)
    OfferFactory(), OfferFactory(kind=Help.PEOPLE, within_km=3)
    assert found(town=town) == {here, everywhere}
