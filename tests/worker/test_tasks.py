"""Each task reads the clock, calls its service, and nudges what follows. Twice is as good as once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.utils import timezone
from pytest_django import Settings

from accounts.models import IdempotencyKey
from matching.models import Run, RunStatus, Shortlist, Suggestion, SuggestionStatus
from matching.services.running import runs
from notifications.models import Notification
from organisations.models import Role, Slot
from organisations.models.need import NeedStatus
from tests.factories import CooperationFactory, NeedFactory, PledgeFactory, RoleFactory, SlotFactory, UserFactory
from tests.matching import rows
from tests.worker import brokers
from volunteers.models import Volunteer
from worker import tasks
from worker.schedule import SCHEDULE


@pytest.fixture(autouse=True)
def _empty_broker() -> Iterator[None]:
    brokers.empty()
    yield
    brokers.empty()


@pytest.fixture
def somebody(settings: Settings) -> Volunteer:
    settings.IS_QUIET_AT_NIGHT = False
    gardening = rows.gardening()
    rows.role(gardening, starts_at=timezone.localtime().replace(hour=9, minute=0) + dt.timedelta(days=3))
    volunteer = rows.person(gardening)
    rows.date_back(timezone.now())
    return volunteer


@pytest.mark.django_db(transaction=True)
def test_from_a_request_to_a_message(somebody: Volunteer) -> None:
    tasks.request_run()
    assert brokers.waiting() == ["worker.tasks.carry_out_runs"]
    tasks.carry_out_runs()
    assert Run.objects.get().status == RunStatus.DONE
    assert brokers.waiting() == ["worker.tasks.plan_digests", "worker.tasks.note_best_changes"]
    tasks.plan_digests()
    assert brokers.waiting() == ["worker.tasks.drain_outbox"]
    tasks.drain_outbox()
    assert Notification.objects.get().status == "sent"
    assert Suggestion.objects.get().status == SuggestionStatus.SENT
    assert brokers.waiting() == []


@pytest.mark.django_db(transaction=True)
def test_every_task_twice_is_as_once(somebody: Volunteer) -> None:
    for _ in range(2):
        for task in (tasks.request_run, tasks.carry_out_runs, tasks.refresh_shortlists, tasks.plan_digests):
            task()
            task()
        for task in (tasks.note_best_changes, tasks.drain_outbox, tasks.refit_weights, tasks.sweep, tasks.forget):
            task()
            task()
    assert [one.objects.count() for one in (Run, Shortlist, Suggestion, Notification)] == [1, 1, 1, 1]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("entry", SCHEDULE, ids=lambda entry: entry.task.rpartition(".")[2])
def test_every_task_in_an_empty_house(entry: object) -> None:
    getattr(tasks, entry.task.rpartition(".")[2])()  # type: ignore[attr-defined]


@pytest.mark.django_db(transaction=True)
def test_a_long_run_is_carried_out_bit_by_bit(somebody: Volunteer, settings: Settings) -> None:
    settings.SHARD_SIZE = 1
    for _ in range(tasks.PARTS_AT_ONCE):
        rows.person()
    runs.request(now=timezone.now())
    tasks.carry_out_runs()
    assert brokers.waiting() == ["worker.tasks.carry_out_runs"]
    assert Run.objects.get().status == RunStatus.RUNNING
    tasks.carry_out_runs()
    assert Run.objects.get().status == RunStatus.DONE


@pytest.mark.django_db(transaction=True)
def test_what_would_help_is_noted_bit_by_bit(somebody: Volunteer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "CHANGES_AT_ONCE", 1)
    runs.request(now=timezone.now())
    runs.carry_out(now=timezone.now())
    tasks.note_best_changes()
    assert brokers.waiting() == ["worker.tasks.note_best_changes"]
    tasks.note_best_changes()
    assert brokers.waiting() == []


@pytest.mark.django_db(transaction=True)
def test_a_changed_profile(somebody: Volunteer) -> None:
    tasks.refresh_shortlists()
    assert Shortlist.objects.get().volunteer == somebody


@pytest.mark.django_db(transaction=True)
def test_a_role_that_is_new(somebody: Volunteer) -> None:
    runs.request(now=timezone.now())
    runs.carry_out(now=timezone.now())
    in_the_morning = timezone.localtime().replace(hour=9, minute=0) + dt.timedelta(days=3)
    role = rows.role(somebody.interests.get(), starts_at=in_the_morning)
    tasks.refresh_shortlists()
    assert role.pk in rows.listed(somebody)
    assert Run.objects.count() == 1
    assert brokers.waiting() == []


@pytest.mark.django_db(transaction=True)
def test_many_roles_that_are_new(somebody: Volunteer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "ROLES_AT_ONCE", 2)
    runs.request(now=timezone.now())
    runs.carry_out(now=timezone.now())
    for _ in range(3):
        rows.role()
    tasks.refresh_shortlists()
    assert brokers.waiting() == ["worker.tasks.request_run", "worker.tasks.refresh_shortlists"]
    tasks.refresh_shortlists()
    assert brokers.waiting() == []


@pytest.mark.django_db(transaction=True)
def test_sweeping() -> None:
    yesterday = timezone.now() - dt.timedelta(days=1)
    over = SlotFactory(starts_at=yesterday)
    suggestion = rows.suggestion(rows.person(), over.role)
    need = NeedFactory(wanted_until=timezone.localdate(yesterday))
    asked = CooperationFactory(offer__ends_on=timezone.localdate(yesterday))
    tasks.sweep()
    need.refresh_from_db()
    assert need.status == NeedStatus.CLOSED
    asked.refresh_from_db()
    assert (asked.status, asked.offer.status) == ("ended", "closed")
    assert Role.objects.get(pk=over.role_id).status == "closed"
    suggestion.refresh_from_db()
    assert suggestion.status == SuggestionStatus.EXPIRED
    assert Slot.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_need_that_became_a_role() -> None:
    role = RoleFactory(published_at=timezone.now())
    PledgeFactory(need=NeedFactory(status=NeedStatus.TAKEN_UP, role=role))
    tasks.tell_pledges()
    assert Notification.objects.get().kind == "need_became_role"
    assert brokers.waiting() == ["worker.tasks.drain_outbox"]
    tasks.tell_pledges()
    assert Notification.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_forgetting() -> None:
    user = UserFactory()
    for key, days in (("old", 3), ("new", 1)):
        at = timezone.now() - dt.timedelta(days=days)
        IdempotencyKey.objects.create(user=user, key=key, fingerprint="b", created_at=at)
    tasks.forget()
    assert IdempotencyKey.objects.get().key == "new"
