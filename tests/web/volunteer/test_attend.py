from __future__ import annotations

from urllib.parse import quote

import pytest
import time_machine
from django.test import Client

from tests.factories import PlacementFactory, SlotFactory, UserFactory, at
from tests.web.conftest import said, send, signed_in
from volunteers.models import Attendance, Placement, Volunteer
from volunteers.services.attendance import recording


@pytest.fixture
def placement(volunteer: Volunteer) -> Placement:
    return PlacementFactory(volunteer=volunteer, slot=SlotFactory(role__title="駅前の花だん"))


def address(placement: Placement) -> str:
    return f"/attend/{recording.code(placement.slot)}/"


def test_looking_records_nothing_and_the_button_does(member: Client, placement: Placement) -> None:
    with time_machine.travel(at(5, 8, 50)):
        page = said(member.get(address(placement)))
        assert "会場に着きましたか" in page
        assert "駅前の花だん" in page
        assert not Attendance.objects.exists()
        assert send(member, address(placement))["Location"] == address(placement)
        page = said(member.get(address(placement)))
        assert "来てくださって、ありがとうございます" in page
        assert '<button type="submit" class="button">' not in page
    assert Attendance.objects.get().by_code


def test_twice_is_once(member: Client, placement: Placement) -> None:
    with time_machine.travel(at(5, 9)):
        for key in ("one", "one", "two"):
            assert send(member, address(placement), once=key).status_code == 302
    assert Attendance.objects.count() == 1


@pytest.mark.parametrize(("days", "hour", "says"), [(5, 7, "まだ記録できません"), (5, 15, "時間は過ぎました")])
def test_outside_its_hours_the_code_says_so(
    member: Client, placement: Placement, days: int, hour: int, says: str
) -> None:
    with time_machine.travel(at(days, hour)):
        page = said(member.get(address(placement)))
        assert says in page
        assert "着きました</button>" not in page
        assert says in said(send(member, address(placement)), 409)
    assert not Attendance.objects.exists()


def test_who_is_not_expected_is_sent_to_the_people_there(placement: Placement, volunteer: Volunteer) -> None:
    other = PlacementFactory(slot=SlotFactory(role=placement.slot.role)).volunteer
    with time_machine.travel(at(5, 9)):
        assert "参加の予定が見つかりません" in said(send(signed_in(other.user), address(placement)), 409)
    assert not Attendance.objects.exists()


def test_a_code_that_nobody_made_is_not_there(member: Client, placement: Placement) -> None:
    number, _dot, signature = recording.code(placement.slot).partition(".")
    for text in (number, f"{int(number) + 1}.{signature}", f"{number}.{signature}x"):
        assert member.get(f"/attend/{text}/").status_code == 404
        assert send(member, f"/attend/{text}/").status_code == 404


def test_who_is_not_signed_in_comes_back_after_it(client: Client, placement: Placement) -> None:
    answer = client.get(address(placement))
    assert answer["Location"] == f"/accounts/login/?next={quote(address(placement))}"


def test_without_a_profile_one_is_asked_for(placement: Placement) -> None:
    assert "/my/profile/" in said(signed_in(UserFactory()).get(address(placement)))
