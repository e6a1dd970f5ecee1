"""A time of a role: its roster, moving it, calling it off."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from notifications.models import Notification
from organisations.models import Slot
from tests.factories import (
    NOW,
    ApplicationFactory,
    JuniorFactory,
    MembershipFactory,
    PlacementFactory,
    SlotFactory,
    VolunteerFactory,
    at,
)
from tests.web.conftest import said, send, signed_in, without_keys
from volunteers.models import Placement
from volunteers.services.taking_part import joining


@pytest.fixture
def slot() -> Slot:
    made: Slot = SlotFactory(role__title="駅前の花だん")
    return made


@pytest.fixture
def host(slot: Slot) -> Client:
    return signed_in(MembershipFactory(organisation=slot.role.organisation).user)


def join(slot: Slot, **more: Any) -> Placement:
    volunteer = VolunteerFactory(**more)
    made = joining.join(volunteer=volunteer, slot=slot, now=NOW, actor=volunteer.user)
    assert isinstance(made, Placement)
    return made


def path(slot: Slot, what: str) -> str:
    return f"/organisation/slots/{slot.pk}/{what}/"


NEW = {"day": "2027-03-07", "begins": "9:30", "ends": "11:00"}


def test_the_roster_names_who_comes_and_nothing_of_where_they_live(host: Client, slot: Slot) -> None:
    secret = {"town__name": "ひみつ町", "born_on": dt.date(1951, 7, 13), "user__email": "himitsu@yaritai.example"}
    join(slot, user__name="はな", **secret)
    join(slot, user__name="ゆり")
    page = said(host.get(path(slot, "roster")))
    assert page.index("はな") < page.index("ゆり")
    assert "あわせて2人" in page
    assert "保護者" not in page
    shown = without_keys(page.encode()).decode()
    for hidden in ("ひみつ町", "1951年", "1951-", "75歳", "himitsu", "km", "歩いて"):
        assert hidden not in shown


def test_what_a_guardian_said_is_on_the_roster(host: Client, slot: Slot) -> None:
    PlacementFactory(slot=slot, volunteer=JuniorFactory())
    page = said(host.get(path(slot, "roster")))
    assert "保護者の方から" in page
    assert "写真に写る: いいえ" in page


def test_an_empty_roster_and_one_of_a_day_called_off(host: Client, slot: Slot) -> None:
    assert "まだ決まった方はいません" in said(host.get(path(slot, "roster")))
    Slot.objects.update(cancelled_at=NOW)
    assert "中止になりました" in said(host.get(path(slot, "roster")))


@pytest.mark.parametrize("count", [1, 30])
def test_a_roster_takes_few_queries_however_long(
    host: Client, slot: Slot, django_assert_max_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    PlacementFactory.create_batch(count, slot=slot)
    with django_assert_max_num_queries(12):
        said(host.get(path(slot, "roster")))


def test_moving_tells_everybody_and_comes_back_to_the_people(host: Client, slot: Slot) -> None:
    placement = join(slot)
    page = said(host.get(path(slot, "move")))
    assert 'value="2027-03-06"' in page
    assert 'value="09:00"' in page
    assert "参加が決まっている1組" in page
    for _ in range(2):
        answer = send(host, path(slot, "move"), once="same", **NEW)
        assert (answer.status_code, answer["Location"]) == (302, f"/organisation/roles/{slot.role_id}/people/")
    slot.refresh_from_db()
    assert (slot.starts_at, slot.ends_at, slot.sequence) == (at(6, 9, 30), at(6, 11), 1)
    assert Notification.objects.filter(user=placement.volunteer.user, kind="slot_moved").count() == 1
    page = said(host.get(f"/organisation/roles/{slot.role_id}/people/"))
    assert "日時を変えました" in page
    assert "3月7日(日)" in page


def test_a_window_has_a_last_day(host: Client, slot: Slot) -> None:
    Slot.objects.update(minutes=30, ends_at=at(8, 17))
    assert "さいごの日" in said(host.get(path(slot, "move")))
    assert send(host, path(slot, "move"), **NEW, last_day="2027-03-12").status_code == 302
    assert Slot.objects.get().ends_at == at(11, 11)


@pytest.mark.parametrize(
    ("form", "status", "says"),
    [
        ({}, 400, "日にちを入れてください"),
        (NEW | {"begins": "half past"}, 400, "9:00"),
        (NEW | {"ends": "9:00"}, 409, "おわりの時刻が、はじまりより前"),
        (NEW | {"day": "2027-02-07"}, 409, "もう過ぎた日時です"),
        ({"day": "2027-03-06", "begins": "9:00", "ends": "11:00"}, 409, "いまと同じ日時です"),
    ],
)
def test_what_cannot_be_is_said_in_its_place(
    host: Client, slot: Slot, form: dict[str, str], status: int, says: str
) -> None:
    assert says in said(send(host, path(slot, "move"), **form), status)
    assert Slot.objects.get().sequence == 0


def test_calling_off_tells_everybody_once(host: Client, slot: Slot) -> None:
    coming, asking = join(slot), ApplicationFactory(slot=slot, released_at=NOW)
    page = said(host.get(path(slot, "cancel")))
    assert "参加が決まっている1組、返事を待っている1組" in page
    for _ in range(2):
        assert send(host, path(slot, "cancel"), once="same").status_code == 302
    told = Notification.objects.filter(kind="slot_cancelled")
    assert {letter.user for letter in told} == {coming.volunteer.user, asking.volunteer.user}
    assert "もう中止になっています" in said(send(host, path(slot, "cancel")), 409)


def test_what_has_taken_place_is_not_called_off(host: Client, slot: Slot) -> None:
    placement = join(slot)
    Slot.objects.update(starts_at=at(-2, 9), ends_at=at(-2, 11))
    said(send(host, path(slot, "cancel")), 409)
    placement.refresh_from_db()
    assert placement.cancelled_at is None


@pytest.mark.parametrize("what", ["roster", "move", "cancel"])
def test_the_times_of_others_are_not_there(host: Client, what: str) -> None:
    assert host.get(path(SlotFactory(), what)).status_code == 404


def test_one_tap_in_the_letter_gives_the_place_back_and_can_be_undone(host: Client, slot: Slot) -> None:
    placement = join(slot, user__name="はな")
    send(host, path(slot, "move"), **NEW)
    letter = Notification.objects.get(user=placement.volunteer.user, kind="slot_moved")
    address = "/l/" + letter.actions[0]["url"].partition("/l/")[2]
    mail = Client(enforce_csrf_checks=True)
    page = said(mail.get(address))
    assert "3月7日(日) 朝9時30分" in page
    assert Placement.objects.active().count() == 1
    for _ in range(2):
        assert "とりやめになっています" in said(mail.post(address))
    assert not Placement.objects.active().exists()
    assert Slot.objects.get().taken == 0
    for _ in range(2):
        assert "参加をとりやめますか" in said(mail.post(address, {"undo": "1"}))
    assert Placement.objects.active().count() == 1
    said(mail.post(address))
    Slot.objects.update(starts_at=at(-2, 9), ends_at=at(-2, 11))
    assert "もう終わったか" in said(mail.post(address, {"undo": "1"}), 409)
