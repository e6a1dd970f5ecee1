"""Roles are found by word, place, activity and day, each once, in few queries."""

from __future__ import annotations

import datetime as dt

import pytest
from geopy.distance import great_circle

from organisations.models.organisation import Approval
from organisations.models.role import RoleStatus
from organisations.services import search, words
from organisations.services.places.points import TownWithoutPoint
from organisations.services.times.hours import Hours
from tests.factories import (
    NOW,
    AccessFeatureFactory,
    ActivityFactory,
    RoleFactory,
    SkillFactory,
    SlotFactory,
    TownFactory,
    VenueFactory,
    at,
)

pytestmark = pytest.mark.django_db


def role(*, slot=None, **fields):
    made = RoleFactory(**fields)
    SlotFactory(role=made, **(slot or {}))
    return made


def find(**more):
    return list(search.find(now=NOW, **more))


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("", True),
        ("花だん", True),
        ("花だん 水", True),
        ("水　花だん", True),
        ("花だん ねこ", False),
        ("つるヶみね公園", True),
        ("つるがみね公園", True),
        ("ｇａｒｄｅｎｉｎｇ", True),
        ("園芸", True),
        ("ガーデン仕事", True),
        ("自然", True),
        ("パソコン", True),
        ("%", False),
        ("_", False),
        ("花_ん", False),
        ("\\", False),
        ("'; drop table", False),
    ],
)
def test_every_word_must_occur_somewhere(text, is_found):
    parent = ActivityFactory(ja="自然", en="Nature")
    activity = ActivityFactory(ja="園芸", en="Gardening", synonyms=["ガーデン仕事"], parent=parent)
    found = role(
        title="花だんの水やり",
        venue=VenueFactory(name="つるケみね公園"),
        activities=[activity],
        skills=[SkillFactory(ja="パソコン")],
    )
    assert find(text=text) == ([found] if is_found else [])


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("あ" * 101, words.TextTooLong),
        ("あ" * 5_000_000, words.TextTooLong),
        ("\x00", words.UnreadableText),
        ("\ud800", words.UnreadableText),
    ],
)
def test_words_that_cannot_be_looked_for_are_refused(text, error):
    with pytest.raises(error):
        find(text=text)


def test_only_what_can_be_joined_comes_unless_all_is_asked_for():
    open_role = role()
    full = role(slot={"taken": 3}, status=RoleStatus.FILLED)
    over = role(slot={"starts_at": at(-3, 9)}, status=RoleStatus.CLOSED)
    role(slot={"starts_at": at(-3, 9)})
    role(status=RoleStatus.DRAFT)
    role(organisation__approval=Approval.WAITING)
    assert find() == [open_role]
    assert set(find(open_only=False)) > {open_role, full, over}
    assert len(find(open_only=False)) == 4


def test_the_next_one_comes_first_and_says_when_and_how_many():
    later = role(slot={"starts_at": at(9, 9)})
    sooner = role(slot={"starts_at": at(8, 9), "capacity": 5, "taken": 1})
    SlotFactory(role=sooner, starts_at=at(2, 9), taken=3)
    SlotFactory(role=sooner, starts_at=at(3, 9), cancelled_at=NOW)
    SlotFactory(role=sooner, starts_at=at(20, 9), capacity=2)
    found = find()
    assert found == [sooner, later]
    assert [(one.next_starts_at, one.places_left_total) for one in found] == [(at(8, 9), 6), (at(9, 9), 3)]


def test_a_role_with_many_slots_and_activities_comes_once():
    parent = ActivityFactory()
    children = ActivityFactory.create_batch(3, parent=parent)
    one = role(activities=[parent, *children])
    SlotFactory.create_batch(3, role=one, starts_at=at(7, 9))
    assert find(activity=parent) == [one]


def test_an_activity_includes_everything_under_it():
    top = ActivityFactory()
    middle = ActivityFactory(parent=top)
    leaf = ActivityFactory(parent=middle)
    deep, other = role(activities=[leaf]), role(activities=[ActivityFactory()])
    assert find(activity=top) == find(activity=middle) == find(activity=leaf) == [deep]
    assert other not in find(activity=top)


@pytest.mark.parametrize(
    ("from_on", "until_on", "is_found"),
    [
        (None, None, True),
        (dt.date(2027, 3, 6), dt.date(2027, 3, 6), True),
        (dt.date(2027, 3, 7), None, False),
        (None, dt.date(2027, 3, 5), False),
        (dt.date(2027, 3, 1), dt.date(2027, 3, 31), True),
        (dt.date.min, dt.date.max, True),
        (dt.date(2027, 3, 31), dt.date(2027, 3, 1), False),
    ],
)
def test_days_are_days_in_japan(from_on, until_on, is_found):
    early = role(slot={"starts_at": at(5, 0), "ends_at": at(5, 1)})
    late = role(slot={"starts_at": at(5, 22), "ends_at": at(6, 0)})
    assert find(hours=Hours(from_on, until_on)) == ([early, late] if is_found else [])


