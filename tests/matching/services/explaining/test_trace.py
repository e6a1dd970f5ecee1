"""A coordinator can see what became of a run, in their own area."""

from __future__ import annotations

import datetime as dt

import pytest

from matching.models import RolePrice, Run
from matching.services.asking import digests
from matching.services.explaining import best_changes, trace
from matching.services.explaining.changes import Opened
from matching.services.explaining.trace import Trace, UnderFloor
from matching.services.running import runs
from organisations.models import Role
from tests.factories import NOW, DeskMembershipFactory, OrganisationFactory, TownFactory, VenueFactory, at
from tests.matching import rows
from volunteers.services.people import availability

pytestmark = pytest.mark.django_db


def newest() -> Run:
    run = runs.latest()
    assert run is not None
    return run


def priced(run: Run, role: Role, price: float, given: int = 0) -> RolePrice:
    return RolePrice.objects.create(run=run, role=role, price=price, need=3, expected=1.5, shown=4, given=given)


def roles_of(told: Trace) -> set[Role]:
    return {one.role for one in (*told.highest, *told.floors)} | {one.role for one in told.under_floor}


def elsewhere() -> Role:
    town = TownFactory(lat=35.6)
    host = OrganisationFactory(town=town)
    return rows.role(organisation=host, venue=VenueFactory(organisation=host, town=town))


def test_a_run_says_what_it_did_and_how_it_shared_people_out() -> None:
    gardening = rows.gardening()
    rows.person(gardening)
    role = rows.role(gardening)
    rows.run_once()
    told = trace.of(run=newest(), now=NOW)
    assert (told.parts_done, told.parts_all, told.progress.volunteers_done) == (1, 1, 1)
    assert told.progress.seconds >= 0
    assert sum(told.weights.values()) == pytest.approx(1)
    assert told.numbers["people"] == told.numbers["asked"] == 1
    assert told.after["items"] == told.before["items"] == 1
    assert told.rounds[0].keys() == {"below", "overload", "useful", "change"}
    assert told.seconds.keys() == {"read", "allocate", "write"}
    assert told.under_floor == [UnderFloor(role, 1, 1, "合う方みんなにとどけています")]
    assert [one.role for one in (*told.highest, *told.lowest)] in ([], [role])


def test_a_run_from_before_people_were_shared_out() -> None:
    run = Run.objects.create(status="done", as_of=NOW, requested_at=NOW, finished_at=NOW)
    told = trace.of(run=run, now=NOW)
    assert (told.parts_done, told.parts_all) == (0, 0)
    assert not any([told.rounds, told.highest, told.lowest, told.floors, told.under_floor, told.blocked])
    assert {**told.numbers, **told.before, **told.after, **told.seconds} == {}
    assert told.not_asked == 0


def test_prices_and_floors_the_most_pressing_first() -> None:
    roles = [rows.role() for _ in range(trace.PRICES + 3)]
    run = Run.objects.create(status="done", as_of=NOW, requested_at=NOW, finished_at=NOW)
    for number, role in enumerate(roles):
        priced(run, role, number / 200 - 0.03, given=number % 2 * number)
    run.trace = {
        "people": 120,
        "rounds": {"below": [12, 3], "useful": [4.5, 6.0]},
        "before": {"score": 9.5, "served": 8},
        "after": {"score": 9.4, "served": 10},
        "seconds": {"read": 0.4},
        "under": [
            {"role": roles[2].pk, "shown_to": 1, "fit": 1, "why": "few_fit"},
            {"role": 0, "shown_to": 0, "fit": 0, "why": "few_fit"},
        ],
    }
    run.save()
    told = trace.of(run=run, now=NOW)
    assert [one.role for one in told.highest] == roles[:6:-1]
    assert told.highest[0].price == pytest.approx(0.03)
    assert [one.role for one in told.lowest] == roles[:6]
    assert [one.given for one in told.floors] == [11, 9, 7, 5, 3, 1]
    assert told.under_floor == [UnderFloor(roles[2], 1, 1, "合う方みんなにとどけています")]
    assert told.rounds == [{"below": 12, "useful": 4.5}, {"below": 3, "useful": 6.0}]
    assert (told.numbers, told.after["served"], told.seconds) == ({"people": 120}, 10, {"read": 0.4})


def test_a_blocked_role_comes_with_its_condition_and_the_best_change() -> None:
    at_night = rows.role(starts_at=at(5, 20))
    for _ in range(2):
        volunteer = rows.person()
        week = [0, 0, 0, 0, 0, availability.bits(8 * 60, 21 * 60), 0]
        availability.set_weekly(volunteer=volunteer, weekly=week, now=NOW, actor=None)
    rows.run_once()
    assert best_changes.note(limit=9) == 1
    (blocked,) = trace.of(run=newest(), now=NOW).blocked
    assert (blocked.served.role, blocked.served.could_come, blocked.served.binding) == (at_night, 0, "時間")
    assert blocked.best == Opened("1時間早く始める", 2)
    at_night.slots.update(starts_at=at(5, 9), ends_at=at(5, 10))
    assert trace.of(run=newest(), now=NOW).blocked == [blocked]  # as the run found it


@pytest.mark.parametrize(("fit", "why"), [(0, "いま、届けられる方がいません"), (1, "合う方みんなにとどけています")])
def test_where_nobody_may_be_told_now_it_is_not_said_that_everybody_was(fit: int, why: str) -> None:
    role = rows.role()
    rows.run_once()
    run = newest()
    run.trace = {"under": [{"role": role.pk, "shown_to": fit, "fit": fit, "why": "few_fit"}]}
    run.save()
    assert [one.why for one in trace.of(run=run, now=NOW).under_floor] == [why]


def test_a_second_run_in_the_week_says_who_has_heard_already() -> None:
    gardening = rows.gardening()
    rows.person(gardening)
    rows.role(gardening)
    rows.run_once()
    assert trace.of(run=newest(), now=NOW).not_asked == 0
    assert digests.plan(now=NOW) == 1
    rows.person(gardening)
    rows.run_once(NOW + dt.timedelta(hours=1))
    told = trace.of(run=newest(), now=NOW)
    assert (told.numbers["people"], told.not_asked) == (2, 1)


def test_a_coordinator_sees_the_roles_of_their_area_alone() -> None:
    here, there = rows.role(), elsewhere()
    rows.person()
    rows.run_once()
    run = newest()
    run.trace = {"under": [{"role": role.pk, "shown_to": 0, "fit": 0, "why": "few_fit"} for role in (here, there)]}
    run.save()
    for role in (here, there):
        priced(run, role, 0.05, given=1)
    user = DeskMembershipFactory(desk__towns=[here.organisation.town]).user
    told = trace.of(run=run, now=NOW, roles=Role.objects.in_area_of(user))
    assert roles_of(told) == {here}
    assert [one.served.role for one in told.blocked] == [here]
    everything = trace.of(run=run, now=NOW)
    assert roles_of(everything) == {here, there}
    assert {one.served.role for one in everything.blocked} == {here, there}
