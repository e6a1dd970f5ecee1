"""A venue of one's own lies inside Japan, is called otherwise, or put to its exact place."""

from __future__ import annotations

import datetime as dt
import math

import pytest
from geopy.distance import great_circle

from accounts.models import AuditEntry
from organisations.models import Rewording, Venue
from organisations.models.place import FoundBy
from organisations.models.role import RoleStatus
from organisations.services import venues, words
from organisations.services.places import points
from organisations.services.reviewing import rereading
from organisations.services.roles import rewordings
from tests.factories import (
    NOW,
    DeskMembershipFactory,
    OrganisationFactory,
    RoleFactory,
    TownFactory,
    UserFactory,
    VenueFactory,
)

pytestmark = pytest.mark.django_db


def add(**more):
    given = {"organisation": OrganisationFactory(), "name": "白根地区センター", "town": TownFactory(), **more}
    return venues.add(now=NOW, actor=None, **given)


def test_without_a_point_of_its_own_a_venue_lies_at_the_towns():
    venue = add(town=TownFactory(lat=35.48, lng=139.54))
    assert (venue.lat, venue.lng) == (35.48, 139.54)


def test_a_point_of_its_own_wins_and_the_deed_is_recorded():
    actor = UserFactory()
    venue = venues.add(
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
    with pytest.raises(points.OutsideJapan, match="緯度と経度"):
        add(lat=lat, lng=lng)
    assert not Venue.objects.exists()


def test_a_town_without_a_point_is_refused():
    with pytest.raises(points.TownWithoutPoint):
        add(town=TownFactory(lat=None, lng=None))


def test_the_same_name_twice_is_refused_within_one_organisation():
    organisation = OrganisationFactory()
    add(organisation=organisation)
    with pytest.raises(venues.VenueExists):
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


def test_roles_are_found_by_the_new_name_of_their_venue():
    role = RoleFactory()
    changed = venues.change(venue=role.venue, name="新しい集会所", toilets="あります", now=NOW, actor=None)
    role.refresh_from_db()
    assert (changed.name, changed.toilets) == ("新しい集会所", "あります")
    assert "新しい集会所" in role.search_text


def test_a_venue_is_not_called_as_another_of_its_organisation():
    venue = VenueFactory()
    other = VenueFactory(organisation=venue.organisation)
    with pytest.raises(venues.VenueExists):
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
        (48.0, 139.5, points.OutsideJapan),
        (float("nan"), 139.5, points.OutsideJapan),
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


def test_what_two_people_reviewing_for_children_is_no_other_place_by_a_new_name():
    role = RoleFactory(is_with_children=True)
    venue = role.venue
    with pytest.raises(venues.UsedWithChildren):
        venues.change(venue=venue, name="裏山", toilets="", now=NOW, actor=None)
    with pytest.raises(venues.UsedWithChildren):
        venues.move_pin(venue=venue, lat=venue.lat + 0.0001, lng=venue.lng, now=NOW, actor=None)
    assert venues.change(venue=venue, name=venue.name, toilets="あります", now=NOW, actor=None).toilets == "あります"
