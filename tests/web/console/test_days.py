"""A coordinator finds the days of the area, and writes down who came where the organisation cannot."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from accounts.models import User
from organisations.models import Slot, Town
from tests.factories import DeskMembershipFactory, MembershipFactory, PlacementFactory, SlotFactory, TownFactory, at
from tests.web.conftest import said, send, signed_in
from volunteers.models import Attendance

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]


@pytest.fixture
def _today() -> Iterator[None]:
    with time_machine.travel(at(0, 12), tick=False):
        yield


@pytest.fixture
def town() -> Town:
    place: Town = TownFactory()
    return place


@pytest.fixture
def coordinator(town: Town) -> User:
    user: User = DeskMembershipFactory(desk__towns=[town]).user
    return user


def _slot(**where: object) -> Slot:
    slot: Slot = SlotFactory(starts_at=at(-2, 9), taken=1, **where)
    PlacementFactory(slot=slot)
    return slot


def test_the_list_leads_to_writing_down_who_came(coordinator: User, town: Town) -> None:
    slot, client = _slot(role__organisation__town=town), signed_in(coordinator)
    page = said(client.get("/console/days/"))
    address = f"/organisation/slots/{slot.pk}/attendance/"
    assert "まだ記録していません" in page
    assert address in page
    assert f"/organisation/slots/{slot.pk}/thanks/" not in page
    [placement] = slot.placements.all()
    sheet = said(client.get(address))
    assert "/console/days/" in sheet
    send(client, address, **{f"presence-{placement.pk}": "came", f"minutes-{placement.pk}": "90"})
    assert Attendance.objects.get(placement=placement).minutes == 90
    after = said(client.get("/console/days/"))
    assert "記録しました" in after
    assert f"/organisation/slots/{slot.pk}/thanks/" not in after


def test_days_of_other_areas_are_not_there(coordinator: User) -> None:
    _slot(role__title="遠くの会の草とり")
    page = said(signed_in(coordinator).get("/console/days/"))
    assert "遠くの会の草とり" not in page
    assert "参加が決まった日は、まだありません" in page


def test_a_host_has_a_list_of_their_own(town: Town) -> None:
    slot = _slot(role__organisation__town=town)
    host = MembershipFactory(organisation=slot.role.organisation).user
    assert signed_in(host).get("/console/days/").status_code == 404