def test_a_window_is_found_on_each_of_its_days():
    window = role(slot={"starts_at": at(1, 9), "ends_at": at(12, 17), "minutes": 30})
    assert find(hours=Hours(dt.date(2027, 3, 8), dt.date(2027, 3, 8))) == [window]


def test_a_town_alone_means_venues_in_it():
    town = TownFactory()
    here = role(venue=VenueFactory(town=town))
    role()
    role(is_online=True, venue=None)
    assert find(town=town) == [here]


def test_within_a_distance_agrees_with_geopy():
    town = TownFactory(lat=35.4745, lng=139.545)
    steps = [0.001, -0.004, 0.02, -0.06, 0.3]
    made = [role(venue=VenueFactory(lat=town.lat + north, lng=town.lng + east)) for north in steps for east in steps]
    km = {one: great_circle((town.lat, town.lng), (one.venue.lat, one.venue.lng), radius=6371.0).km for one in made}
    for limit in (0.1, 0.3, 1.0, 2.5, 7.0, 40.0):
        found = find(town=town, within_km=limit)
        assert len(found) == len(set(found))
        assert set(found) == {one for one in made if km[one] <= limit}


def test_no_distance_comes_back():
    town = TownFactory()
    role(venue=VenueFactory(town=town))
    [found] = find(town=town, within_km=3)
    assert not [name for name in vars(found) if "km" in name or "distance" in name]


def test_around_a_town_without_a_point_nothing_can_be_measured():
    with pytest.raises(TownWithoutPoint):
        find(town=TownFactory(lat=None, lng=None), within_km=2)


def test_from_home_or_not():
    home, there = role(is_online=True, venue=None), role()
    assert find(online=True) == find(online=True, town=TownFactory()) == [home]
    assert find(online=False) == [there]
    assert set(find()) == {home, there}


def test_access_must_be_known_to_be_there():
    ramp, quiet = AccessFeatureFactory(is_about_place=True), AccessFeatureFactory()
    both, one = role(access=[ramp, quiet]), role(access=[ramp])
    role()
    home = role(is_online=True, venue=None, access=[quiet])
    assert set(find(access=[ramp])) == {both, one, home}
    assert set(find(access=[ramp, quiet])) == {both, home}


def test_a_list_needs_few_queries_however_long(django_assert_max_num_queries):
    for _n in range(5):
        role(activities=ActivityFactory.create_batch(2), access=[AccessFeatureFactory()])
    with django_assert_max_num_queries(5):
        for one in search.find(now=NOW, text="花", town=TownFactory.build(pk=1), within_km=None, online=None):
            pytest.fail(f"{one} is not there")
    with django_assert_max_num_queries(4):
        for one in search.find(now=NOW, text="花"):
            assert one.organisation.name
            assert one.venue.town.name
            assert [part.activity.label for part in one.role_activities.all()]
            assert [part.label for part in one.activities.all()]
            assert [part.label for part in one.access.all()]


def test_writing_the_words_anew_takes_few_queries(django_assert_max_num_queries):
    from_many = [role(activities=[ActivityFactory()]) for _n in range(4)]
    queryset = type(from_many[0]).objects.all()
    queryset.update(search_text="")
    with django_assert_max_num_queries(8):
        assert search.index(roles=queryset) == 4
    assert len(find(text="花だん")) == 4


def test_evenings_are_those_of_working_days():
    late = role(slot={"starts_at": at(4, 17)})  # Friday
    role(slot={"starts_at": at(4, 16)})
    role(slot={"starts_at": at(5, 18)})  # Saturday
    window = role(slot={"starts_at": at(8, 9), "ends_at": at(12, 9), "minutes": 30})
    role(slot={"starts_at": at(9, 9), "ends_at": at(9, 17), "minutes": 30})
    assert find(hours=Hours(is_weekday_evening=True)) == [late, window]


@pytest.mark.parametrize(("most", "is_found"), [(59, False), (60, True), (90, True)])
def test_short_ones_take_no_longer_than_asked(most, is_found):
    fixed = role(slot={"starts_at": at(5, 9), "ends_at": at(5, 10)})
    window = role(slot={"starts_at": at(6, 9), "ends_at": at(8, 9), "minutes": 60})
    assert find(hours=Hours(at_most_min=most)) == ([fixed, window] if is_found else [])


@pytest.mark.parametrize(("min_age", "is_found"), [(0, True), (15, True), (16, False)])
def test_junior_roles_take_somebody_of_15(min_age, is_found):
    found = role(min_age=min_age)
    assert find(junior=True) == ([found] if is_found else [])


def test_fields_that_one_can_join_something_in_come_by_their_number_of_roles():
    green, care, _idle = ActivityFactory.create_batch(3)
    flowers, trees = ActivityFactory.create_batch(2, parent=green)
    role(activities=[care])
    role(activities=[flowers, trees])
    role(activities=[flowers])
    RoleFactory.create_batch(5, activities=[care])  # without a slot
    role(activities=[care], slot={"taken": 3})
    assert list(search.fields_with_roles(now=NOW, at_most=8)) == [green, care]
    assert list(search.fields_with_roles(now=NOW, at_most=1)) == [green]
