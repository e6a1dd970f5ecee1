from __future__ import annotations

import hashlib
from typing import Any

import pytest
from icalendar import Calendar
from pytest_django import DjangoAssertNumQueries, Settings

from notifications.models import ActionLink
from notifications.services import links
from notifications.services.links import LinkUnknown
from organisations.models import Slot
from tests.factories import NOW, ApplicationFactory, PlacementFactory, SlotFactory, UserFactory, VolunteerFactory, at
from volunteers.models import Volunteer
from volunteers.services.calendar import calendar_feed
from volunteers.services.taking_part import placements

pytestmark = pytest.mark.django_db


@pytest.fixture
def volunteer() -> Volunteer:
    return VolunteerFactory()


def events(volunteer: Volunteer) -> list[Any]:
    token = calendar_feed.begin(volunteer=volunteer, now=NOW)
    return list(Calendar.from_ical(calendar_feed.read(token=token, now=NOW)).events)


def states(volunteer: Volunteer) -> list[tuple[str, int]]:
    return [(str(event["STATUS"]), event["SEQUENCE"]) for event in events(volunteer)]


def test_a_place_is_an_entry_with_what_everybody_may_know(volunteer: Volunteer, settings: Settings) -> None:
    settings.SITE_URL = "https://yaritai.example"
    slot = SlotFactory(role__title="駅前の花だん")
    PlacementFactory(volunteer=volunteer, slot=slot)
    PlacementFactory(slot=slot, volunteer__user__name="ほかの人")
    PlacementFactory(slot__role__title="よその会")
    ApplicationFactory(volunteer=volunteer, slot=SlotFactory(role__title="返事まちの会"))
    [event] = events(volunteer)
    assert (str(event["UID"]), str(event["SUMMARY"])) == (f"slot-{slot.pk}@yaritai.example", "駅前の花だん")
    assert (event.start, event.end) == (slot.starts_at, slot.ends_at)
    assert slot.role.venue.name in event["LOCATION"]
    assert event["URL"] == f"https://yaritai.example/roles/{slot.role_id}/"
    text = event.to_ical().decode()
    for private in ("ほかの人", volunteer.user.email, volunteer.town.name):
        assert private not in text


def test_a_move_is_a_later_version_of_the_same(volunteer: Volunteer) -> None:
    placement = PlacementFactory(volunteer=volunteer)
    [before] = events(volunteer)
    Slot.objects.filter(pk=placement.slot_id).update(starts_at=at(6, 9), ends_at=at(6, 11), sequence=1)
    [after] = events(volunteer)
    assert after["UID"] == before["UID"]
    assert (after["SEQUENCE"], after.start) == (1, at(6, 9))


def test_each_step_back_and_forth_counts_up(volunteer: Volunteer) -> None:
    slot, seen = SlotFactory(), []
    for _time in range(2):
        placed = placements.place(volunteer=volunteer, slot=slot, now=NOW, actor=None)
        seen += states(volunteer)
        placements.cancel(placement=placed, now=NOW, actor=None)
        seen += states(volunteer)
    assert seen == [("CONFIRMED", 0), ("CANCELLED", 1), ("CONFIRMED", 2), ("CANCELLED", 3)]


def test_what_the_organisation_calls_off_says_so(volunteer: Volunteer) -> None:
    placed = placements.place(volunteer=volunteer, slot=SlotFactory(), now=NOW, actor=None)
    placements.cancel_slot(slot=placed.slot, now=NOW, actor=None)
    assert states(volunteer) == [("CANCELLED", 1)]


def test_what_is_long_over_leaves_the_calendar(volunteer: Volunteer) -> None:
    for days in (-90, -30):
        PlacementFactory(volunteer=volunteer, slot=SlotFactory(starts_at=at(days, 9)))
    assert [event.start for event in events(volunteer)] == [at(-30, 9)]


def test_only_a_hash_of_the_address_is_kept(volunteer: Volunteer) -> None:
    token = calendar_feed.begin(volunteer=volunteer, now=NOW)
    assert len(token) >= 43
    link = ActionLink.objects.get()
    assert token not in str(vars(link))
    assert link.token_hash == hashlib.sha256(token.encode()).hexdigest()


def test_a_new_address_ends_the_one_before_and_stopping_ends_it(volunteer: Volunteer) -> None:
    first = calendar_feed.begin(volunteer=volunteer, now=NOW)
    second = calendar_feed.begin(volunteer=volunteer, now=NOW)
    assert calendar_feed.current(volunteer, now=NOW) is not None
    assert b"VCALENDAR" in calendar_feed.read(token=second, now=NOW)
    for _time in range(2):
        calendar_feed.stop(volunteer=volunteer, now=NOW)
    for token in (first, second):
        with pytest.raises(LinkUnknown):
            calendar_feed.read(token=token, now=NOW)
    assert calendar_feed.current(volunteer, now=NOW) is None


def test_other_peoples_addresses_and_other_links_stay(volunteer: Volunteer) -> None:
    others = calendar_feed.begin(volunteer=VolunteerFactory(), now=NOW)
    links.issue(user=volunteer.user, action="accept", target_id=1, now=NOW)
    calendar_feed.begin(volunteer=volunteer, now=NOW)
    calendar_feed.stop(volunteer=volunteer, now=NOW)
    assert b"VCALENDAR" in calendar_feed.read(token=others, now=NOW)
    assert ActionLink.objects.filter(user=volunteer.user).count() == 1


def test_all_that_is_wrong_with_an_address_is_the_same(volunteer: Volunteer) -> None:
    gone = VolunteerFactory()
    tokens = [
        "never-made",
        links.issue(user=volunteer.user, action="accept", target_id=volunteer.pk, now=NOW),
        links.issue(user=UserFactory(), action="calendar", target_id=1, now=NOW),
        calendar_feed.begin(volunteer=gone, now=NOW),
    ]
    gone.user.is_active = False
    gone.user.save()
    for token in tokens:
        with pytest.raises(LinkUnknown):
            calendar_feed.read(token=token, now=NOW)
    old = calendar_feed.begin(volunteer=volunteer, now=NOW)
    with pytest.raises(LinkUnknown):
        calendar_feed.read(token=old, now=at(731, 0))


def test_three_queries_however_many_places(
    volunteer: Volunteer, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for day in range(1, 9):
        PlacementFactory(volunteer=volunteer, slot=SlotFactory(starts_at=at(day, 9)))
    token = calendar_feed.begin(volunteer=volunteer, now=NOW)
    with django_assert_num_queries(3):
        assert calendar_feed.read(token=token, now=NOW).count(b"BEGIN:VEVENT") == 8
