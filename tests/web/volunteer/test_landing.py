from __future__ import annotations

from django.test import Client

from tests.factories import DeskMembershipFactory, MembershipFactory, SupportDeskFactory, UserFactory, VolunteerFactory
from tests.web.conftest import BACKEND, said

PAGE = "/my/"


def test_strangers_sign_in_first(client: Client) -> None:
    assert client.get(PAGE)["Location"] == "/accounts/login/?next=/my/"


def test_a_volunteer_is_with_their_suggestions(member: Client) -> None:
    assert member.get(PAGE)["Location"] == "/my/suggestions/"


def test_a_host_is_with_their_organisations(client: Client) -> None:
    client.force_login(MembershipFactory().user, backend=BACKEND)
    assert client.get(PAGE)["Location"] == "/organisation/"


def test_staff_are_at_the_desk(client: Client) -> None:
    client.force_login(UserFactory(is_staff=True), backend=BACKEND)
    assert client.get(PAGE)["Location"] == "/admin/"


def test_a_coordinator_is_at_the_console(client: Client) -> None:
    coordinator = DeskMembershipFactory().user
    client.force_login(coordinator, backend=BACKEND)
    assert client.get(PAGE)["Location"] == "/console/"
    assert "きょうの仕事" in said(client.get("/console/"))
    coordinator.is_staff = True
    coordinator.save()
    page = said(client.get("/console/"))
    assert 'href="/admin/"' in page
    assert "まだ窓口の画面を開けません" not in page


def test_who_is_new_has_three_ways_and_a_phone_number(client: Client) -> None:
    SupportDeskFactory(organisation__phone="045-000-1234")
    client.force_login(UserFactory(), backend=BACKEND)
    page = said(client.get(PAGE))
    for expected in (
        "参加したい",
        "手伝ってほしい団体です",
        "相談窓口をさがす",
        "/my/profile/",
        "/desks/",
        "045-000-1234",
    ):
        assert expected in page


def test_who_is_several_things_chooses(client: Client) -> None:
    host = MembershipFactory(user=VolunteerFactory().user).user
    client.force_login(host, backend=BACKEND)
    page = said(client.get(PAGE))
    assert "参加する人として" in page
    assert 'href="/organisation/"' in page
    assert 'href="/admin/"' not in page
