"""At the end of a run people are shared out among the roles: once, within all caps, and no need is left behind."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import pytest
from django.db import connection
from pytest_django import Settings

from matching.engine.allocation.allocate import allocate
from matching.models import Allotment, Finding, RolePrice, Run, RunStatus, Shortlist, Suggestion
from matching.services.asking import digests
from matching.services.listing import lists, weights
from matching.services.running import allotments, runs, shards
from matching.services.sharing import due, market, shares
from notifications.services import preferences
from organisations.models import Activity, Role, Slot
from tests.factories import NOW, at
from tests.matching import rows
from tests.together import together
from volunteers.models import Volunteer

LONG_AGO = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


@pytest.fixture
def gardening() -> Activity:
    return rows.gardening()


def ward(gardening: Activity, people: int = 8) -> tuple[list[Volunteer], list[Role], Role]:
    """People, three fairs that all of them like best, and a quiet role that they also like."""
    crowd = [rows.person(gardening) for _ in range(people)]
    fairs = [rows.role(gardening, title=f"花まつり {number}", capacity=2) for number in range(3)]
    return crowd, fairs, rows.role(rows.reading(), besides=gardening, title="図書室の花", capacity=4)


def allotted(run: Run | None = None) -> dict[int, list[int]]:
    return {one.volunteer_id: one.roles for one in Allotment.objects.filter(run=run or newest())}


def newest() -> Run:
    return Run.objects.all()[0]


def hear_of(role: Role) -> int:
    return Counter(one for page in allotted().values() for one in page)[role.pk]


@pytest.mark.django_db
def test_a_role_that_is_nobodys_best_is_put_before_five(gardening: Activity) -> None:
    people, fairs, quiet = ward(gardening)
    rows.run_once()
    best = [one.roles[: due.PICKS] for one in Shortlist.objects.all()]
    assert best == [[fair.pk for fair in fairs]] * len(people)
    assert hear_of(quiet) == 5
    run = newest()
    assert (run.trace["could_reach"], run.trace["before"]["reached"], run.trace["after"]["reached"]) == (4, 3, 4)
    assert (run.trace["could_be_served"], run.trace["before"]["served"], run.trace["after"]["served"]) == (4, 3, 4)
    assert run.trace["under"] == []


@pytest.mark.django_db
def test_the_price_of_the_crowded_rises_and_that_of_the_quiet_falls(gardening: Activity) -> None:
    _people, fairs, quiet = ward(gardening, people=30)
    rows.run_once()
    prices = dict(RolePrice.objects.values_list("role_id", "price"))
    assert prices[fairs[0].pk] > 0 > prices[quiet.pk]
    assert {one.need for one in RolePrice.objects.filter(role__in=fairs)} == {2}
    assert RolePrice.objects.get(role=quiet).shown == hear_of(quiet)


@pytest.mark.django_db
def test_the_floor_never_changes_what_comes_first(gardening: Activity) -> None:
    _people, fairs, quiet = ward(gardening, people=6)
    rows.run_once()
    given = RolePrice.objects.get(role=quiet).given
    assert given > 0
    assert {page[0] for page in allotted().values()} <= {fair.pk for fair in fairs}


@pytest.mark.django_db
def test_nobody_is_allotted_more_than_they_may_be_asked(gardening: Activity) -> None:
    people, _fairs, _quiet = ward(gardening)
    preferences.change(user=people[0].user, now=NOW, asks_per_month=1)
    preferences.change(user=people[1].user, now=NOW, digest="never")
    rows.run_once()
    pages = allotted()
    assert len(pages[people[0].pk]) == 1
    assert people[1].pk not in pages
    assert {len(pages[one.pk]) for one in people[2:]} == {due.PICKS}


@pytest.mark.django_db
def test_no_role_is_put_before_more_than_five_for_each_place(gardening: Activity) -> None:
    for _ in range(9):
        rows.person(gardening)
    scarce = rows.role(gardening, capacity=1)
    rows.run_once()
    assert hear_of(scarce) == due.ASKED_PER_PLACE


@pytest.mark.django_db
def test_what_cannot_be_suggested_now_is_not_allotted(gardening: Activity) -> None:
    volunteer = rows.person(gardening, party_size=2)
    asked, full, narrow, fine = (rows.role(gardening, title=f"花だん {n}", takes_groups=True) for n in range(4))
    rows.suggestion(volunteer, asked)
    runs.request(now=NOW)
    runs.carry_out(now=NOW, at_most=0)
    Slot.objects.filter(role=narrow).update(taken=2)
    Slot.objects.filter(role=full).update(taken=3)
    runs.carry_out(now=NOW)
    assert allotted() == {volunteer.pk: [fine.pk]}


@pytest.mark.django_db
def test_who_was_asked_this_week_is_allotted_nothing_and_still_counts_for_the_prices(gardening: Activity) -> None:
    ward(gardening)
    rows.run_once()
    assert digests.plan(now=NOW) == 8
    before = dict(RolePrice.objects.values_list("role_id", "price"))
    Suggestion.objects.update(status="expired")  # they never reached anybody, so the same roles may come again
    rows.run_once()
    run = newest()
    assert allotted(run) == {}
    assert run.trace["asked"] == 0
    assert dict(RolePrice.objects.filter(run=run).values_list("role_id", "price")) == pytest.approx(before)


@pytest.mark.django_db
def test_lists_by_other_weights_wait_for_the_next_run(gardening: Activity) -> None:
    one, other = rows.person(gardening), rows.person(gardening)
    rows.role(gardening)
    runs.request(now=NOW)
    runs.carry_out(now=NOW, at_most=0)
    Shortlist.objects.all().delete()
    assert _carried_out_up_to_the_sharing()
    Shortlist.objects.filter(pk=other.pk).update(weights=[0.5] * len(weights.current().names), run=None)
    assert allotments.carry_out()
    assert list(allotted()) == [one.pk]


def _carried_out_up_to_the_sharing() -> bool:
    """Do all parts while somebody else seems to share out."""
    Run.objects.update(lease_until=NOW + dt.timedelta(days=9999))
    runs.carry_out(now=NOW)
    return bool(Run.objects.filter(status=RunStatus.RUNNING).update(lease_until=None))


@pytest.mark.django_db
def test_how_a_run_is_cut_makes_no_difference(
    gardening: Activity, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "TOP", 3)  # so that the quiet role is in reserve
    people, _fairs, quiet = ward(gardening, people=11)
    preferences.change(user=people[0].user, now=NOW, asks_per_month=1)
    seen = []
    for settings.SHARD_SIZE in (2, 5, 100):
        rows.run_once()
        run = newest()
        columns = ("volunteer_id", "roles", "slots", "scores", "km", "parts")
        pages = list(Allotment.objects.filter(run=run).order_by("volunteer").values_list(*columns))
        prices = list(RolePrice.objects.filter(run=run).order_by("role").values_list("role_id", "price", "shown"))
        told = {key: said for key, said in run.trace.items() if key != "seconds"}
        seen.append((pages, prices, told))
    assert seen[0] == seen[1] == seen[2]
    assert seen[0][2]["reserves"] == 10
    assert hear_of(quiet) == 5


class _Killed(BaseException):
    """Ends the process, as far as the code can tell: nothing there catches it."""


def _dies(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    if _is_the_end(sql):
        raise _Killed
    return execute(sql, params, many, context)


def _is_the_end(sql: str) -> bool:
    """Whether shares, prices and reports are written, and only the run's own row is left."""
    return sql.startswith('UPDATE "matching_run"') and "allocated_at" in sql


