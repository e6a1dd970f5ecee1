"""A long job is cut into pieces, which are shown before they become times."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.test import Client

from organisations.models import Role, Slot
from organisations.models.role import RoleStatus
from tests.factories import MembershipFactory, RoleFactory, SlotFactory, at
from tests.web.conftest import said, send, signed_in

JOB = {
    "day": "2027-03-06", "begins": "9:00", "ends": "12:00", "piece_min": "30", "break_min": "0", "capacity": "2",
}  # fmt: skip


@pytest.fixture
def role() -> Role:
    made: Role = RoleFactory(organisation=MembershipFactory().organisation, status=RoleStatus.DRAFT, published_at=None)
    return made


@pytest.fixture
def host(role: Role) -> Client:
    return signed_in(role.organisation.memberships.get().user)


def page_of(role: Role, **answers: str) -> str:
    return f"/organisation/roles/{role.pk}/split/" + (f"?{urlencode(answers)}" if answers else "")


def test_the_pieces_are_shown_before_they_are_added(host: Client, role: Role) -> None:
    assert page_of(role) in said(host.get(f"/organisation/roles/{role.pk}/when/"))
    assert "に分かれます" not in said(host.get(page_of(role)))
    shown = said(host.get(page_of(role, **JOB)))
    assert "6回に分かれます" in shown
    assert "3月6日(土) 11:30〜12:00" in shown
    assert "どの回にも入りません" not in shown
    assert not Slot.objects.exists()


def test_the_pieces_that_were_shown_are_added(host: Client, role: Role) -> None:
    sent = send(host, page_of(role), **JOB)
    assert sent["Location"] == f"/organisation/roles/{role.pk}/when/"
    assert "6回の日時を足しました" in said(host.get(sent["Location"]))
    slots = list(Slot.objects.filter(role=role))
    assert len(slots) == 6
    assert (slots[0].starts_at, slots[-1].ends_at, slots[0].capacity) == (at(5, 9), at(5, 12), 2)


@pytest.mark.parametrize(
    ("status", "stays", "says"), [("draft", 0, "日時は、消えます"), ("open", 1, "日時も、残ります")]
)
def test_in_a_draft_the_pieces_take_the_place_of_the_long_time(
    host: Client, role: Role, status: str, stays: int, says: str
) -> None:
    Role.objects.update(status=status, published_at=at(0, 9) if status == "open" else None)
    for begins, ends in ((9, 12), (9, 13)):
        SlotFactory(role=role, starts_at=at(5, begins), ends_at=at(5, ends))
    assert says in said(host.get(page_of(role, **JOB)))
    send(host, page_of(role), **JOB)
    assert Slot.objects.filter(ends_at=at(5, 13)).count() == 1
    assert Slot.objects.filter(starts_at=at(5, 9), ends_at=at(5, 12)).count() == stays


def test_says_what_is_left_over(host: Client, role: Role) -> None:
    assert "おわりの20分は、どの回にも入りません" in said(host.get(page_of(role, **{**JOB, "ends": "12:20"})))


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"ends": "9:40"}, "短くて、分けられません"),
        ({"ends": "8:00"}, "はじまりより前になっています"),
        ({"piece_min": "20"}, "一覧からえらんでください"),
        ({"day": ""}, "日にちを入れてください"),
    ],
)
def test_what_cannot_be_cut_is_said(host: Client, role: Role, wrong: dict[str, str], says: str) -> None:
    for page in (
        said(host.get(page_of(role, **{**JOB, **wrong}))),
        said(send(host, page_of(role), **JOB | wrong), 400),
    ):
        assert says in page
        assert "に分かれます" not in page
    assert not Slot.objects.exists()


def test_a_day_gone_by_adds_nothing(host: Client, role: Role) -> None:
    assert "もう過ぎた日時です" in said(send(host, page_of(role), **{**JOB, "day": "2027-02-01"}), 409)
    assert not Slot.objects.exists()
