"""The times of a role: one more, another, none."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from organisations.models import Organisation, Role, Slot
from organisations.models.role import RoleStatus
from tests.factories import MembershipFactory, RoleFactory, SlotFactory, at
from tests.web.conftest import said, send, signed_in

DAY = {"day": "2027-03-06", "begins": "9:00", "ends": "11:30", "capacity": "3"}
WINDOW = {
    "first_on": "2027-03-05", "begins": "9時", "last_on": "2027-03-09", "ends": "17:00", "minutes": "30",
    "capacity": "5",
}  # fmt: skip


@pytest.fixture
def organisation() -> Organisation:
    made: Organisation = MembershipFactory().organisation
    return made


@pytest.fixture
def host(organisation: Organisation) -> Client:
    return signed_in(organisation.memberships.get().user)


@pytest.fixture
def draft(organisation: Organisation) -> Role:
    made: Role = RoleFactory(organisation=organisation, status=RoleStatus.DRAFT, published_at=None)
    return made


def when(role: Role) -> str:
    return f"/organisation/roles/{role.pk}/when/"


def test_a_time_is_added_and_the_page_shows_it(host: Client, draft: Role) -> None:
    assert send(host, when(draft), **DAY)["Location"] == when(draft)
    assert "3月6日" in said(host.get(when(draft)))
    slot = Slot.objects.get()
    assert (slot.starts_at, slot.ends_at, slot.capacity, slot.minutes) == (at(5, 9), at(5, 11, 30), 3, None)


def test_going_on_keeps_the_time_that_was_typed(host: Client, draft: Role) -> None:
    page = f"/organisation/roles/{draft.pk}/"
    assert send(host, when(draft), go="on", capacity="3")["Location"] == f"{page}where/"
    assert not Slot.objects.exists()
    assert send(host, when(draft), **DAY, go="back")["Location"] == f"{page}size/"
    assert Slot.objects.count() == 1
    said(send(host, when(draft), day="2027-03-06", go="on"), 400)


@pytest.mark.parametrize(
    ("given", "ends_at"), [({"begins": "１３：００", "ends": "14時30分"}, at(5, 14, 30)), ({"ends": "0:00"}, at(6, 0))]
)
def test_hours_are_read_as_people_write_them(host: Client, draft: Role, given: dict[str, str], ends_at: Any) -> None:
    assert send(host, when(draft), **{**DAY, **given}).status_code == 302
    assert Slot.objects.get().ends_at == ends_at


def test_the_next_time_is_offered_as_the_last_one(host: Client, draft: Role) -> None:
    SlotFactory(role=draft, capacity=7)
    page = said(host.get(when(draft)))
    assert 'value="7"' in page
    assert "2時間後" in page


def test_a_window_is_added(host: Client, draft: Role) -> None:
    assert send(host, f"{when(draft)}window/", **WINDOW)["Location"] == when(draft)
    slot = Slot.objects.get()
    assert (slot.starts_at, slot.ends_at, slot.minutes, slot.capacity) == (at(4, 9), at(8, 17), 30, 5)


@pytest.mark.parametrize(
    ("wrong", "status", "says"),
    [
        ({"day": "2027-02-01"}, 409, "もう過ぎた日時です"),
        ({"ends": "8:00"}, 409, "はじまりより前"),
        ({"begins": "いつか"}, 400, "時刻は"),
        ({"day": ""}, 400, "日にちを入れてください"),
    ],
)
def test_a_time_that_cannot_be_is_refused_in_place(
    host: Client, draft: Role, wrong: dict[str, str], status: int, says: str
) -> None:
    assert says in said(send(host, when(draft), **{**DAY, **wrong}), status)
    assert not Slot.objects.exists()


def test_a_time_of_a_draft_is_changed_and_taken_away(host: Client, draft: Role) -> None:
    fixed, window = SlotFactory(role=draft), SlotFactory(role=draft, ends_at=at(6, 18), minutes=60)
    for slot, given in ((fixed, {**DAY, "begins": "10:00"}), (window, WINDOW)):
        said(host.get(f"/organisation/slots/{slot.pk}/"))
        assert send(host, f"/organisation/slots/{slot.pk}/", **given)["Location"] == when(draft)
        slot.refresh_from_db()
    assert (fixed.starts_at, window.minutes) == (at(5, 10), 30)
    said(host.get(f"/organisation/slots/{fixed.pk}/remove/"))
    assert send(host, f"/organisation/slots/{fixed.pk}/remove/")["Location"] == when(draft)
    assert list(Slot.objects.all()) == [window]


def test_of_a_time_that_people_know_only_the_number_changes(host: Client, organisation: Organisation) -> None:
    slot = SlotFactory(role__organisation=organisation, taken=2)
    page = said(host.get(f"/organisation/slots/{slot.pk}/"))
    assert "もう2人の参加が決まっています" in page
    assert 'name="day"' not in page
    said(send(host, f"/organisation/slots/{slot.pk}/", capacity="1"), 409)
    sent = send(host, f"/organisation/slots/{slot.pk}/", capacity="8", day="2027-03-20")
    assert sent["Location"] == f"/organisation/roles/{slot.role_id}/"
    before = slot.starts_at
    slot.refresh_from_db()
    assert (slot.capacity, slot.starts_at) == (8, before)
    said(send(host, f"/organisation/slots/{slot.pk}/remove/"), 409)


def test_others_times_are_not_there(host: Client) -> None:
    slot = SlotFactory()
    for path in (f"/organisation/slots/{slot.pk}/", f"/organisation/slots/{slot.pk}/remove/"):
        assert (host.get(path).status_code, send(host, path).status_code) == (404, 404)
