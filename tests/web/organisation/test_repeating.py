"""What comes round every week: begun once, and ended once."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from organisations.models import Repeat, Role, Slot
from organisations.models.role import RoleStatus
from tests.factories import MembershipFactory, RepeatFactory, RoleFactory
from tests.web.conftest import said, send, signed_in

SATURDAYS: dict[str, Any] = {
    "weekdays": ["5"], "interval": "1", "first_on": "2027-03-02", "begins": "9:00", "ends": "11:00", "capacity": "3",
    "skips_holidays": "on",
}  # fmt: skip
WORDS = "毎週 土曜日 9:00〜11:00、祝日と年末年始は休み"


@pytest.fixture
def role() -> Role:
    made: Role = RoleFactory(organisation=MembershipFactory().organisation, status=RoleStatus.DRAFT, published_at=None)
    return made


@pytest.fixture
def host(role: Role) -> Client:
    return signed_in(role.organisation.memberships.get().user)


def page_of(role: Role, name: str = "repeat/") -> str:
    return f"/organisation/roles/{role.pk}/{name}"


def test_what_comes_round_is_said_in_plain_words_and_its_times_are_there(host: Client, role: Role) -> None:
    assert page_of(role) in said(host.get(page_of(role, "when/")))
    assert "いまのくり返し" not in said(host.get(page_of(role)))
    sent = send(host, page_of(role), **SATURDAYS)
    assert sent["Location"] == page_of(role, "when/")
    page = said(host.get(sent["Location"]))
    assert f"「{WORDS}」の日時を足しました" in page
    assert "3月6日(土)" in page
    assert WORDS in said(host.get(page_of(role)))
    repeat = Repeat.objects.get()
    assert (repeat.rule, repeat.skips_holidays) == ("FREQ=WEEKLY;INTERVAL=1;BYDAY=SA", True)
    assert role.slots.filter(repeat=repeat).count() == 9


@pytest.mark.parametrize(
    ("wrong", "says", "status"),
    [
        ({"weekdays": []}, "曜日を1つ以上えらんでください", 400),
        ({"until_on": "2027-04-01", "count": "3"}, "どちらか1つだけ", 400),
        ({"interval": "5"}, "一覧からえらんでください", 400),
        ({"ends": "8:00"}, "はじまりより前になっています", 409),
        ({"until_on": "2027-03-03"}, "日時が1つもできません", 409),
    ],
)
def test_what_cannot_be_is_said(host: Client, role: Role, wrong: dict[str, Any], says: str, status: int) -> None:
    assert says in said(send(host, page_of(role), **{**SATURDAYS, **wrong}), status)
    assert not Repeat.objects.exists()
    assert not Slot.objects.exists()


def test_ending_is_asked_once_more_and_takes_the_empty_times_away(host: Client, role: Role) -> None:
    send(host, page_of(role), **SATURDAYS)
    repeat = Repeat.objects.get()
    page = f"/organisation/repeats/{repeat.pk}/end/"
    assert page in said(host.get(page_of(role)))
    shown = said(host.get(page))
    assert WORDS in shown
    assert "まだだれも来ない9回を消します" in shown
    sent = send(host, page)
    assert sent["Location"] == page_of(role, "")
    assert "これからの9回をけしました" in said(host.get(sent["Location"]))
    assert not Slot.objects.exists()
    assert host.get(page).status_code == 404


def test_what_others_repeat_is_not_there(host: Client) -> None:
    assert host.get(f"/organisation/repeats/{RepeatFactory().pk}/end/").status_code == 404
