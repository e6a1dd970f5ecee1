"""Runs are asked for once, done in parts, ended once, and nobody's results overwrite better ones."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Sum
from pytest_django import Settings

from matching import dataset
from matching.engine.fast import FastEngine
from matching.engine.scoring import USUAL
from matching.models import RoleReport, Run, RunStatus, Shard, Shortlist
from matching.services.listing import lists, shortlists
from matching.services.running import runs, shards
from organisations.models import Role
from organisations.services.roles import writing
from tests.factories import NOW, AccessFeatureFactory, TownFactory
from tests.matching import rows
from tests.together import together
from volunteers.services.people import profiles

LATER = NOW + dt.timedelta(hours=1)


@pytest.fixture
def small_parts(settings: Settings) -> None:
    settings.SHARD_SIZE = 2


@pytest.mark.django_db
def test_a_run_that_waits_is_not_asked_for_again() -> None:
    assert runs.request(now=NOW) == runs.request(now=LATER)
    assert Run.objects.count() == 1


@pytest.mark.django_db
def test_nothing_to_do() -> None:
    assert runs.carry_out(now=NOW) == runs.Progress()


@pytest.mark.django_db
def test_nobody_there_is_done_at_once() -> None:
    rows.run_once()
    assert Run.objects.get().status == RunStatus.DONE


@pytest.mark.django_db
def test_everybody_gets_a_list(small_parts: None) -> None:
    gardening = rows.gardening()
    people = [rows.person(gardening) for _ in range(5)]
    stranger = rows.person()
    role = rows.role(gardening)
    runs.request(now=NOW)
    progress = runs.carry_out(now=LATER)
    run = Run.objects.get()
    assert (run.status, run.as_of) == (RunStatus.DONE, LATER)
    assert (progress.volunteers_done, progress.volunteers_all, progress.parts_done_here) == (6, 6, 3)
    assert [rows.listed(one) for one in people] == [[role.pk]] * 5
    assert rows.listed(stranger) == []
    shortlist = Shortlist.objects.get(pk=people[0].pk)
    assert shortlist.slots == [role.slots.get().pk]
    assert len(shortlist.parts) == len(shortlist.signals)
    assert sum(shortlist.parts) == pytest.approx(shortlist.scores[0], abs=1e-5)
    assert RoleReport.objects.aggregate(could=Sum("could_come"), listed=Sum("listed")) == {"could": 6, "listed": 5}


@pytest.mark.django_db
def test_some_parts_at_a_time(small_parts: None) -> None:
    for _ in range(6):
        rows.person()
    runs.request(now=NOW)
    assert runs.carry_out(now=NOW, at_most=2).volunteers_done == 4
    assert Run.objects.get().status == RunStatus.RUNNING
    assert runs.carry_out(now=NOW, at_most=2).volunteers_done == 6
    assert Run.objects.get().status == RunStatus.DONE


@pytest.mark.django_db
def test_a_role_that_is_gone_meanwhile_has_no_report(small_parts: None) -> None:
    gardening = rows.gardening()
    for _ in range(3):
        rows.person(gardening)
    gone, stays = rows.role(gardening), rows.role(gardening)
    runs.request(now=NOW)
    runs.carry_out(now=NOW, at_most=1)
    gone.delete()
    runs.carry_out(now=NOW)
    assert Run.objects.get().status == RunStatus.DONE
    assert list(RoleReport.objects.values_list("role", flat=True)) == [stays.pk]


@pytest.mark.django_db
def test_who_moves_meanwhile_is_in_one_part_at_most(small_parts: None) -> None:
    gardening = rows.gardening()
    role = rows.role(gardening)
    there = [TownFactory(lat=35.47 + number / 1000) for number in range(3)]
    people = [rows.person(gardening, town=town) for town in there for _ in range(2)]
    runs.request(now=NOW)
    runs.carry_out(now=NOW, at_most=1)
    (done, *_), waiting = (
        Shard.objects.filter(done_at__isnull=is_open).order_by("number").values_list("towns", flat=True)
        for is_open in (False, True)
    )
    first, last = (next(one for one in people if one.town_id in towns) for towns in (done, waiting[1]))
    profiles.change(volunteer=first, now=LATER, actor=None, town=last.town)
    profiles.change(volunteer=last, now=LATER, actor=None, town=first.town)
    runs.carry_out(now=LATER)
    assert RoleReport.objects.filter(role=role).aggregate(Sum("could_come"))["could_come__sum"] == 5
    assert shortlists.refresh_stale(now=LATER) == 2
    assert {one.pk for one in people} == set(Shortlist.objects.values_list("pk", flat=True))


@pytest.mark.django_db(transaction=True)
def test_two_at_once_do_each_part_once(settings: Settings) -> None:
    settings.SHARD_SIZE = 1
    gardening = rows.gardening()
    people = [rows.person(gardening) for _ in range(6)]
    role = rows.role(gardening)
    runs.request(now=NOW)
    done = together(3, lambda _: runs.carry_out(now=NOW))
    assert sum(one.parts_done_here for one in done if isinstance(one, runs.Progress)) == 6
    assert list(Shard.objects.values_list("tries", flat=True)) == [1] * 6
    assert RoleReport.objects.filter(role=role).aggregate(Sum("could_come"))["could_come__sum"] == 6
    assert Shortlist.objects.count() == len(people)
    assert Run.objects.get().status == RunStatus.DONE


@pytest.mark.django_db(transaction=True)
def test_asked_for_by_many_at_once() -> None:
    asked = together(8, lambda _: runs.request(now=NOW))
    assert len({run.pk for run in asked if isinstance(run, Run)}) == 1
    assert Run.objects.count() == 1


def overtaken() -> tuple[Shard, dataset.Dataset]:
    """A part whose worker was too slow: its lease ran out, and another worker has done it."""
    rows.person()
    rows.role()
    runs.request(now=NOW)
    runs.carry_out(now=NOW, at_most=0)
    slow = shards.claim()
    assert slow is not None
    Shard.objects.update(lease_until=dt.datetime(2000, 1, 1, tzinfo=dt.UTC))
    assert runs.carry_out(now=NOW).parts_done_here == 1
    return slow, dataset.load(now=NOW)


@pytest.mark.django_db
def test_whoever_was_too_slow_writes_nothing() -> None:
    slow, _data = overtaken()
    with pytest.raises(shards.LeaseLost):
        shards.hold(slow)
    assert Shard.objects.get().tries == 2
    assert RoleReport.objects.count() == 1


@pytest.mark.django_db
def test_control_without_the_fence_the_part_would_be_written_twice() -> None:
    slow, data = overtaken()
    engine = FastEngine(data.problem)
    ranking = lists.rank(engine, USUAL)
    listed = lists.items(data, ranking)
    with pytest.raises(IntegrityError, match="matching_finding_pkey"), transaction.atomic():
        lists.write_findings(data, ranking, engine.tally(), listed, [], shard_id=slow.pk, is_first=True)


@pytest.mark.django_db
def test_a_part_under_way_is_left_alone() -> None:
    rows.person()
    runs.request(now=NOW)
    runs.carry_out(now=NOW, at_most=0)
    assert shards.claim() is not None
    assert shards.claim() is None


@pytest.mark.django_db
def test_a_part_that_goes_wrong_five_times_ends_the_run_with_its_reason() -> None:
    rows.person()
    AccessFeatureFactory.create_batch(65)  # more than the engine's bits can hold
    runs.request(now=NOW)
    for times in range(1, shards.MOST_TRIES + 1):
        assert Run.objects.filter(status=RunStatus.FAILED).count() == 0
        runs.carry_out(now=NOW)
        assert Shard.objects.get().tries == times
        assert runs.carry_out(now=NOW).parts_done_here == 0  # not at once: it waits a little
        Shard.objects.update(lease_until=None)
    runs.carry_out(now=NOW)
    run = Run.objects.get()
    assert run.status == RunStatus.FAILED
    assert "TooManyTerms" in run.reason
    assert runs.latest() is None


@pytest.mark.django_db
def test_a_part_that_kills_its_worker_ends_the_run_too() -> None:
    rows.person()
    runs.request(now=NOW)
    runs.carry_out(now=NOW, at_most=0)
    Shard.objects.update(tries=shards.MOST_TRIES, lease_token=uuid.uuid4(), lease_until=NOW - dt.timedelta(days=999))
    runs.carry_out(now=NOW)
    assert Run.objects.get().status == RunStatus.FAILED
    assert "never ended" in Run.objects.get().reason


@pytest.mark.django_db
def test_a_newer_list_is_not_overwritten_by_an_older_run() -> None:
    gardening = rows.gardening()
    volunteer, role = rows.person(gardening), rows.role(gardening)
    shortlists.refresh(volunteer=volunteer, now=LATER)
    Role.objects.update(status="draft")
    rows.run_once(NOW)
    assert rows.listed(volunteer) == [role.pk]
    rows.run_once(LATER)  # the control: one as new does overwrite it
    assert rows.listed(volunteer) == []


@pytest.mark.django_db
def test_the_same_people_and_time_give_the_same_lists(settings: Settings) -> None:
    gardening = rows.gardening()
    for number in range(5):
        rows.person(gardening, wish=f"花と{number}")
    for number in range(4):
        rows.role(gardening, title=f"花だん {number}")
    columns = ("pk", "roles", "slots", "scores", "km", "parts")
    seen = []
    for settings.SHARD_SIZE in (2, 5):
        rows.run_once(NOW)
        seen.append(list(Shortlist.objects.order_by("pk").values_list(*columns)))
    assert seen[0] == seen[1]


@pytest.mark.django_db
def test_a_run_is_due_after_a_day_or_where_many_roles_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "MANY_ROLES", 2)
    role, other = rows.role(), rows.role()
    assert runs.request_when_due(now=NOW) is not None
    assert runs.request_when_due(now=NOW) is None  # one waits
    runs.carry_out(now=NOW)
    assert runs.request_when_due(now=LATER) is None
    writing.change(role=role, now=LATER, actor=None, title="花だんの草取り")
    assert runs.request_when_due(now=LATER) is None  # its lists are brought up to it without a run
    writing.change(role=other, now=LATER, actor=None, title="本の整理")
    assert runs.request_when_due(now=LATER) is not None
    runs.carry_out(now=LATER)
    assert runs.request_when_due(now=LATER + runs.OLDEST) is not None


@pytest.mark.django_db
def test_old_reports_go_and_the_newest_stay() -> None:
    rows.person()
    rows.role()
    rows.run_once()
    rows.run_once()
    old, new = Run.objects.order_by("pk")
    Run.objects.update(finished_at=NOW - runs.KEEP_REPORTS - dt.timedelta(days=1))
    runs.forget(now=NOW)
    assert set(RoleReport.objects.values_list("run", flat=True)) == {new.pk}
    assert set(Run.objects.values_list("pk", flat=True)) == {old.pk, new.pk}
