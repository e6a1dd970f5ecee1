from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import ApplicationFactory, PlacementFactory, SlotFactory, UserFactory, WaitingFactory, at
from tests.web.conftest import said, signed_in
from volunteers.models import Volunteer

PAGE = "/my/calendar/"


def test_a_month_of_what_is_agreed_asked_and_waited_for(member: Client, volunteer: Volunteer) -> None:
    coming = SlotFactory(role__title="これからの会", starts_at=at(5, 9))
    waited = SlotFactory(role__title="空きまちの会", starts_at=at(7, 9))
    PlacementFactory(volunteer=volunteer, slot=coming)
    ApplicationFactory(volunteer=volunteer, slot=SlotFactory(role__title="返事まちの会", starts_at=at(6, 9)))
    WaitingFactory(volunteer=volunteer, slot=waited)
    PlacementFactory(volunteer=volunteer, slot=SlotFactory(role__title="来月の会", starts_at=at(40, 9)))
    PlacementFactory(slot=SlotFactory(role__title="ほかの人の会"))
    page = said(member.get(PAGE))
    assert page.index("これからの会") < page.index("返事まちの会") < page.index("空きまちの会")
    assert f'href="/my/places/#slot-{coming.pk}"' in page
    assert f'href="/roles/{waited.role_id}/"' in page
    for other in ("来月の会", "ほかの人の会"):
        assert other not in page
    assert "来月の会" in said(member.get(f"{PAGE}?month=2027-04"))
    assert "month=2027-02" in page
    assert "month=2027-04" in page


def test_an_empty_month_leads_on(member: Client) -> None:
    page = said(member.get(PAGE))
    assert "この月の予定はありません" in page
    assert "/my/suggestions/" in page


def test_a_month_that_is_none_is_not_there(member: Client) -> None:
    assert member.get(f"{PAGE}?month=2027-13").status_code == 404


def test_the_ways_end_two_years_from_now(member: Client) -> None:
    assert 'rel="prev"' not in said(member.get(f"{PAGE}?month=2025-03"))
    assert 'rel="next"' not in said(member.get(f"{PAGE}?month=2029-03"))


@pytest.mark.parametrize("path", [PAGE, "/my/places/"])
def test_without_a_profile_one_is_asked_for(path: str) -> None:
    assert "/my/profile/" in said(signed_in(UserFactory()).get(path))
