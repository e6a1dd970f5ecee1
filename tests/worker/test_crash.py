"""A worker is killed in the middle of a run; another one completes it, and nothing is doubled or missing."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db.models import Sum
from django.utils import timezone
from pytest_django import Settings

from matching.models import Finding, RoleReport, Run, RunStatus, Shard, Shortlist, Suggestion
from matching.services.asking import digests
from matching.services.running import runs
from notifications.models import Notification
from tests.matching import rows
from tests.worker import brokers

PEOPLE, PARTS = 60, 30
LEASE_S = 2.0
ENVIRONMENT = {"SHARD_SIZE": str(PEOPLE // PARTS), "SHARD_LEASE_S": str(LEASE_S), "IS_QUIET_AT_NIGHT": "true"}

Lists = list[tuple[object, ...]]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "worker.log"


@pytest.fixture
def ward() -> None:
    gardening, reading = rows.gardening(), rows.reading()
    for number in range(6):
        about = (gardening, reading)[number % 2]
        starts_at = timezone.localtime().replace(hour=9, minute=0) + dt.timedelta(days=3 + number)
        rows.role(about, title=f"{about.ja} {number}", capacity=50, starts_at=starts_at)
    for number in range(PEOPLE):
        rows.person((gardening, reading)[number % 2], wish=f"近所で{number}")
    rows.date_back(timezone.now())


@pytest.fixture
def killed(ward: None, log: Path) -> Iterator[Run]:
    """A run of which some parts are done, some not, and one is in the hands of a worker that is no more."""
    brokers.empty()
    run = runs.request(now=timezone.now())
    worker = brokers.start_worker(log, **ENVIRONMENT)
    try:
        brokers.wait_until(lambda: Shard.objects.filter(done_at__isnull=False).exists(), worker, log)
    finally:
        _kill(worker)
    brokers.empty()  # and the broker has forgotten everything, too
    yield run
    brokers.empty()


def _kill(worker: subprocess.Popen[bytes]) -> None:
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


def lists() -> Lists:
    return list(Shortlist.objects.order_by("pk").values_list("pk", "roles", "slots", "scores", "km", "parts"))


def told() -> Counter[tuple[int, int]]:
    return Counter(Suggestion.objects.values_list("volunteer", "role"))


@pytest.mark.django_db(transaction=True)
def test_another_worker_completes_it(killed: Run, log: Path, settings: Settings) -> None:
    killed.refresh_from_db()
    assert killed.status == RunStatus.RUNNING
    done_before = Shard.objects.filter(done_at__isnull=False).count()
    assert 0 < done_before < PARTS
    worker = brokers.start_worker(log, **ENVIRONMENT)
    try:
        planned = Run.objects.filter(pk=killed.pk, digests_planned_at__isnull=False)
        brokers.wait_until(planned.exists, worker, log)
    finally:
        _kill(worker)

    killed.refresh_from_db()
    assert killed.status == RunStatus.DONE
    assert Shard.objects.filter(run=killed, done_at__isnull=False).count() == PARTS
    assert Shard.objects.filter(run=killed).aggregate(tries=Sum("tries"))["tries"] in (PARTS, PARTS + 1)
    assert list(RoleReport.objects.filter(run=killed).values_list("could_come", flat=True)) == [PEOPLE] * 6
    assert Finding.objects.filter(shard__run=killed).count() == PARTS
    assert set(told().values()) == {1}
    assert Notification.objects.count() == PEOPLE
    assert Notification.objects.values("user").distinct().count() == PEOPLE

    disturbed = lists(), told()
    assert len(disturbed[0]) == PEOPLE
    _forget_everything()
    settings.SHARD_SIZE = PEOPLE
    runs.request(now=killed.as_of)
    runs.carry_out(now=killed.as_of)
    digests.plan(now=killed.as_of)
    assert (lists(), told()) == disturbed


def _forget_everything() -> None:
    for model in (Notification, Suggestion, Shortlist, Run):
        model.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_control_without_another_worker_it_stays_undone(killed: Run) -> None:
    killed.refresh_from_db()
    assert killed.status == RunStatus.RUNNING
    assert Shortlist.objects.count() < PEOPLE
    assert not Notification.objects.exists()
