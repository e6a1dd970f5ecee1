"""Nobody waits for an answer without somebody noticing, and nothing is said twice."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator

import pytest
import time_machine

from accounts.models import AuditEntry, User
from notifications.models import Notification
from organisations.models import Role
from organisations.models.role import RoleStatus
from tests.factories import (
    NOW,
    ApplicationFactory,
    DeskMembershipFactory,
    JuniorFactory,
    MembershipFactory,
    RoleFactory,
    SlotFactory,
    at,
)
from tests.volunteers.services.test_races import all_at_once
from volunteers.models import Application
from volunteers.models.application import ApplicationStatus
from volunteers.services.taking_part import applications, clock, placements

pytestmark = pytest.mark.django_db
STEPS = ["application_reminder", "application_unanswered", "roles_resting"]


@pytest.fixture
def slot():
    return SlotFactory(starts_at=at(30, 9), role__asks_first=True)


@pytest.fixture
def asked(slot):
    return ApplicationFactory(slot=slot, released_at=NOW)


@pytest.fixture
def host(slot) -> User:
    member: User = MembershipFactory(organisation=slot.role.organisation).user
    return member


@pytest.fixture
def coordinator(slot) -> User:
    user: User = DeskMembershipFactory(desk__towns=[slot.role.organisation.town]).user
    return user


def working_hours(first: int, last: int) -> Iterator[dt.datetime]:
    """Every hour of these days after NOW's."""
    return (at(first, 0) + dt.timedelta(hours=hour) for hour in range(24 * (last - first)))


def status(slot) -> str:
    return Role.objects.get(pk=slot.role_id).status


def said() -> list[tuple[str, User]]:
    rows = Notification.objects.filter(kind__in=STEPS).order_by("created_at", "pk").select_related("user")
    return [(row.kind, row.user) for row in rows]


def be_late(application: Application) -> dt.datetime:
    """Let the days pass until its organisation rests."""
    for moment in (at(2, 11), at(4, 11), at(8, 11)):
        clock.tick(now=moment)
    assert status(application.slot) == RoleStatus.RESTING
    return at(8, 11)


def test_reminder_then_coordinator_then_rest_each_when_its_time_has_come(slot, asked, host, coordinator):
    seen = {}
    for moment in working_hours(0, 12):
        clock.tick(now=moment)
        for what in said():
            seen.setdefault(what, moment)
    assert seen == {
        ("application_reminder", host): at(2, 10),
        ("application_unanswered", coordinator): at(4, 10),
        ("roles_resting", host): at(8, 10),  # the weekend lies in between
    }
    assert status(slot) == RoleStatus.RESTING
    assert len(said()) == 3


@pytest.mark.parametrize(
    ("asked", "starts", "until", "reminded", "told"),
    [
        ((4, 10), (6, 9), (5, 15), (5, 12), (5, 15)),  # on Friday for Sunday: two working days end on Tuesday
        ((0, 10), (3, 9), (2, 15), (2, 10), (2, 15)),  # the promise holds, and the coordinator hears in time
        ((5, 12), (6, 9), (5, 15), (5, 15), (5, 18)),
        ((5, 13), (6, 9), None, (5, 16), (5, 19)),  # too near to wait: who asks is told to telephone
        ((6, 8), (6, 18), None, (6, 11), (6, 14)),
    ],
)
def test_the_nearer_the_day_the_sooner_an_answer_is_hoped_for(
    slot, host, coordinator, asked, starts, until, reminded, told
):
    slot.starts_at, slot.ends_at = at(*starts), at(*starts) + dt.timedelta(hours=9)
    slot.save()
    moment = at(*asked)
    ApplicationFactory(slot=slot, asked_at=moment, released_at=moment)
    assert clock.since(moment, slot).until == (until and at(*until))
    seen = {}
    while moment <= at(*told) + dt.timedelta(hours=6):
        clock.tick(now=moment)
        for what in said():
            seen.setdefault(what, moment)
        moment += dt.timedelta(hours=1)
    assert seen == {("application_reminder", host): at(*reminded), ("application_unanswered", coordinator): at(*told)}


