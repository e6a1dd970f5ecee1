"""A need ends when its role is published, or when its day has passed."""

from __future__ import annotations

import datetime as dt

import pytest

from organisations.models.need import NeedStatus
from organisations.services.needs import ends
from tests.factories import NOW, NeedFactory, RoleFactory

pytestmark = pytest.mark.django_db

TODAY = NOW.date()


def test_what_is_over_is_closed_and_what_is_not_stays() -> None:
    over, last_day = NeedFactory(wanted_until=TODAY - dt.timedelta(days=1)), NeedFactory(wanted_until=TODAY)
    draft = NeedFactory(status=NeedStatus.DRAFT, wanted_until=TODAY - dt.timedelta(days=1))
    assert ends.close_past(now=NOW) == 1
    assert ends.close_past(now=NOW) == 0
    for need in (over, last_day, draft):
        need.refresh_from_db()
    assert (over.status, over.closed_at) == (NeedStatus.CLOSED, NOW)
    assert (last_day.status, draft.status) == (NeedStatus.OPEN, NeedStatus.DRAFT)


def test_a_published_role_takes_up_the_open_needs_it_was_made_for() -> None:
    role = RoleFactory()
    need, closed = NeedFactory(role=role), NeedFactory(role=role, status=NeedStatus.CLOSED)
    other = NeedFactory(role=RoleFactory())
    assert ends.take_up(role=role, now=NOW, actor=None) == 1
    for row in (need, closed, other):
        row.refresh_from_db()
    assert [row.status for row in (need, closed, other)] == [NeedStatus.TAKEN_UP, NeedStatus.CLOSED, NeedStatus.OPEN]
