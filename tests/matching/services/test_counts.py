"""A host learns how many, never who, and never few."""

from __future__ import annotations

import pytest

from matching.services import counts
from organisations.models import Venue
from tests.factories import NOW
from tests.matching import rows
from volunteers.services import availability

pytestmark = pytest.mark.django_db


def test_before_any_run() -> None:
    assert counts.for_role(role=rows.role()) == counts.HostCounts()


@pytest.mark.parametrize(("people", "said"), [(0, 0), (1, 0), (4, 0), (5, 5), (9, 5), (10, 10)])
def test_every_number_is_a_multiple_of_five(people: int, said: int) -> None:
    gardening = rows.gardening()
    role = rows.role(gardening)
    for _ in range(people):
        rows.suggestion(rows.person(gardening), role, sent_at=NOW)
        never = rows.person(gardening)
        availability.set_weekly(volunteer=never, weekly=[0] * 7, now=NOW, actor=None)
    rows.run_once()
    found = counts.for_role(role=role)
    assert (found.could_come, found.told) == (said, said)
    assert found.shut_out == ({"時間": said} if said else {})


def test_how_far_people_live_is_not_counted_out() -> None:
    role = rows.role()
    Venue.objects.filter(roles=role).update(lat=35.6)
    for _ in range(6):
        rows.person()
    rows.run_once()
    assert counts.for_role(role=role) == counts.HostCounts()
