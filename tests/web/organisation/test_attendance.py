from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from organisations.models import Slot
from tests.factories import (
    ApplicationFactory,
    DeskMembershipFactory,
    MembershipFactory,
    PlacementFactory,
    SlotFactory,
    UserFactory,
    at,
)
from tests.web.conftest import said, send, signed_in
from volunteers.models import Attendance, Placement
from volunteers.services.attendance import recording


@pytest.fixture
def slot() -> Slot:
    return SlotFactory(role__title="駅前の花だん")


@pytest.fixture
def host(slot: Slot) -> Client:
    return signed_in(MembershipFactory(organisation=slot.role.organisation).user)


def page_of(slot: Slot) -> str:
    return f"/organisation/slots/{slot.pk}/attendance/"


def answers(placement: Placement, presence: str, minutes: Any = "") -> dict[str, Any]:
    return {f"presence-{placement.pk}": presence, f"minutes-{placement.pk}": minutes}


def test_the_list_names_who_comes_and_nobody_else(host: Client, slot: Slot) -> None:
    PlacementFactory(slot=slot, volunteer__user__name="花子", places=3)
    PlacementFactory(slot=slot, volunteer__user=UserFactory(name="", email="secret@example.org"))
    ApplicationFactory(slot=slot, volunteer__user__name="まだの人")
    PlacementFactory(volunteer__user__name="よその人")
    with time_machine.travel(at(5, 11)):
        page = said(host.get(page_of(slot)))
    assert "花子" in page
    assert "お名前なし" in page
    for other in ("secret@example.org", "まだの人", "よその人"):
        assert other not in page
    assert 'value="120"' in page


def test_recording_shows_what_was_recorded_and_can_be_put_right(host: Client, slot: Slot) -> None:
    here, away, later = PlacementFactory.create_batch(3, slot=slot)
    with time_machine.travel(at(5, 11)):
        sent = answers(here, "came", 90) | answers(away, "away", 120) | answers(later, "", 120)
        assert send(host, page_of(slot), **sent)["Location"] == page_of(slot)
        assert "2人の記録を保存しました" in said(host.get(page_of(slot)))
        assert send(host, page_of(slot), **answers(away, "came", 30)).status_code == 302
    rows = {row.placement_id: (row.came, row.minutes) for row in Attendance.objects.all()}
    assert rows == {here.pk: (True, 90), away.pk: (True, 30)}


def came(party: Placement, people: int) -> dict[str, Any]:
    return {f"people-{party.pk}": people}


def test_of_a_party_it_can_be_said_how_many_came(host: Client, slot: Slot) -> None:
    party, alone = PlacementFactory(slot=slot, places=4), PlacementFactory(slot=slot)
    with time_machine.travel(at(5, 11)):
        page = said(host.get(page_of(slot)))
        assert (f'name="people-{party.pk}"' in page, f'name="people-{alone.pk}"' in page) == (True, False)
        both = answers(party, "came", 90) | answers(alone, "came", 60)
        send(host, page_of(slot), **both, **came(party, 3))
        page = said(host.get(page_of(slot)))
        assert "来た方は4人です" in page
        assert "合わせると5時間30分です" in page
        assert "4までの数字を入れてください" in said(send(host, page_of(slot), **both, **came(party, 5)), 400)
        send(host, page_of(slot), **both, **came(party, 0))
    rows = {row.placement_id: (row.came, row.minutes) for row in Attendance.objects.all()}
    assert rows == {party.pk: (False, 0), alone.pk: (True, 60)}


def test_a_double_tap_records_once(host: Client, slot: Slot) -> None:
    placement = PlacementFactory(slot=slot)
    with time_machine.travel(at(5, 11)):
        for _tap in range(2):
            assert send(host, page_of(slot), once="k", **answers(placement, "came", 90)).status_code == 302
    assert Attendance.objects.count() == 1


@pytest.mark.parametrize("minutes", ["", "0", "1441", "x"])
def test_minutes_that_cannot_be_are_said_beside_the_person(host: Client, slot: Slot, minutes: str) -> None:
    placement = PlacementFactory(slot=slot)
    with time_machine.travel(at(5, 11)):
        page = said(send(host, page_of(slot), **answers(placement, "came", minutes)), 400)
    assert "まだ保存していません" in page
    assert not Attendance.objects.exists()


def test_minutes_of_who_stayed_away_do_not_matter(host: Client, slot: Slot) -> None:
    placement = PlacementFactory(slot=slot)
    with time_machine.travel(at(5, 11)):
        assert send(host, page_of(slot), **answers(placement, "away", "")).status_code == 302
    assert not Attendance.objects.get().came


def test_before_the_day_there_is_only_the_list(host: Client, slot: Slot) -> None:
    placement = PlacementFactory(slot=slot, volunteer__user__name="花子")
    page = said(host.get(page_of(slot)))
    assert "花子" in page
    assert "記録できるのは" in page
    assert "まだ記録できません" in said(send(host, page_of(slot), **answers(placement, "came", 90)), 409)


def test_the_coordinator_of_the_area_may_record_too(slot: Slot) -> None:
    placement = PlacementFactory(slot=slot)
    coordinator = signed_in(DeskMembershipFactory(desk__towns=[slot.role.organisation.town]).user)
    with time_machine.travel(at(5, 11)):
        assert "困りごと" in said(coordinator.get(page_of(slot)))
        assert send(coordinator, page_of(slot), **answers(placement, "came", 90)).status_code == 302
    elsewhere = signed_in(DeskMembershipFactory().user)
    assert elsewhere.get(page_of(slot)).status_code == 404
    assert Attendance.objects.get().came


def test_the_code_on_the_wall_is_the_address_of_checking_in(host: Client, slot: Slot, settings: Settings) -> None:
    settings.SITE_URL = "https://yaritai.example"
    page = said(host.get(f"/organisation/slots/{slot.pk}/qr/"))
    assert f"https://yaritai.example/attend/{recording.code(slot)}/" in page
    [drawing] = re.findall(r'<svg [^>]*class="qr".*?</svg>', page, re.DOTALL)
    assert len(ET.fromstring(drawing).findall(".//path")) == 2  # noqa: S314  our own drawing
    assert "style" not in drawing


def test_days_tell_what_is_not_recorded_yet(host: Client, slot: Slot) -> None:
    past = SlotFactory(role=slot.role, starts_at=at(-2, 9))
    PlacementFactory(slot=past)
    PlacementFactory(slot=slot, cancelled_at=at(0, 9))
    PlacementFactory(slot=SlotFactory(role__title="よその会"))
    page = said(host.get("/organisation/days/"))
    assert "まだ記録していません" in page
    assert page_of(past) in page
    assert page_of(slot) not in page
    assert "よその会" not in page
    recording.record(
        slot=past, came=dict.fromkeys(past.placements.values_list("pk", flat=True)), now=at(0, 9), actor=None
    )
    assert "まだ記録していません" not in said(host.get("/organisation/days/"))
