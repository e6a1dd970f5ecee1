"""Digests: at most one a week, few and fitting, fairly spread, and never two."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection

from accounts.models.consent import ConsentKind
from accounts.services import consents
from matching.models import Run, Suggestion, SuggestionStatus
from matching.services.answering import suggestions
from matching.services.asking import digests
from matching.services.sharing import due
from notifications.models import Channel, ContactPoint, Notification
from notifications.services import preferences
from organisations.models import Activity, Slot
from tests.factories import NOW, JuniorFactory, at
from tests.matching import rows
from tests.together import together
from volunteers.models import Volunteer

WEEK = dt.timedelta(days=7)


@pytest.fixture
def gardening() -> Activity:
    return rows.gardening()


def plan(now: dt.datetime = NOW) -> int:
    rows.run_once(now)
    return digests.plan(now=now)


def told(volunteer: Volunteer) -> list[int]:
    return list(Suggestion.objects.filter(volunteer=volunteer).order_by("pk").values_list("role", flat=True))


@pytest.mark.django_db
def test_three_at_most_and_the_best_first(gardening: Activity) -> None:
    volunteer = rows.person(gardening)
    made = [rows.role(gardening, title=f"花だん{'の水やり' * n}") for n in range(5)]
    assert plan() == 1
    planned = list(Suggestion.objects.order_by("rank"))
    assert len(planned) == 3
    assert [one.rank for one in planned] == [1, 2, 3]
    assert [one.score for one in planned] == sorted((one.score for one in planned), reverse=True)
    assert {one.status for one in planned} == {SuggestionStatus.PLANNED}
    assert {one.role_id for one in planned} <= {one.pk for one in made}
    letter = Notification.objects.get()
    assert letter.user == volunteer.user
    assert letter.about == {"suggestions": [one.pk for one in planned]}
    assert letter.dedupe_key == f"digest:{volunteer.user.pk}:2027-W09:email"
    assert len(letter.actions) == 3


@pytest.mark.django_db
def test_nothing_is_said_where_nothing_fits(gardening: Activity) -> None:
    rows.person()
    rows.role(gardening)
    assert plan() == 0
    assert not Notification.objects.exists()
    assert Run.objects.get().digests_planned_at == NOW


@pytest.mark.django_db
def test_one_digest_a_week(gardening: Activity) -> None:
    rows.person(gardening)
    for number in range(8):
        rows.role(gardening, title=f"花だん {number}", starts_at=at(20, 9))
    assert plan() == 1
    assert digests.plan(now=NOW) == 0
    assert plan(NOW + dt.timedelta(days=6)) == 0  # Sunday of the same week
    assert plan(NOW + WEEK) == 1
    assert Notification.objects.count() == 2
    assert Suggestion.objects.count() == 6  # and none of them twice
    assert Suggestion.objects.values("role").distinct().count() == 6


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("chosen", "after_a_week", "after_a_month"),
    [({"digest": "monthly"}, 0, 1), ({"digest": "never"}, 0, 0), ({"asks_per_month": 3}, 0, 1)],
)
def test_what_a_person_chose(
    gardening: Activity, chosen: dict[str, Any], after_a_week: int, after_a_month: int
) -> None:
    volunteer = rows.person(gardening)
    preferences.change(user=volunteer.user, now=NOW, **chosen)
    for number in range(8):
        rows.role(gardening, title=f"花だん {number}", starts_at=at(10, 9))
        rows.role(gardening, title=f"花だん {number}", starts_at=at(40, 9))
    first = plan()
    assert first == (chosen.get("digest") != "never")
    assert plan(NOW + WEEK) == after_a_week
    assert plan(at(32, 10)) == after_a_month


@pytest.mark.django_db
def test_a_cap_leaves_as_many_as_are_left(gardening: Activity) -> None:
    volunteer = rows.person(gardening)
    preferences.change(user=volunteer.user, now=NOW, asks_per_month=2)
    for number in range(4):
        rows.role(gardening, title=f"花だん {number}")
    plan()
    assert len(told(volunteer)) == 2


@pytest.mark.django_db
def test_who_was_asked_least_recently_comes_first(gardening: Activity) -> None:
    people = [rows.person(gardening) for _ in range(due.ASKED_PER_PLACE + 2)]
    earlier = rows.role(gardening, starts_at=at(-10, 9), status="closed")
    run = Run.objects.create(as_of=NOW - 4 * WEEK, requested_at=NOW - 4 * WEEK, status="failed")
    for volunteer in people[:2]:
        rows.suggestion(volunteer, earlier, planned_at=NOW - 4 * WEEK, status="expired", run=run)
    scarce = rows.role(gardening, capacity=1)
    plan()
    assert [told(one)[-1:] == [scarce.pk] for one in people] == [False] * 2 + [True] * due.ASKED_PER_PLACE


@pytest.mark.django_db
def test_not_without_consent_nor_during_a_break(gardening: Activity) -> None:
    rows.role(gardening)
    withdrawn, paused, happy = (rows.person(gardening) for _ in range(3))
    rows.run_once()
    consents.withdraw(user=withdrawn.user, kind=ConsentKind.CONTACT, now=NOW)
    paused.paused_until = NOW.date()
    paused.save()
    assert digests.plan(now=NOW) == 1
    assert Notification.objects.get().user == happy.user


@pytest.mark.django_db
def test_what_filled_up_since_is_left_out(gardening: Activity) -> None:
    rows.person(gardening)
    rows.role(gardening, capacity=1)
    rows.run_once()
    Slot.objects.update(taken=1)
    assert digests.plan(now=NOW) == 0


@pytest.mark.django_db
def test_what_was_declined_or_seen_lately_is_left_out(gardening: Activity) -> None:
    volunteer = rows.person(gardening)
    declined, seen, new = (rows.role(gardening, title=f"花だん {number}") for number in range(3))
    answered = rows.suggestion(volunteer, declined)
    suggestions.answer(suggestion=answered, answer="decline", now=NOW, actor=volunteer.user)
    rows.suggestion(volunteer, seen)
    plan()
    assert Suggestion.objects.get(status="planned").role == new


@pytest.mark.django_db
def test_without_e_mail_a_coordinator_telephones(gardening: Activity) -> None:
    volunteer = rows.person(gardening, email=None, name="うめの", language="en")
    ContactPoint.objects.create(user=volunteer.user, channel=Channel.CALL_LIST, address="045-000-0000")
    role = rows.role(gardening, title_en="Flower beds by the station")
    plan()
    letter = Notification.objects.get()
    assert (letter.channel, letter.actions) == (Channel.CALL_LIST, [])
    assert letter.title == "合いそうな活動を、お電話でお伝えください"
    assert role.title in letter.body


@pytest.mark.django_db
def test_the_young_hear_of_it_from_a_coordinator(gardening: Activity) -> None:
    junior = JuniorFactory(town=rows.a_town())
    junior.interests.add(gardening)
    rows.role(gardening)
    assert plan() == 1
    letter = Notification.objects.get(user=junior.user)
    assert (letter.channel, letter.actions) == (Channel.CALL_LIST, [])


@pytest.mark.django_db
def test_a_party_only_where_there_is_room_for_all(gardening: Activity) -> None:
    rows.person(gardening, party_size=4)
    rows.role(gardening, capacity=3, takes_groups=True)
    enough = rows.role(gardening, capacity=4, takes_groups=True)
    plan()
    assert Suggestion.objects.get().role == enough


@pytest.mark.django_db(transaction=True)
def test_many_planners_at_once_plan_once(gardening: Activity) -> None:
    people = [rows.person(gardening) for _ in range(6)]
    rows.role(gardening)
    rows.run_once()
    together(4, lambda _: digests.plan(now=NOW))
    assert digests.plan(now=NOW) == 0
    assert Notification.objects.count() == Suggestion.objects.count() == len(people)


@pytest.mark.django_db
def test_batches_end_where_the_people_end(gardening: Activity, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digests, "PEOPLE_AT_ONCE", 2)
    for _ in range(5):
        rows.person(gardening)
    rows.role(gardening)
    assert plan() == 5
    assert Notification.objects.count() == 5


@pytest.mark.django_db
def test_a_planner_that_died_is_followed_by_the_next(gardening: Activity, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digests, "PEOPLE_AT_ONCE", 2)
    people = [rows.person(gardening) for _ in range(5)]
    rows.role(gardening)
    rows.run_once()
    with connection.execute_wrapper(_DiesAt('INSERT INTO "notifications_actionlink"', 2)), pytest.raises(_Killed):
        digests.plan(now=NOW)
    assert Notification.objects.count() == Suggestion.objects.count() == 2  # one batch, whole
    assert digests.plan(now=NOW) == 3
    assert [len(told(one)) for one in people] == [1] * 5


class _Killed(Exception):
    pass


class _DiesAt:
    """Ends the process, as far as the code can tell, when it sends a statement for the nth time."""

    def __init__(self, statement: str, nth: int) -> None:
        self.statement, self.left = statement, nth

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(self.statement):
            self.left -= 1
            if not self.left:
                raise _Killed
        return execute(sql, params, many, context)
