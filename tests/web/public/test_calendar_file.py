from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import quote

import icalendar
import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from organisations.models import Slot
from organisations.models.role import RoleStatus
from tests.factories import RoleFactory, SlotFactory, at


def address(slot: Slot) -> str:
    return reverse("public:slot_calendar", args=[slot.role_id, slot.pk])


def event(client: Client, slot: Slot) -> Any:
    response = client.get(address(slot))
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    calendar: Any = icalendar.Calendar.from_ical(response.content)
    [found] = calendar.walk("VEVENT")
    assert calendar.errors == found.errors == []
    return found


def test_a_slot_goes_into_ones_own_calendar(client: Client, settings: Settings) -> None:
    settings.SITE_URL = "https://yaritai.example"
    slot = SlotFactory(role__title="花だん, 水やり; \\草取り", role__bring="軍手", role__rain_rule="雨なら中止")
    found, venue = event(client, slot), slot.role.venue
    assert found["SUMMARY"] == "花だん, 水やり; \\草取り"
    assert (found.start, found.end) == (slot.starts_at, slot.ends_at)
    assert venue.name in found["LOCATION"]
    assert venue.town.name in found["LOCATION"]
    for said in (slot.role.organisation.name, "持ち物: 軍手", "雨のとき: 雨なら中止"):
        assert said in found["DESCRIPTION"]
    assert found["URL"] == f"https://yaritai.example/roles/{slot.role_id}/"
    assert (found["STATUS"], found["SEQUENCE"]) == ("CONFIRMED", 0)


def test_lines_are_short_and_end_as_calendars_want_them(client: Client) -> None:
    """Read once more without the library that wrote it."""
    raw = client.get(address(SlotFactory(role__title="長" * 80))).content
    lines = raw.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-2:] == [b"END:VCALENDAR", b""]
    assert max(map(len, lines)) <= 75
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert "SUMMARY:" + "長" * 80 in raw.replace(b"\r\n ", b"").decode()


def test_a_cancelled_slot_takes_the_place_of_itself(client: Client) -> None:
    slot = SlotFactory()
    before = event(client, slot)
    slot.cancelled_at = at(1, 9)
    slot.save()
    after = event(client, slot)
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["STATUS"] == "CANCELLED"


def test_a_window_says_how_much_of_it(client: Client) -> None:
    slot = SlotFactory(minutes=20, ends_at=at(6, 9) + dt.timedelta(hours=4), starts_at=at(6, 9))
    assert "好きな20分" in event(client, slot)["DESCRIPTION"]


def test_what_can_be_done_from_home_is_nowhere(client: Client) -> None:
    assert event(client, SlotFactory(role__is_online=True, role__venue=None))["LOCATION"] == "家から参加"


@pytest.mark.parametrize("status", [RoleStatus.DRAFT, RoleStatus.WAITING])
def test_a_hidden_role_has_no_file(client: Client, status: str) -> None:
    slot = SlotFactory(role__status=status, role__published_at=None)
    assert client.get(address(slot)).status_code == 404


def test_a_slot_of_another_role_is_not_there(client: Client) -> None:
    slot, other = SlotFactory(), RoleFactory()
    assert client.get(reverse("public:slot_calendar", args=[other.pk, slot.pk])).status_code == 404


def test_the_page_of_a_role_shares_itself_by_plain_links(client: Client, settings: Settings) -> None:
    settings.SITE_URL = "https://yaritai.example"
    slot = SlotFactory(role__title='水やり & "草取り"')
    cancelled = SlotFactory(role=slot.role, starts_at=at(7, 9), cancelled_at=at(0, 9))
    page = client.get(reverse("public:role", args=[slot.role_id])).content.decode()
    shared = f"https://yaritai.example/roles/{slot.role_id}/"
    assert address(slot) in page
    assert address(cancelled) not in page
    assert f"https://social-plugins.line.me/lineit/share?url={quote(shared, safe='')}" in page
    assert f"mailto:?subject={quote(slot.role.title, safe='')}&amp;body=" in page
    assert f'readonly value="{shared}"' in page
    assert "style=" not in page
    assert "<script>" not in page


def test_an_unknown_insurance_says_what_to_ask(client: Client) -> None:
    unknown, known = RoleFactory(insurance="unknown"), RoleFactory(insurance="civic")
    assert "保険はありますか" in client.get(reverse("public:role", args=[unknown.pk])).content.decode()
    assert "保険はありますか" not in client.get(reverse("public:role", args=[known.pk])).content.decode()
