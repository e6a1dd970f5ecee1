from __future__ import annotations

import datetime as dt

import pytest

from notifications.models import Notification
from tests.factories import (
    NOW,
    ApplicationFactory,
    JuniorFactory,
    MembershipFactory,
    PlacementFactory,
    RoleFactory,
    SlotFactory,
    WaitingFactory,
    at,
)
from tests.volunteers.services.guardians.given import answer, ask, consent_of
from volunteers.models import Waiting
from volunteers.models.application import ApplicationStatus

pytestmark = pytest.mark.django_db


def test_taking_it_back_calls_off_what_is_ahead_and_says_no_reason(junior):
    request = answer(ask(junior))
    host = MembershipFactory()
    role = RoleFactory(organisation=host.organisation)
    past = PlacementFactory(volunteer=junior, slot=SlotFactory(role=role, starts_at=at(-3, 9), ends_at=at(-3, 10)))
    coming = PlacementFactory(volunteer=junior, slot=SlotFactory(role=role, taken=1))
    asked = ApplicationFactory(volunteer=junior, slot=SlotFactory(role=role))
    answer(request, is_given=False)
    for row in (past, coming, asked, request):
        row.refresh_from_db()
    assert (past.cancelled_at, asked.status) == (None, ApplicationStatus.WITHDRAWN)
    assert coming.cancelled_at is not None
    told = Notification.objects.filter(user=host.user)
    assert [one.kind for one in told] == ["placement_cancelled"]
    assert "保護者" not in told[0].title + told[0].body
    assert consent_of(junior) is None


def test_taking_it_back_ends_waiting_and_frees_what_was_held(junior):
    request = answer(ask(junior))
    slot = SlotFactory(capacity=1, taken=1)
    WaitingFactory(volunteer=junior, slot=slot, offered_at=NOW, offered_until=at(0, 20), held=1)
    answer(request, is_given=False)
    slot.refresh_from_db()
    assert slot.taken == 0
    assert not Waiting.objects.alive().exists()


def test_at_sixteen_only_what_needs_a_guardian_is_called_off():
    junior = JuniorFactory(guardian=None, born_on=dt.date(2010, 9, 1))
    request = answer(ask(junior))
    free = PlacementFactory(volunteer=junior, slot=SlotFactory(taken=1, role__guardian_under=0))
    bound = PlacementFactory(
        volunteer=junior, slot=SlotFactory(taken=1, role__guardian_under=18, starts_at=at(9, 9), ends_at=at(9, 10))
    )
    answer(request, is_given=False)
    free.refresh_from_db()
    bound.refresh_from_db()
    assert (free.cancelled_at, bound.cancelled_at) == (None, NOW)
