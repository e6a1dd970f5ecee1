from __future__ import annotations

import datetime as dt

import pytest

from notifications.models import ActionLink, Notification
from tests.factories import JuniorFactory, PlacementFactory, SlotFactory, at
from tests.volunteers.services.guardians.given import answer, ask
from volunteers.models import GuardianRequest
from volunteers.services.guardians import ending

pytestmark = pytest.mark.django_db


def test_before_the_end_the_guardian_is_asked_again_once(junior):
    answer(ask(junior), until=dt.date(2027, 6, 30))
    assert ending.remind(now=at(80, 9)) == 0
    links_before = ActionLink.objects.count()
    for day in (95, 96, 100):
        assert ending.remind(now=at(day, 9)) == 1
    assert Notification.objects.filter(kind="guardian_expiring").count() == 1
    assert ActionLink.objects.count() == links_before + 1


def test_nobody_is_asked_again_about_who_comes_of_age():
    junior = JuniorFactory(guardian=None, born_on=dt.date(2009, 5, 5))
    answer(ask(junior))
    assert ending.remind(now=at(50, 9)) == 0


def test_after_the_end_nothing_stays_ahead(junior):
    answer(ask(junior), until=dt.date(2027, 3, 10))
    coming = PlacementFactory(volunteer=junior, slot=SlotFactory(taken=1, starts_at=at(20, 9), ends_at=at(20, 10)))
    assert ending.end_over(now=at(9, 12)) == 0
    assert ending.end_over(now=at(10, 12)) == 1
    assert ending.end_over(now=at(11, 12)) == 0
    coming.refresh_from_db()
    assert coming.cancelled_at is not None
    assert Notification.objects.filter(kind="guardian_over").count() == 1


def test_a_consent_that_was_given_anew_keeps_what_is_ahead(junior):
    answer(ask(junior), until=dt.date(2027, 3, 10))
    PlacementFactory(volunteer=junior, slot=SlotFactory(taken=1, starts_at=at(20, 9), ends_at=at(20, 10)))
    answer(GuardianRequest.objects.get(), now=at(5, 9))
    assert ending.end_over(now=at(12, 12)) == 0
