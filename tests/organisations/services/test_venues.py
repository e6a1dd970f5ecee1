"""A venue of one's own is called otherwise, or put to its exact place."""

from __future__ import annotations

import datetime as dt

import pytest
from geopy.distance import great_circle

from organisations.models import Rewording
from organisations.models.place import FoundBy
from organisations.models.role import RoleStatus
from organisations.services import places, rereading, venues
from organisations.services.roles import rewordings
from tests.factories import NOW, DeskMembershipFactory, RoleFactory, VenueFactory

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


def test_a_coordinator_reads_afterwards_where_a_public_role_went():
    role, draft = RoleFactory(), RoleFactory(status=RoleStatus.DRAFT)
    venue, desk = role.venue, DeskMembershipFactory(desk__towns=[role.venue.town]).user
    was = venue.name
    venues.change(venue=venue, name="裏山", toilets="", now=NOW, actor=None)
    venues.move_pin(venue=venue, lat=venue.lat + 0.001, lng=venue.lng, now=NOW, actor=None)
    venues.move_pin(venue=draft.venue, lat=venue.lat, lng=venue.lng, now=NOW, actor=None)
    name, pin = rewordings.in_words(rereading.to_read(desk).get())
    assert (name.before, name.after) == (was, "裏山")
    assert pin.after.endswith("(前の位置から北へ111m)")
    assert pin.after.startswith(f"{venue.town.name}のまん中から")
    role.refresh_from_db()
    assert role.place_changed_at == NOW
    venues.move_pin(venue=venue, lat=venue.lat, lng=venue.lng, now=NOW, actor=None)
    venues.change(venue=venue, name=was, toilets="", now=NOW, actor=None)
    assert not Rewording.objects.exists()


def test_from_the_middle_of_a_house_to_its_door_nobody_who_comes_is_told():
    role = RoleFactory()
    venues.change(venue=role.venue, name=role.venue.name, toilets="あります", now=NOW, actor=None)
    assert not Rewording.objects.exists()
    for step in (1, 2):
        venues.move_pin(venue=role.venue, lat=role.venue.lat + 0.0002 * step, lng=role.venue.lng, now=NOW, actor=None)
        role.refresh_from_db()
        # Small steps add up.
        assert (role.place_changed_at is not None) == (step == 2)
    assert Rewording.objects.count() == 1


def test_what_two_people_found_good_for_children_is_no_other_place_by_a_new_name():
    role = RoleFactory(is_with_children=True)
    venue = role.venue
    with pytest.raises(venues.UsedWithChildren):
        venues.change(venue=venue, name="裏山", toilets="", now=NOW, actor=None)
    with pytest.raises(venues.UsedWithChildren):
        venues.move_pin(venue=venue, lat=venue.lat + 0.0001, lng=venue.lng, now=NOW, actor=None)
    assert venues.change(venue=venue, name=venue.name, toilets="あります", now=NOW, actor=None).toilets == "あります"
