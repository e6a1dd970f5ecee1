"""A role is written one thing at a time; nothing that was said is lost on the way."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from organisations.models import Activity, Organisation, Role
from organisations.models.role import RoleStatus
from organisations.services.roles import writing
from tests.factories import (
    NOW,
    AccessFeatureFactory,
    ActivityFactory,
    MembershipFactory,
    RoleFactory,
    SlotFactory,
    VenueFactory,
    at,
)
from tests.web.conftest import said, send, signed_in

WHO = {"min_age": "15", "max_age": "", "guardian_under": "18", "answer": "after_answer"}


@pytest.fixture
def organisation() -> Organisation:
    made: Organisation = MembershipFactory().organisation
    return made


@pytest.fixture
def host(organisation: Organisation) -> Client:
    return signed_in(organisation.memberships.get().user)


@pytest.fixture
def role(organisation: Organisation) -> Role:
    return writing.draft(organisation=organisation, title="花だん", now=NOW, actor=None)


def step(role: Role, name: str = "") -> str:
    return f"/organisation/roles/{role.pk}/{name}"


def answer(client: Client, role: Role, name: str, **answers: Any) -> Any:
    role.refresh_from_db()
    return send(client, step(role, f"{name}/"), seen_at=role.changed_at.isoformat(), **answers)


def test_from_its_name_to_the_desk(host: Client, organisation: Organisation) -> None:
    venue, activities = VenueFactory(organisation=organisation), ActivityFactory.create_batch(2)
    feature = AccessFeatureFactory()
    begun = send(host, f"/organisation/{organisation.pk}/roles/new/", title="駅前の花だんに水をやる")
    role = Role.objects.get()
    assert (role.status, begun["Location"]) == (RoleStatus.DRAFT, step(role, "what/"))
    way = [
        (
            "what",
            {"title": role.title, "summary": "水をやります。", "main": activities[1].pk, "others": activities[0].pk},
        ),
        ("size", {"capacity": "４", "minutes": "45", "effort": "1", "takes_groups": "on"}),
        ("when", {"day": "2027-03-06", "begins": "9:00", "ends": "", "capacity": "4"}),
        ("where", {"venue": venue.pk}),
        ("who", {**WHO, "is_with_children": "on", "access": feature.pk}),
        ("ready", {"cost": "かかりません", "insurance": "civic", "contact": "090-0000-0000", "bring": "帽子"}),
    ]
    goes_to = [answer(host, role, name, **answers)["Location"] for name, answers in way]
    assert goes_to == [step(role, f"{name}/") for name in ("size", "when", "when", "who", "ready", "check")]
    assert answer(host, role, "check")["Location"] == step(role)
    role.refresh_from_db()
    slot = role.slots.get()
    assert role.status == RoleStatus.WAITING
    assert (slot.starts_at, slot.ends_at, slot.capacity) == (at(5, 9), at(5, 9, 45), 4)
    assert [one.activity for one in role.role_activities.all()] == [activities[1], activities[0]]
    assert (role.venue, role.takes_groups, role.effort, list(role.access.all())) == (venue, True, 1, [feature])
    assert (role.min_age, role.asks_first, role.is_with_children) == (15, True, True)
    assert (role.cost, role.insurance, role.contact) == ("かかりません", "civic", "090-0000-0000")


def test_going_back_keeps_what_was_said_half(host: Client, role: Role) -> None:
    back = answer(host, role, "where", is_online="on", go="back")
    assert back["Location"] == step(role, "when/")
    role.refresh_from_db()
    assert role.is_online
    assert "checked" in said(host.get(step(role, "where/")))


def test_who_comes_from_the_last_page_goes_back_to_it(host: Client, role: Role) -> None:
    path = step(role, "ready/?then=check")
    assert "確かめる画面へ" in said(host.get(path))
    sent = send(host, path, seen_at=role.changed_at.isoformat(), insurance="none")
    assert sent["Location"] == step(role, "check/")


def test_going_through_without_a_change_changes_nothing(host: Client, role: Role) -> None:
    before = role.changed_at
    assert answer(host, role, "what", title="花だん").status_code == 302
    role.refresh_from_db()
    assert role.changed_at == before


def test_an_old_page_does_not_write_over_what_somebody_else_wrote(host: Client, role: Role) -> None:
    seen = role.changed_at.isoformat()
    writing.change(role=role, now=at(0, 23), actor=None, summary="ほかの人が書いた")
    path = step(role, "what/")
    refused = said(send(host, path, seen_at=seen, title="花だん", summary="わたしが書いた"), 409)
    assert "ほかの方がこの募集を変えました" in refused
    assert "わたしが書いた" in refused
    role.refresh_from_db()
    assert role.summary == "ほかの人が書いた"
    assert answer(host, role, "what", title="花だん", summary="わたしが書いた").status_code == 302


@pytest.mark.parametrize("seen", ["", "nonsense", "2026-01-01"])
def test_a_page_that_does_not_say_what_it_showed_is_old(host: Client, role: Role, seen: str) -> None:
    said(send(host, step(role, "what/"), seen_at=seen, title="別の名前"), 409)


def test_mistakes_are_said_and_what_was_typed_stays(host: Client, role: Role) -> None:
    page = said(answer(host, role, "what", title="", summary="水をやります。"), 400)
    assert "ここを書いてください" in page
    assert "水をやります。" in page
    said(answer(host, role, "who", **{**WHO, "min_age": "30", "max_age": "20"}), 409)
    said(answer(host, role, "size", capacity="0", minutes="x", effort="9"), 400)


def test_the_venue_of_another_organisation_cannot_be_chosen(host: Client, role: Role) -> None:
    foreign = VenueFactory(name="よその集会所")
    said(answer(host, role, "where", venue=foreign.pk), 400)
    role.refresh_from_db()
    assert role.venue is None
    assert "よその集会所" not in said(host.get(step(role, "where/")))


def test_what_is_public_keeps_what_it_needs(host: Client, organisation: Organisation) -> None:
    role = SlotFactory(role__organisation=organisation).role
    assert "会場をえらんでください" in said(answer(host, role, "where"), 409)
    said(answer(host, role, "what", title="花だん", summary=""), 409)
    done = answer(host, role, "ready", cost="100円", insurance="civic")
    assert done["Location"] == step(role)
    tried = answer(host, role, "who", **WHO, is_with_children="on")
    role.refresh_from_db()
    assert (tried.status_code, role.is_with_children) == (302, False)


def test_activities_stand_under_their_field(host: Client, role: Role) -> None:
    green: Activity = ActivityFactory(ja="みどり", position=1)
    ActivityFactory(ja="食", position=2)
    ActivityFactory(ja="花の手入れ", parent=green, position=3)
    page = said(host.get(step(role, "what/")))
    assert page.index('<optgroup label="みどり">') < page.index("花の手入れ") < page.index('<optgroup label="食">')


def test_others_roles_are_not_there(host: Client) -> None:
    other = RoleFactory(status=RoleStatus.DRAFT)
    for name in ("what", "size", "when", "when/window", "where", "who", "ready", "check"):
        assert host.get(step(other, f"{name}/")).status_code == 404
    new = f"/organisation/{other.organisation_id}/roles/new/"
    assert (host.get(new).status_code, send(host, new, title="x").status_code) == (404, 404)
