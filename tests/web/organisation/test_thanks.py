from __future__ import annotations

import pytest
from django.test import Client

from notifications.models import Notification
from organisations.models import Slot
from tests.factories import (
    AttendanceFactory,
    DeskMembershipFactory,
    MembershipFactory,
    PlacementFactory,
    SlotFactory,
    UserFactory,
    at,
)
from tests.web.conftest import said, send, signed_in
from volunteers.models import Thanks


@pytest.fixture
def slot() -> Slot:
    return SlotFactory(starts_at=at(-1, 9))


@pytest.fixture
def host(slot: Slot) -> Client:
    return signed_in(MembershipFactory(organisation=slot.role.organisation).user)


def page_of(slot: Slot) -> str:
    return f"/organisation/slots/{slot.pk}/thanks/"


def came(slot: Slot, name: str) -> None:
    user = UserFactory(name=name, email="secret@example.org")
    AttendanceFactory(placement=PlacementFactory(slot=slot, volunteer__user=user))


def test_there_are_words_ready_and_names_of_those_who_came(host: Client, slot: Slot) -> None:
    came(slot, "花子")
    PlacementFactory(slot=slot, volunteer__user__name="記録のない人")
    page = said(host.get(page_of(slot)))
    assert "またお会いできるのを楽しみにしています" in page
    assert "花子" in page
    assert "記録のない人" not in page
    assert "secret@example.org" not in page


def test_a_double_tap_thanks_once_and_the_page_then_shows_it(host: Client, slot: Slot) -> None:
    came(slot, "花子")
    for _tap in range(2):
        assert send(host, page_of(slot), once="k", text="助かりました")["Location"] == page_of(slot)
    page = said(host.get(page_of(slot)))
    assert "1組の方にお礼を送りました" in page
    assert "助かりました" in page
    assert "<textarea" not in page
    assert Thanks.objects.count() == Notification.objects.count() == 1
    assert "お礼を送る方が、いまいません" in said(send(host, page_of(slot), text="もう一度"), 409)


def test_before_anything_is_recorded_the_way_to_it_is_shown(host: Client, slot: Slot) -> None:
    PlacementFactory(slot=slot)
    assert f'href="/organisation/slots/{slot.pk}/attendance/"' in said(host.get(page_of(slot)))
    assert not Thanks.objects.exists()


def test_nothing_to_say_is_no_thanks(host: Client, slot: Slot) -> None:
    came(slot, "花子")
    assert "ここを書いてください" in said(send(host, page_of(slot), text=" "), 400)
    assert not Thanks.objects.exists()


def test_a_coordinator_does_not_thank_for_others(slot: Slot) -> None:
    coordinator = signed_in(DeskMembershipFactory(desk__towns=[slot.role.organisation.town]).user)
    assert coordinator.get(page_of(slot)).status_code == 404
    assert send(coordinator, page_of(slot), text="ありがとう").status_code == 404