@pytest.fixture
def killed(gardening: Activity) -> dict[int, list[int]]:
    """A run whose last worker was killed while it wrote the shares; what an undisturbed run allots."""
    ward(gardening)
    rows.run_once()
    undisturbed = allotted()
    runs.request(now=NOW)
    with connection.execute_wrapper(_dies), pytest.raises(_Killed):
        runs.carry_out(now=NOW)
    return undisturbed


@pytest.mark.django_db(transaction=True)
def test_killed_while_sharing_it_is_done_by_another_worker(killed: dict[int, list[int]]) -> None:
    run = newest()
    assert run.status == RunStatus.RUNNING
    assert not RolePrice.objects.filter(run=run).exists()
    Run.objects.filter(pk=run.pk).update(lease_until=LONG_AGO)
    runs.carry_out(now=NOW)
    assert newest().status == RunStatus.DONE
    assert allotted() == killed


@pytest.mark.django_db(transaction=True)
def test_control_while_the_lease_holds_nobody_takes_it_over(killed: dict[int, list[int]]) -> None:
    runs.carry_out(now=NOW)
    assert newest().status == RunStatus.RUNNING
    assert allotted() == {} != killed


@pytest.mark.django_db
def test_whoever_was_too_slow_writes_nothing(gardening: Activity) -> None:
    ward(gardening)
    runs.request(now=NOW)
    runs.carry_out(now=NOW, at_most=0)
    assert _carried_out_up_to_the_sharing()
    slow = allotments.claim()
    assert slow is not None
    assert allotments.claim() is None
    Run.objects.update(lease_until=LONG_AGO)
    assert allotments.carry_out()
    with pytest.raises(shards.LeaseLost):
        allotments.hold(slow)
    assert not allotments.carry_out()


@pytest.mark.django_db(transaction=True)
def test_many_at_once_share_out_once(gardening: Activity, settings: Settings) -> None:
    settings.SHARD_SIZE = 2
    people, _fairs, _quiet = ward(gardening)
    runs.request(now=NOW)
    together(3, lambda _: runs.carry_out(now=NOW))
    run = Run.objects.get()
    assert (run.status, run.lease_token) == (RunStatus.DONE, None)
    assert run.allocated_at is not None
    assert Allotment.objects.count() == len(people)
    assert RolePrice.objects.count() == 4


