"""More people than places of a team at once, and the company gives them back at the same moment: none is lost."""

from __future__ import annotations

from threading import Barrier

import pytest
from django.db.models import Sum

from organisations.models import Hold, Slot
from organisations.services.teams import holds
from tests.factories import NOW, SlotFactory, TeamFactory, TownFactory, VolunteerFactory, at
from tests.together import together
from volunteers.models import Placement, Volunteer
from volunteers.services.taking_part import placements
from volunteers.services.teams import team_places
from volunteers.services.teams.team_places import TeamPlacesGone

pytestmark = pytest.mark.django_db(transaction=True)

STAFF, PLACES = 16, 5


@pytest.fixture
def staff() -> list[Volunteer]:
    made: list[Volunteer] = VolunteerFactory.create_batch(STAFF, town=TownFactory(), availability=None, contact=None)
    return made


@pytest.fixture
def kept() -> Hold:
    slot = SlotFactory(capacity=8, role__takes_groups=True)
    team = TeamFactory(size=PLACES)
    return team_places.hold(team=team, slot=slot, places=PLACES, until=at(3, 9), now=NOW, actor=None)


def join(person: Volunteer, hold: Hold) -> Placement:
    return team_places.join(volunteer=person, hold=hold, is_named=False, text="", now=NOW, actor=None)


def books(hold: Hold) -> tuple[int, int, int]:
    """What the slot says is taken, what its people have, what is still held."""
    coming = Placement.objects.active().filter(slot=hold.slot_id).aggregate(all=Sum("places"))["all"] or 0
    hold.refresh_from_db()
    return Slot.objects.get(pk=hold.slot_id).taken, coming, hold.places


def test_no_more_people_than_places(kept: Hold, staff: list[Volunteer]) -> None:
    ended = together(STAFF, lambda number: join(staff[number], kept))
    assert sorted(type(one).__name__ for one in ended) == ["Placement"] * PLACES + ["TeamPlacesGone"] * (STAFF - PLACES)
    assert books(kept) == (PLACES, PLACES, 0)


def test_looking_first_and_writing_then_would_seat_everybody(kept: Hold, staff: list[Volunteer]) -> None:
    """The control: the same people, without the one statement that looks and writes."""
    looked = Barrier(STAFF)

    def unprotected(number: int) -> Placement:
        seen = Hold.objects.get(pk=kept.pk)
        looked.wait(timeout=60)  # the bad moment, made to happen: everybody has looked, nobody has written
        if not seen.places:
            raise TeamPlacesGone
        seen.places -= 1
        seen.save()
        return Placement.objects.create(volunteer=staff[number], slot_id=kept.slot_id, hold=seen, agreed_at=NOW)

    together(STAFF, unprotected)
    taken, coming, held = books(kept)
    assert coming == STAFF > taken
    assert taken != coming + held


def test_joining_leaving_giving_back_and_running_out_at_once_lose_no_place(kept: Hold, staff: list[Volunteer]) -> None:
    there = [join(person, kept) for person in staff[:2]]

    def act(number: int) -> object:
        if number < 2:
            return placements.cancel(placement=there[number], now=NOW, actor=None)
        if number == STAFF - 1:
            return holds.release(hold=kept, now=NOW, actor=None)
        if number == STAFF - 2:
            return holds.release_due(now=at(3, 9))
        return join(staff[number], kept)

    ended = together(STAFF, act)
    assert {type(one) for one in ended if isinstance(one, Exception)} <= {TeamPlacesGone}
    taken, coming, held = books(kept)
    assert held == 0
    assert taken == coming <= PLACES


def test_two_teams_cannot_hold_the_same_places() -> None:
    slot = SlotFactory(capacity=8, role__takes_groups=True)
    teams = [TeamFactory(size=3) for _number in range(8)]

    def hold(number: int) -> Hold:
        return team_places.hold(team=teams[number], slot=slot, places=3, until=at(3, 9), now=NOW, actor=None)

    ended = together(8, hold)
    assert sum(isinstance(one, Hold) for one in ended) == 2
    slot.refresh_from_db()
    assert slot.taken == 6