def test_of_a_window_the_day_is_the_last_on_which_one_can_begin(slot):
    window = SlotFactory(starts_at=at(1, 9), ends_at=at(9, 9), minutes=60)
    assert clock.since(NOW, window).until == at(3, 0)
    window.ends_at = at(2, 0)
    assert clock.since(NOW, window).until == at(0, 15)


def test_after_a_pause_near_the_day_the_organisation_still_has_hours_to_answer(slot, host, coordinator):
    slot.starts_at, slot.ends_at = at(6, 9), at(6, 11)
    slot.save()
    ApplicationFactory(slot=slot, released_at=NOW)
    for hour, letters in ((17, 1), (19, 1), (20, 2)):
        clock.tick(now=at(5, hour))
        assert len(said()) == letters


def test_over_golden_week_nobody_is_hurried(slot, host):
    asked = dt.datetime(2027, 4, 28, 10, tzinfo=NOW.tzinfo)
    slot.starts_at, slot.ends_at = asked + dt.timedelta(days=30), asked + dt.timedelta(days=30, hours=1)
    slot.save()
    ApplicationFactory(slot=slot, asked_at=asked, released_at=asked)
    with time_machine.travel(asked, tick=False):
        for day in range(8):
            clock.tick(now=asked + dt.timedelta(days=day))
            assert said() == []
        clock.tick(now=asked + dt.timedelta(days=8))
    assert said() == [("application_reminder", host)]


def test_the_letters_lead_to_the_people_of_the_role_and_name_nobody(slot, asked, host):
    clock.tick(now=at(2, 11))
    letter = Notification.objects.get(user=host)
    assert letter.url.endswith(f"/organisation/roles/{slot.role_id}/people/")
    assert asked.volunteer.user.name not in letter.title + letter.body


def test_where_nobody_coordinates_the_staff_hears(slot, asked):
    staff = MembershipFactory(user__is_staff=True).user
    clock.tick(now=at(2, 11))
    clock.tick(now=at(4, 11))
    assert said() == [("application_unanswered", staff)]


@pytest.mark.parametrize("times", [1, 2, 5])
def test_however_often_it_runs_each_step_is_taken_once(slot, asked, host, coordinator, times):
    for moment in (at(2, 11), at(4, 11), at(9, 11), at(12, 11)):
        for _ in range(times):
            clock.tick(now=moment)
    assert said() == [
        ("application_reminder", host),
        ("application_unanswered", coordinator),
        ("roles_resting", host),
    ]
    assert AuditEntry.objects.filter(action="role.rest").count() == 1


def test_after_a_pause_of_the_worker_nobody_is_overtaken(slot, asked, host, coordinator):
    clock.tick(now=at(14, 11))
    clock.tick(now=at(14, 12))
    assert said() == [("application_reminder", host)]
    clock.tick(now=at(15, 11))
    assert said()[1:] == [("application_unanswered", coordinator)]
    clock.tick(now=at(16, 11))
    assert said()[2:] == [("roles_resting", host)]


@pytest.mark.django_db(transaction=True)
def test_at_once_each_step_is_taken_once(slot, asked, host):
    ended = all_at_once([lambda: clock.tick(now=at(2, 11))] * 16)
    assert ended == {"ok": 16}
    assert AuditEntry.objects.filter(action="application.remind").count() == 1
    assert said() == [("application_reminder", host)]


@pytest.mark.django_db(transaction=True)
def test_without_holding_the_row_each_would_take_it(asked, host):
    """The control: the same, but looked at first and written then."""
    looked = threading.Barrier(8)

    def unprotected() -> None:
        row = Application.objects.get(pk=asked.pk)
        looked.wait(timeout=60)  # everybody has looked, nobody has written
        if row.reminded_at is None:
            clock._remind(row, at(2, 11))

    assert all_at_once([unprotected] * 8, at_once=8) == {"ok": 8}
    assert AuditEntry.objects.filter(action="application.remind").count() == 8


