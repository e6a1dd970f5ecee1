"""A coordinator's day: what waits in their own area, and nothing of another."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from matching.models import RoleReport, Run
from matching.services.coordinating import today
from matching.services.coordinating.today import Today
from matching.services.explaining import best_changes
from matching.services.explaining.changes import Opened
from notifications.models.call import Outcome
from organisations.models import Role, Town
from organisations.models.offer import OfferStatus
from organisations.models.organisation import Approval
from organisations.models.role import RoleStatus
from tests.factories import (
    NOW,
    AccessFeatureFactory,
    ApplicationFactory,
    CallFactory,
    CallLineFactory,
    CooperationFactory,
    DeskMembershipFactory,
    InitiativeFactory,
    JuniorFactory,
    OfferFactory,
    OrganisationFactory,
    QualificationFactory,
    ReviewFactory,
    RewordingFactory,
    RoleFactory,
    SlotFactory,
    TownFactory,
    VenueFactory,
    VolunteerFactory,
    at,
)
from tests.matching import rows

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def here() -> Town:
    return TownFactory()


@pytest.fixture
def coordinator(here: Town) -> User:
    user: User = DeskMembershipFactory(desk__towns=[here], desk__organisation__town=here).user
    return user


def role_in(town: Town, **fields: object) -> Role:
    host = OrganisationFactory(town=town)
    return RoleFactory(organisation=host, venue=VenueFactory(organisation=host, town=town), **fields)


def resident(town: Town, **fields: object) -> Any:
    return VolunteerFactory(town=town, **{"greeted_at": NOW, **fields})


def everything(town: Town) -> None:
    """One of each thing that waits."""
    OrganisationFactory(town=town, approval=Approval.WAITING, approved_at=None)
    role_in(town, status=RoleStatus.WAITING)
    RewordingFactory(role=role_in(town))
    late = SlotFactory(role=role_in(town))
    ApplicationFactory(volunteer=resident(town), slot=late, released_at=NOW, escalated_at=NOW)
    ApplicationFactory(volunteer=JuniorFactory(town=town, greeted_at=NOW), slot=SlotFactory())
    CallLineFactory(user=resident(town).user)
    VolunteerFactory(town=town)
    OfferFactory(organisation__town=town, status=OfferStatus.WAITING)
    CooperationFactory(host__town=town)
    InitiativeFactory(town=town)


def reported(run: Run, role: Role, could_come: int = 0) -> RoleReport:
    only_by = {"time": 4}
    return RoleReport.objects.create(run=run, role=role, could_come=could_come, listed=0, shut_out_only_by=only_by)


def done_run(best: dict[str, object] | None = None) -> Run:
    trace = {} if best is None else {"best": {"roles": best, "is_whole": True}}
    return Run.objects.create(status="done", as_of=NOW, requested_at=NOW, finished_at=NOW, trace=trace)


def lengths(told: Today) -> list[int]:
    lines = told.lines
    parts = (lines.organisations, told.roles, told.reworded, told.calls, told.to_greet, told.unfilled)
    more = (lines.offers.all, lines.cooperations.all, lines.initiatives.all, len(told.silent), len(told.juniors))
    return [*(part.all for part in parts), *more]


def test_an_area_in_which_nothing_waits(coordinator: User) -> None:
    assert lengths(today.of(user=coordinator, now=NOW)) == [0] * 11


def test_each_thing_once_and_nothing_of_another_area(here: Town, coordinator: User) -> None:
    everything(here)
    everything(TownFactory(ward_code="14101"))
    reported(done_run(), Role.objects.open().filter(organisation__town=here).earliest("pk"))
    told = today.of(user=coordinator, now=NOW)
    assert lengths(told) == [1] * 11
    assert told.to_look_at == 5
    assert (told.lines.organisations.rows[0].whose, told.to_greet.rows[0].town) == (here.name, here)


def test_what_needs_nobody_any_more_is_not_there(here: Town, coordinator: User) -> None:
    over = SlotFactory(role=role_in(here), starts_at=at(-1, 9))
    ApplicationFactory(slot=over, released_at=NOW, escalated_at=NOW)
    asked = SlotFactory(role=role_in(here))
    ApplicationFactory(slot=asked, released_at=NOW, reminded_at=NOW)
    ApplicationFactory(slot=asked, released_at=NOW, escalated_at=NOW, status="accepted")
    CallFactory(notification=CallLineFactory(user=resident(here).user), outcome=Outcome.REACHED)
    resident(here, greeted_at=None, created_at=NOW - today.NEW_FOR)
    resident(here, greeted_at=None, user__is_active=False)
    OfferFactory(organisation__town=here, status=OfferStatus.DRAFT)
    CooperationFactory(host__town=here, desk_agreed_at=NOW)
    InitiativeFactory(town=here, answered_at=NOW)
    old, new = done_run(), done_run()
    reported(old, role_in(here)), reported(new, role_in(here), could_come=5)
    reported(new, role_in(here, status=RoleStatus.CLOSED))
    assert lengths(today.of(user=coordinator, now=NOW)) == [0] * 11


def test_a_silent_host_is_named_once_with_all_who_wait(here: Town, coordinator: User) -> None:
    slots = [SlotFactory(role=role_in(here)) for _ in range(2)]
    for slot, days in ((slots[0], 6), (slots[1], 9), (slots[1], 7)):
        ApplicationFactory(slot=slot, released_at=NOW, escalated_at=NOW, asked_at=NOW - days * DAY)
    first, second = today.of(user=coordinator, now=NOW).silent
    assert (first.organisation, first.people, first.since) == (slots[1].role.organisation, 2, NOW - 9 * DAY)
    assert (second.organisation, second.people, list(second.roles.values())) == (
        slots[0].role.organisation,
        1,
        [slots[0].role],
    )


def test_the_first_ten_are_shown_and_the_others_counted(here: Town, coordinator: User) -> None:
    organisation = OrganisationFactory(town=here)
    for number in range(12):
        at = NOW - number * DAY
        VolunteerFactory(town=here, created_at=at)
        OfferFactory(organisation=organisation, status=OfferStatus.WAITING, submitted_at=at)
    told = today.of(user=coordinator, now=NOW)
    for part in (told.to_greet, told.lines.offers):
        assert (len(part.rows), part.all, part.more) == (10, 12, 2)
    assert told.to_greet.rows[0].created_at == told.lines.offers.rows[0].at == NOW - 11 * DAY


def test_a_second_look_in_the_ward_is_somebody_elses_too(here: Town, coordinator: User) -> None:
    beside = TownFactory(ward_code=here.ward_code)
    role = role_in(beside, status=RoleStatus.WAITING, is_with_children=True)
    assert today.of(user=coordinator, now=NOW).roles.rows == []
    ReviewFactory(role=role)
    (found,) = today.of(user=coordinator, now=NOW).roles.rows
    assert (found.has_first_look, found.has_looked) == (True, False)


def test_an_unfilled_role_says_what_binds_and_what_a_run_noted_as_the_best_change(
    here: Town, coordinator: User
) -> None:
    with_change, without = role_in(here), role_in(here)
    run = done_run({str(with_change.pk): ["later", 60, 3], str(without.pk): None})
    reported(run, with_change), reported(run, without, could_come=2)
    first, second = today.of(user=coordinator, now=NOW).unfilled.rows
    assert (first.served.role, first.served.binding, first.served.others) == (with_change, "時間", 4)
    assert first.best == Opened("1時間遅く始める", 3)
    assert (second.served.could_come, second.best) == (2, None)


def test_it_reads_what_a_real_run_has_noted() -> None:
    role = rows.role(min_age=70)
    rows.person(greeted_at=NOW)
    rows.run_once()
    best_changes.note(limit=9)
    user = DeskMembershipFactory(desk__towns=[role.organisation.town]).user
    (one,) = today.of(user=user, now=NOW).unfilled.rows
    assert (one.served.role, one.best) == (role, Opened("「70歳から」という決まりをなくす", 1))


def test_as_many_queries_for_thirty_of_everything_as_for_one(
    here: Town, coordinator: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    run = done_run()
    for count in (1, 29):
        for _ in range(count):
            everything(here)
            noted = role_in(here), role_in(here)
            words = (["qualification", QualificationFactory().pk, 1], ["access", AccessFeatureFactory().pk, 1])
            run.trace.setdefault("best", {"roles": {}, "is_whole": True})["roles"].update(
                {str(role.pk): best for role, best in zip(noted, words, strict=True)}
            )
            reported(run, noted[0]), reported(run, noted[1])
        run.save()
        with django_assert_num_queries(9):
            today.of(user=coordinator, now=NOW)
