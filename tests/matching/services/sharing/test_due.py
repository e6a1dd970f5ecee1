"""Whose turn it is: by what they chose, and by when and how often they were asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import product

import numpy as np
import pytest
from django.utils.timezone import localdate

from matching.models import Run
from matching.services.sharing import due
from notifications.models import Preference
from notifications.models.preference import Frequency
from organisations.models import Role
from tests.factories import NOW, VolunteerFactory, at
from tests.matching import rows
from volunteers.models import Volunteer

MINUTE = dt.timedelta(minutes=1)
MOMENTS = {
    "Monday the first": NOW,
    "in the middle": at(16, 10),
    "the month is younger than the week": at(32, 10),
    "just before midnight": at(20, 23, 59),
}
Asked = tuple[dt.datetime, ...]
Chosen = tuple[str, int] | None
CHOSEN: list[Chosen] = [None, *product(Frequency.values, (3, 2, 0))]


def midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), NOW.tzinfo)


def histories(now: dt.datetime) -> list[Asked]:
    """Return when somebody may have been asked: on both sides of the beginning of the week and of the month."""
    today = localdate(now)
    week, month = midnight(today - dt.timedelta(days=today.weekday())), midnight(today.replace(day=1))
    earlier_this_month = max(week - MINUTE, month)
    return [
        (),
        (now,),
        (week,),
        (week - MINUTE,),
        (month,),
        (month - MINUTE,),
        (month, earlier_this_month),
        (month - MINUTE, earlier_this_month),
        (month, earlier_this_month, earlier_this_month),
    ]


def asks_left(chosen: Chosen, asked: Asked, now: dt.datetime) -> int:
    """Say by the calendar how many suggestions may be sent now."""
    digest, at_most = chosen or (Preference().digest, Preference().asks_per_month)
    days, today = [localdate(one) for one in asked], localdate(now)
    this_month = sum((day.year, day.month) == (today.year, today.month) for day in days)
    this_week = sum(day.isocalendar()[:2] == today.isocalendar()[:2] for day in days)
    had_theirs = {Frequency.WEEKLY: this_week > 0, Frequency.MONTHLY: this_month > 0, Frequency.NEVER: True}
    return 0 if had_theirs[Frequency(digest)] else max(at_most - this_month, 0)


def someone(chosen: Chosen, asked: Asked, run: Run | None) -> Volunteer:
    volunteer = VolunteerFactory(town=rows.a_town())
    if chosen is not None:
        Preference.objects.create(user=volunteer.user, digest=chosen[0], asks_per_month=chosen[1])
    for moment in asked:
        rows.suggestion(volunteer, Role.objects.get(), planned_at=moment, status="expired", run=run)
    return volunteer


def numbers(people: Iterable[Volunteer]) -> np.ndarray:
    return np.array([one.pk for one in people], dtype=np.int64)


@pytest.fixture
def run() -> Run:
    """One that put suggestions before people, and a role that they were about."""
    rows.role()
    return Run.objects.create(as_of=NOW, requested_at=NOW, status="failed")


@pytest.mark.django_db
@pytest.mark.parametrize("now", MOMENTS.values(), ids=MOMENTS)
def test_who_has_asks_left_is_who_may_be_asked_at_least_once(run: Run, now: dt.datetime) -> None:
    cases = list(product(CHOSEN, histories(now)))
    ids = numbers(someone(chosen, asked, run) for chosen, asked in cases)
    expected = [asks_left(chosen, asked, now) for chosen, asked in cases]
    people = due.read(now=now)
    assert people.id.tolist() == ids.tolist()
    assert people.asks_left.tolist() == expected
    assert due.have_asks_left(people.id, now=now).tolist() == (people.asks_left > 0).tolist()
    assert len(set(expected)) > 3


@pytest.mark.django_db
def test_what_somebody_found_on_their_own_page_is_no_ask(run: Run) -> None:
    people = [someone((Frequency.WEEKLY, 1), (NOW,), by) for by in (run, None)]
    assert due.read(now=NOW).asks_left.tolist() == [0, 1]
    assert due.have_asks_left(numbers(people), now=NOW).tolist() == [False, True]


@pytest.mark.django_db
def test_each_answer_stands_where_the_id_does(run: Run) -> None:
    asked, free = someone(None, (NOW,), run), someone(None, (), run)
    nobody = free.pk + 1
    ids = np.array([nobody, free.pk, asked.pk, free.pk])
    assert due.have_asks_left(ids, now=NOW).tolist() == [False, True, False, True]
    assert due.have_asks_left(ids[:0], now=NOW).tolist() == []


@pytest.mark.django_db
def test_whether_somebody_may_be_contacted_at_all_is_another_question(run: Run) -> None:
    away = [VolunteerFactory(contact=None), VolunteerFactory(paused_until=NOW.date()), VolunteerFactory()]
    away[2].user.is_active = False
    away[2].user.save()
    assert len(due.read(now=NOW)) == 0
    assert due.have_asks_left(numbers(away), now=NOW).all()