@pytest.mark.django_db
def test_a_sharing_that_goes_wrong_five_times_ends_the_run_with_its_reason(gardening: Activity) -> None:
    ward(gardening)
    runs.request(now=NOW)
    with connection.execute_wrapper(_breaks):
        for times in range(1, shards.MOST_TRIES + 1):
            runs.carry_out(now=NOW)
            assert newest().status == RunStatus.RUNNING
            assert newest().trace == {"tries": times}
            Run.objects.update(lease_until=None)
        runs.carry_out(now=NOW)
    assert newest().status == RunStatus.FAILED
    assert "ValueError" in newest().reason
    assert digests.plan(now=NOW) == 0


def _breaks(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    if _is_the_end(sql):
        raise ValueError
    return execute(sql, params, many, context)


@pytest.mark.django_db
def test_a_digest_says_what_was_allotted_in_its_order(gardening: Activity) -> None:
    ward(gardening)
    rows.run_once()
    digests.plan(now=NOW)
    told: dict[int, list[int]] = {}
    for one in Suggestion.objects.order_by("volunteer", "rank"):
        told.setdefault(one.volunteer_id, []).append(one.role_id)
    assert told == allotted()
    listed = {
        (one.pk, role): score
        for one in Shortlist.objects.all()
        for role, score in zip(one.roles, one.scores, strict=True)
    }
    assert all(one.score == listed[one.volunteer_id, one.role_id] for one in Suggestion.objects.all())


@pytest.mark.django_db
def test_a_digest_looks_again_at_what_was_allotted(gardening: Activity) -> None:
    _people, fairs, quiet = ward(gardening)
    rows.run_once()
    Role.objects.filter(pk=fairs[0].pk).update(status="closed")
    Slot.objects.filter(role=fairs[1]).update(taken=2)
    digests.plan(now=NOW)
    assert set(Suggestion.objects.values_list("role", flat=True)) == {fairs[2].pk, quiet.pk}


@pytest.mark.django_db
def test_whom_old_runs_would_ask_is_forgotten_and_prices_are_kept_a_while(
    gardening: Activity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "TOP", 3)
    ward(gardening)
    rows.run_once()
    rows.run_once()
    old = Run.objects.order_by("pk")[0]
    Run.objects.update(finished_at=NOW)
    runs.forget(now=NOW)
    assert set(Allotment.objects.values_list("run", flat=True)) == {newest().pk}
    assert set(Finding.objects.values_list("shard__run", flat=True)) == {newest().pk}
    assert RolePrice.objects.filter(run=old).exists()
    Run.objects.update(finished_at=NOW - runs.KEEP_REPORTS - dt.timedelta(days=1))
    runs.forget(now=NOW)
    assert set(RolePrice.objects.values_list("run", flat=True)) == {newest().pk}


@pytest.mark.django_db
def test_nobody_is_asked_for_what_begins_too_soon(gardening: Activity) -> None:
    rows.person(gardening)
    rows.role(gardening, starts_at=at(5, 9))
    rows.run_once(at(4, 23))
    assert allotted() == {}


@pytest.mark.django_db
def test_who_is_deleted_or_given_another_list_while_people_are_shared_out_is_left_out(gardening: Activity) -> None:
    gone, changed, other = (rows.person(gardening) for _ in range(3))
    rows.role(gardening)
    runs.request(now=NOW)
    runs.carry_out(now=NOW, at_most=0)
    assert _carried_out_up_to_the_sharing()
    run = newest()
    people = market.read(run)
    shared = allocate(people.candidates, people.asks, people.places, shown=due.PICKS, readers=people.readers)
    gone.delete()
    Shortlist.objects.filter(pk=changed.pk).update(roles=[], slots=[], scores=[], km=[], parts=[], run=None)
    shares.write(people, shared, run=run)
    assert list(allotted()) == [other.pk]


@pytest.mark.django_db
def test_a_list_written_anew_while_people_are_shared_out_says_what_it_says_now(gardening: Activity) -> None:
    early, late = rows.person(gardening), rows.person(gardening)
    role = rows.role(gardening)
    runs.request(now=NOW)
    runs.carry_out(now=NOW, at_most=0)
    assert _carried_out_up_to_the_sharing()
    Shortlist.objects.filter(pk=early.pk).update(km=[1.0], scores=[0.5], run=None)
    people = market.read(newest())
    shared = allocate(people.candidates, people.asks, people.places, shown=due.PICKS, readers=people.readers)
    Shortlist.objects.filter(pk=late.pk).update(km=[2.0], scores=[0.25], run=None)
    shares.write(people, shared, run=newest())
    said: list[Any] = list(Allotment.objects.order_by("volunteer").values_list("roles", "km", "scores"))
    assert said == [([role.pk], [1.0], [0.5]), ([role.pk], [2.0], [0.25])]


@pytest.mark.django_db
def test_once_people_are_shared_out_nobodys_list_is_kept_twice(gardening: Activity) -> None:
    ward(gardening)
    rows.run_once()
    assert [(len(one.lists), len(one.details)) for one in Finding.objects.all()] == [(0, 0)]
