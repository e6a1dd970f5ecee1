"""Roles that hardly anybody could come to, and the condition that binds."""

from __future__ import annotations

from collections import Counter

import pytest
from pytest_django import Settings

from matching import reports
from matching.engine.reasons import Reason
from matching.reports import Reach
from matching.services.running import runs
from tests.factories import at
from tests.matching import rows
from volunteers.services.people import availability


@pytest.mark.django_db
def test_who_lacks_people_and_why(settings: Settings) -> None:
    settings.SHARD_SIZE = 2
    saturday = availability.bits(8 * 60, 12 * 60)
    for _ in range(6):
        volunteer = rows.person()
        volunteer.availability.weekly = [0, 0, 0, 0, 0, saturday, 0]
        volunteer.availability.save()
    rows.role(starts_at=at(5, 9))
    at_night = rows.role(starts_at=at(5, 20))
    rows.run_once()
    run = runs.latest()
    assert run is not None
    assert reports.under_served(run=run) == [reports.UnderServed(at_night, 0, "時間", 6)]
    assert [one.could_come for one in reports.under_served(run=run, fewer_than=7)] == [0, 6]


def test_what_shuts_out_alone_comes_before_what_shuts_out_most() -> None:
    reach = Reach(shut_out=Counter({Reason.DISTANCE: 90, Reason.TIME: 8}), only_by=Counter({Reason.TIME: 3}))
    assert reach.binding() == (Reason.TIME, 3)


def test_where_nobody_is_shut_out_by_one_thing_alone() -> None:
    assert Reach(shut_out=Counter({Reason.DISTANCE: 90, Reason.TIME: 8})).binding() == (Reason.DISTANCE, 90)


def test_what_a_role_cannot_change_binds_last() -> None:
    reach = Reach(only_by=Counter({Reason.NO_CONSENT: 9, Reason.ACCESS: 1}))
    assert reach.binding() == (Reason.ACCESS, 1)
    assert Reach(only_by=Counter({Reason.NO_CONSENT: 9})).binding() == (Reason.NO_CONSENT, 9)


def test_an_empty_ward_binds_nothing() -> None:
    assert Reach().binding() == (None, 0)
