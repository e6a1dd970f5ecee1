"""A need is written anew beside its worries; what gives somebody away is shown before it is saved."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine

from accounts.models import AuditEntry, User
from organisations.models import DeskMembership, Need, SupportDesk, Town, Worry
from tests.factories import NOW, DeskMembershipFactory, NeedFactory, TownFactory, WorryFactory
from tests.web.conftest import said, send, signed_in

pytestmark = pytest.mark.django_db
WORDS = "86歳です。庭の草が腰まで伸びて困っています"


@pytest.fixture(autouse=True)
def _monday() -> Any:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def town() -> Town:
    town: Town = TownFactory()
    return town


@pytest.fixture
def coordinator(town: Town) -> User:
    user: User = DeskMembershipFactory(desk__towns=[town]).user
    return user


@pytest.fixture
def desk(coordinator: User) -> SupportDesk:
    return SupportDesk.objects.get(memberships__user=coordinator)


@pytest.fixture
def client(coordinator: User) -> Any:
    return signed_in(coordinator)


@pytest.fixture
def worry(town: Town) -> Worry:
    worry: Worry = WorryFactory(town=town, words=WORDS)
    return worry


def answers(desk: SupportDesk, town: Town, /, **more: Any) -> dict[str, Any]:
    usual = {"title": "草取り", "town": town.pk, "helps": ["people"], "people": 2, "wanted_until": "2027-05-01"}
    return {"desk": desk.pk, **usual, **more}


def test_it_starts_empty_with_the_worry_tied(client: Any, worry: Worry) -> None:
    page = said(client.get(f"/console/needs/new/?worry={worry.pk}"))
    assert f'value="{worry.pk}" id="id_worries_0" checked' in page.replace("\n", " ").replace("  ", " ")
    assert "草が" not in page
    assert '<textarea name="summary"' in page
    assert AuditEntry.objects.filter(action="looked_at").count() == 0


def test_saved_as_a_draft_then_public_then_over(client: Any, desk: SupportDesk, town: Town, worry: Worry) -> None:
    other = WorryFactory(town=town)
    sent = answers(desk, town, summary="庭しごとです。", worries=[worry.pk, other.pk])
    send(client, "/console/needs/new/", **sent)
    need = Need.objects.get()
    assert set(need.worries.all()) == {worry, other}
    own = f"/console/needs/{need.pk}/"
    assert worry.receipt in said(client.get(own))
    assert client.get(f"/needs/{need.pk}/").status_code == 404
    said(client.get(f"{own}publish/"))
    send(client, f"{own}publish/")
    page = said(client.get(f"/needs/{need.pk}/"))
    assert worry.receipt not in page
    send(client, f"{own}close/")
    need.refresh_from_db()
    assert need.status == "closed"


def test_a_warning_comes_first_and_a_tick_goes_on(client: Any, desk: SupportDesk, town: Town, worry: Worry) -> None:
    sent = answers(desk, town, summary="86歳の方の、庭の草が腰まで伸びて", worries=[worry.pk])
    page = said(send(client, "/console/needs/new/", **sent), 409)
    assert "庭の草が腰まで伸びて」" in page
    assert page.count("わかってしまうかもしれません") == 1
    assert "「86」" in page
    assert "困っています" not in page  # what the need does not say itself
    assert not Need.objects.exists()
    assert AuditEntry.objects.filter(action="looked_at").count() == 1
    send(client, "/console/needs/new/", **sent, sure="on")
    need = Need.objects.get()
    assert "「86」" in said(client.get(f"/console/needs/{need.pk}/publish/"))
    said(send(client, f"/console/needs/{need.pk}/publish/"), 409)
    send(client, f"/console/needs/{need.pk}/publish/", sure="on")
    need.refresh_from_db()
    assert need.status == "open"
    assert not AuditEntry.objects.filter(detail__icontains="草").exists()


def test_no_tick_is_asked_where_nothing_is_shared(client: Any, desk: SupportDesk, town: Town, worry: Worry) -> None:
    page = said(client.get(f"/console/needs/new/?worry={worry.pk}"))
    assert 'name="sure"' not in page


@pytest.mark.parametrize(
    "wrong", [{"title": ""}, {"town": ""}, {"helps": []}, {"people": 0}, {"wanted_until": "2027-02-01"}]
)
def test_what_is_missing_is_said(client: Any, desk: SupportDesk, town: Town, wrong: dict[str, Any]) -> None:
    answer = send(client, "/console/needs/new/", **answers(desk, town, **wrong))
    assert answer.status_code in {400, 409}
    assert not Need.objects.exists()


def test_worries_of_others_cannot_be_tied(client: Any, desk: SupportDesk, town: Town) -> None:
    said(send(client, "/console/needs/new/", **answers(desk, town, worries=[WorryFactory().pk])), 400)


def test_changed_and_not_written_over(client: Any, desk: SupportDesk, town: Town) -> None:
    send(client, "/console/needs/new/", **answers(desk, town))
    need = Need.objects.get()
    path, seen = f"/console/needs/{need.pk}/change/", need.changed_at.isoformat()
    assert "草取り" in said(client.get(path))
    send(client, path, **answers(desk, town, title="花の水やり"), seen_at=seen)
    need.refresh_from_db()
    assert need.title == "花の水やり"
    said(send(client, path, **answers(desk, town, title="犬の散歩"), seen_at=seen), 409)


def test_a_coordinator_of_two_desks_chooses_one(client: Any, coordinator: User, desk: SupportDesk, town: Town) -> None:
    second = DeskMembershipFactory(user=coordinator).desk
    assert DeskMembership.objects.filter(user=coordinator).count() == 2
    assert "相談窓口<span" in said(client.get("/console/needs/new/"))
    send(client, "/console/needs/new/", **answers(second, town))
    assert Need.objects.get().desk == second


def test_the_list_is_of_ones_own_desk(client: Any, desk: SupportDesk) -> None:
    mine, other = NeedFactory(desk=desk), NeedFactory()
    page = said(client.get("/console/needs/"))
    assert mine.title in page
    assert f"/console/needs/{other.pk}/" not in page
