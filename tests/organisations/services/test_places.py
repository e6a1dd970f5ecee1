"""Venues lie inside Japan; a town without a point cannot be measured from."""

from __future__ import annotations

import math

import pytest

from accounts.models import AuditEntry
from organisations.models import Venue
from organisations.models.place import FoundBy
from organisations.services import places, words
from tests.factories import NOW, OrganisationFactory, TownFactory, UserFactory

pytestmark = pytest.mark.django_db


def add(**more):
    given = {"organisation": OrganisationFactory(), "name": "白根地区センター", "town": TownFactory(), **more}
    return places.add_venue(now=NOW, actor=None, **given)


def test_without_a_point_of_its_own_a_venue_lies_at_the_towns():
    venue = add(town=TownFactory(lat=35.48, lng=139.54))
    assert (venue.lat, venue.lng) == (35.48, 139.54)


def test_a_point_of_its_own_wins_and_the_deed_is_recorded():
    actor = UserFactory()
    venue = places.add_venue(
        organisation=OrganisationFactory(),
        name="集会所",
        town=TownFactory(lat=None, lng=None),
        now=NOW,
        actor=actor,
        lat=35.5,
        lng=139.5,
        address="1-2-3",
    )
    assert (venue.lat, venue.lng, venue.address) == (35.5, 139.5, "1-2-3")
    assert AuditEntry.objects.get(action="venue.add").actor == actor


@pytest.mark.parametrize(
    ("lat", "lng"),
    [
        (139.5, 35.5),
        (0, 0),
        (35.5, None),
        (None, 139.5),
        (math.nan, 139.5),
        (35.5, math.inf),
        (51.5, 139.5),
        (35.5, -139.5),
    ],
)
def test_outside_japan_is_refused(lat, lng):
    with pytest.raises(places.OutsideJapan, match="緯度と経度"):
        add(lat=lat, lng=lng)
    assert not Venue.objects.exists()


def test_a_town_without_a_point_is_refused():
    with pytest.raises(places.TownWithoutPoint):
        add(town=TownFactory(lat=None, lng=None))


def test_the_same_name_twice_is_refused_within_one_organisation():
    organisation = OrganisationFactory()
    add(organisation=organisation)
    with pytest.raises(places.VenueExists):
        add(organisation=organisation)
    add()


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"name": " "}, words.TextMissing),
        ({"name": "あ" * 81}, words.TextTooLong),
        ({"address": "\x00"}, words.UnreadableText),
    ],
)
def test_bad_texts_are_refused(more, error):
    with pytest.raises(error):
        add(**more)


def test_a_venue_says_how_it_was_found_and_about_its_toilets():
    venue = add(toilets="車いす用があります", found_by=FoundBy.ADDRESS)
    assert (venue.toilets, venue.found_by) == ("車いす用があります", FoundBy.ADDRESS)
