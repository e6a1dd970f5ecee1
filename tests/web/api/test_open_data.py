from __future__ import annotations

from organisations.models.role import RoleStatus
from tests.factories import SlotFactory, at
from tests.web.api.conftest import Caller

EVENTS = "/api/v1/open-data/events/"


def test_everybody_reads_the_coming_times_with_their_terms(stranger: Caller) -> None:
    later, sooner = SlotFactory(starts_at=at(9, 9)), SlotFactory(starts_at=at(5, 9))
    SlotFactory(cancelled_at=at(0, 9))
    SlotFactory(role__status=RoleStatus.RESTING)
    found = stranger.get(EVENTS).json()
    assert (found["licence"], found["licence_url"].startswith("https://")) == ("CC BY 4.0", True)
    assert [one["id"] for one in found["events"]] == [sooner.pk, later.pk]
    assert found["events"][0]["place"]["name"] == sooner.role.venue.name
