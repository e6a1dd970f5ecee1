"""Many people wait, join, answer and are asked at once: nobody overtakes, and without the rule somebody would."""

from __future__ import annotations

import datetime as dt

import pytest

from organisations.models import Slot
from organisations.services.times.filling import SlotFull
from tests.factories import NOW, SlotFactory, TownFactory, VolunteerFactory
from tests.together import together
from volunteers.models import Placement, Volunteer, Waiting
from volunteers.services.refusals import NotOffered
from volunteers.services.taking_part import joining, placements
from volunteers.services.waiting_lists import passing_on, waiting

pytestmark = pytest.mark.django_db(transaction=True)

WAIT = JOIN = 20


def people(number: int) -> list[Volunteer]:
    made: list[Volunteer] = VolunteerFactory.create_batch(number, town=TownFactory(), availability=None, contact=None)
    return made


@pytest.fixture
def newcomers() -> list[Volunteer]:
    return people(JOIN)


@pytest.fixture
def slot() -> Slot:
    """One place that just became free, and twenty people who wait for it, the first of them the longest."""
    made = SlotFactory(capacity=1)
    there, *others = people(WAIT + 1)
    placement = placements.place(volunteer=there, slot=made, now=NOW, actor=None)
    for minute, person in enumerate(others):
        waiting.join_queue(volunteer=person, slot=made, now=NOW + dt.timedelta(minutes=minute), actor=None)
    placements.cancel(placement=placement, now=NOW, actor=None)
    return made


def test_one_place_and_twenty_waiting_and_twenty_joining_at_once(slot: Slot, newcomers: list[Volunteer]) -> None:
    queue = list(Waiting.objects.ahead_of(slot).select_related("volunteer__user", "slot"))

    def act(number: int) -> object:
        if number < JOIN:
            return joining.join(volunteer=newcomers[number], slot=slot, now=NOW, actor=None)
        passing_on.pass_on(now=NOW)
        return waiting.accept(waiting=queue[number - JOIN], now=NOW, actor=None)

    ended = together(WAIT + JOIN, act)
    assert {type(one) for one in ended} == {Placement, SlotFull, NotOffered}
    slot.refresh_from_db()
    assert slot.taken == 1
    assert [one.volunteer for one in Placement.objects.active().filter(slot=slot)] == [queue[0].volunteer]
    assert list(Waiting.objects.ahead_of(slot)) == queue[1:]


def test_without_looking_at_who_waits_a_newcomer_would_have_it(slot: Slot, newcomers: list[Volunteer]) -> None:
    """The control: the same newcomers, and a place given to whoever comes first."""
    ended = together(JOIN, lambda number: placements.place(volunteer=newcomers[number], slot=slot, now=NOW, actor=None))
    assert sum(isinstance(one, Placement) for one in ended) == 1
    assert Placement.objects.active().get(slot=slot).volunteer in newcomers
    assert Waiting.objects.alive().filter(slot=slot).count() == WAIT


def test_many_workers_offer_one_place_once(slot: Slot) -> None:
    first = Waiting.objects.ahead_of(slot).first()
    assert not [one for one in together(8, lambda _number: passing_on.pass_on(now=NOW)) if isinstance(one, Exception)]
    slot.refresh_from_db()
    assert slot.taken == 1
    assert list(Waiting.objects.alive().filter(held=1)) == [first]


def test_answering_leaving_expiring_and_calling_off_at_once_lose_no_place(slot: Slot) -> None:
    queue = list(Waiting.objects.ahead_of(slot).select_related("volunteer__user", "slot"))
    passing_on.pass_on(now=NOW)
    later = NOW + dt.timedelta(hours=24)

    def act(number: int) -> object:
        if number % 4 == 0:
            return waiting.accept(waiting=queue[0], now=NOW, actor=None)
        if number % 4 == 1:
            return waiting.leave(waiting=queue[number // 4], now=NOW, actor=None)
        if number % 4 == 2:
            return passing_on.pass_on(now=later)
        return placements.cancel_slot(slot=slot, now=NOW, actor=None)

    ended = together(16, act)
    raised = {type(one).__name__ for one in ended if isinstance(one, Exception)}
    assert raised <= {"NotOffered", "SlotIsCancelled", "SlotOver"}
    slot.refresh_from_db()
    assert slot.taken == 0
    assert not Waiting.objects.alive().exists()