@pytest.mark.parametrize("answer", [applications.accept, applications.decline])
def test_answering_all_that_is_old_opens_again_at_once(slot, asked, host, answer):
    second = ApplicationFactory(slot=slot, released_at=NOW)
    young = ApplicationFactory(slot=slot, released_at=at(8, 12))  # not old yet
    other = RoleFactory(organisation=slot.role.organisation)
    now = be_late(asked)
    assert Role.objects.get(pk=other.pk).status == RoleStatus.RESTING
    answer(application=asked, now=now, actor=host)
    assert status(slot) == RoleStatus.RESTING
    answer(application=second, now=now, actor=host)
    assert status(slot) == RoleStatus.OPEN
    assert Role.objects.get(pk=other.pk).status == RoleStatus.OPEN
    young.refresh_from_db()
    assert young.status == ApplicationStatus.ASKED


def test_what_is_full_by_then_is_full(slot, asked, host):
    slot.capacity = 1
    slot.save()
    now = be_late(asked)
    applications.accept(application=asked, now=now, actor=host)
    assert status(slot) == RoleStatus.FILLED


@pytest.mark.parametrize("end", ["withdrawn", "called off"])
def test_where_the_question_is_gone_the_next_look_opens_again(slot, asked, end):
    other = RoleFactory(organisation=slot.role.organisation)
    now = be_late(asked)
    if end == "withdrawn":
        applications.withdraw(application=asked, now=now, actor=None)
    else:
        placements.cancel_slot(slot=slot, now=now, actor=None)
    clock.tick(now=now)
    assert Role.objects.get(pk=other.pk).status == RoleStatus.OPEN


def test_an_answer_is_owed_after_the_day_too(slot, asked, host):
    be_late(asked)
    clock.tick(now=at(40, 9))
    assert status(slot) == RoleStatus.RESTING
    applications.decline(application=asked, now=at(40, 9), actor=host, ready="late")
    assert status(slot) == RoleStatus.OPEN


def test_what_was_over_before_it_was_late_lets_nothing_rest(slot, asked):
    slot.starts_at, slot.ends_at = at(5, 9), at(5, 10)
    slot.save()
    for day in range(1, 15):
        clock.tick(now=at(day, 11))
    assert status(slot) == RoleStatus.OPEN


def test_closed_roles_stay_closed_and_others_organisations_go_on(slot, asked):
    closed = RoleFactory(organisation=slot.role.organisation, status=RoleStatus.CLOSED)
    elsewhere = RoleFactory()
    now = be_late(asked)
    applications.decline(application=asked, now=now, actor=None)
    assert {Role.objects.get(pk=one.pk).status for one in (closed, elsewhere)} == {RoleStatus.CLOSED, RoleStatus.OPEN}


def test_a_role_published_while_its_organisation_rests_rests_too_without_a_second_letter(slot, asked, host):
    now = be_late(asked)
    new = RoleFactory(organisation=slot.role.organisation)
    clock.tick(now=now)
    assert Role.objects.get(pk=new.pk).status == RoleStatus.RESTING
    assert [kind for kind, _user in said()].count("roles_resting") == 1


def test_for_the_young_it_begins_when_the_organisation_hears(slot, host):
    young = ApplicationFactory(slot=slot, volunteer=JuniorFactory())
    clock.tick(now=at(9, 11))
    assert said() == []
    applications.release(application=young, now=at(9, 11), actor=None)
    clock.tick(now=at(10, 11))
    assert said() == []
    clock.tick(now=at(11, 11))
    assert said() == [("application_reminder", host)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("answer", [applications.accept, applications.decline])
def test_the_last_answer_and_the_rest_at_once_leave_no_role_resting(slot, answer):
    for _round in range(5):
        slot.capacity += 1
        slot.save(update_fields=["capacity"])
        asked = ApplicationFactory(slot=slot, released_at=NOW, reminded_at=at(2, 11), escalated_at=at(4, 11))
        calls: list[Callable[[], object]] = [lambda: clock.tick(now=at(9, 11))] * 6
        calls.insert(3, lambda asked=asked: answer(application=asked, now=at(9, 11), actor=None))
        assert all_at_once(calls) == {"ok": 7}
        assert status(slot) == RoleStatus.OPEN
