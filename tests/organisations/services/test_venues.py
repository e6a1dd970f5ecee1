"""A venue of one's own is called otherwise, or put to its exact place."""

from __future__ import annotations

import datetime as dt

import pytest
from geopy.distance import great_circle

from organisations.models.place import FoundBy
from organisations.services import places, venues
from tests.factories import NOW, RoleFactory, VenueFactory

pytestmark = pytest.mark.django_db


def test_roles_are_found_by_the_new_name_of_their_venue():
    role = RoleFactory()
    changed = venues.change(venue=role.venue, name="新しい集会所", toilets="あります", now=NOW, actor=None)
    role.refresh_from_db()
    assert (changed.name, changed.toilets) == ("新しい集会所", "あります")
    assert "新しい集会所" in role.search_text


def test_a_venue_is_not_called_as_another_of_its_organisation():
    venue = VenueFactory()
    other = VenueFactory(organisation=venue.organisation)
    with pytest.raises(places.VenueExists):
        venues.change(venue=venue, name=other.name, toilets="", now=NOW, actor=None)


def test_a_pin_is_moved_by_metres_and_the_roles_there_count_as_changed():
    role = RoleFactory()
    venue, later = role.venue, NOW + dt.timedelta(hours=1)
    lat, lng = venues.moved(venue.lat, venue.lng, north_m=50, east_m=-200)
    assert great_circle((venue.lat, venue.lng), (lat, lng)).m == pytest.approx(206.2, abs=1)
    moved = venues.move_pin(venue=venue, lat=lat, lng=lng, now=later, actor=None)
    assert (moved.lat, moved.lng, moved.found_by) == (lat, lng, FoundBy.PIN)
    role.refresh_from_db()
    assert role.changed_at == later


@pytest.mark.parametrize(
    ("lat", "lng", "error"),
    [
        (35.6, 139.549, venues.FarFromTown),
        (48.0, 139.5, places.OutsideJapan),
        (float("nan"), 139.5, places.OutsideJapan),
    ],
)
def test_a_pin_stays_in_its_town(lat, lng, error):
    with pytest.raises(error):
        venues.move_pin(venue=VenueFactory(), lat=lat, lng=lng, now=NOW, actor=None)
