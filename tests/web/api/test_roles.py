from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from organisations.models.organisation import Approval
from organisations.models.role import RoleStatus
from tests.factories import (
    NOW,
    AccessFeatureFactory,
    ActivityFactory,
    OrganisationFactory,
    RoleFactory,
    SlotFactory,
    TownFactory,
    VenueFactory,
    at,
)
from tests.web.api.conftest import Caller

ROLES = "/api/v1/roles/"


def ids(answer: Any) -> set[int]:
    assert answer.status_code == 200, answer.json()
    return {role["id"] for role in answer.json()["results"]}


def test_everybody_finds_open_roles_with_a_slot(everybody: dict[str, Caller]) -> None:
    shown = SlotFactory().role
    RoleFactory()  # no slot
    SlotFactory(role__status=RoleStatus.DRAFT)
    SlotFactory(role__organisation=OrganisationFactory(approval=Approval.WAITING, approved_at=None))
    for client in everybody.values():
        assert ids(client.get(ROLES)) == {shown.pk}


def test_roles_are_found_by_every_filter(stranger: Caller) -> None:
    here, there = TownFactory(), TownFactory()
    green = ActivityFactory(code="green")
    flowers = ActivityFactory(code="flowers", parent=green)
    ramp = AccessFeatureFactory(code="ramp")
    one = RoleFactory(title="花だんの水やり", venue=VenueFactory(town=here), activities=[flowers], access=[ramp])
    other = RoleFactory(title="子ども食堂", venue=VenueFactory(town=there), is_online=True)
    SlotFactory(role=one, starts_at=at(5, 9))
    SlotFactory(role=other, starts_at=at(12, 9))
    found = {
        "text": {"text": "水やり"},
        "town": {"town": here.pk},
        "activity": {"activity": "green"},
        "until": {"until_on": at(6, 9).date().isoformat()},
        "offline": {"online": "false"},
        "access": {"access": "ramp"},
    }
    for name, query in found.items():
        assert ids(stranger.get(ROLES, query)) == {one.pk}, name
    assert ids(stranger.get(ROLES, {"from_on": at(10, 9).date().isoformat()})) == {other.pk}
    assert ids(stranger.get(ROLES, {"online": "true"})) == {other.pk}


def test_closed_roles_come_only_when_asked_for(stranger: Caller) -> None:
    over = SlotFactory(role__status=RoleStatus.CLOSED).role
    assert ids(stranger.get(ROLES)) == set()
    assert ids(stranger.get(ROLES, {"open_only": "false"})) == {over.pk}


def test_pages_go_on_where_the_last_one_ended(stranger: Caller) -> None:
    roles = [SlotFactory(role__published_at=NOW - dt.timedelta(hours=hours)).role for hours in range(35)]
    first = stranger.get(ROLES).json()
    SlotFactory()  # a newer one comes in between
    second = stranger.get(first["next"]).json()
    assert [role["id"] for role in first["results"] + second["results"]] == [role.pk for role in roles]
    assert second["next"] is None
    assert len(stranger.get(second["previous"]).json()["results"]) == 30


@pytest.mark.parametrize("cursor", ["", "x", "cD0yMDI2", "\x00", "あ", "bz0xMDAwMDAwMDAwMA=="])
def test_a_cursor_of_ones_own_making_is_refused(stranger: Caller, cursor: str) -> None:
    answer = stranger.get(ROLES, {"cursor": cursor})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["code"] == "not_readable"


@pytest.mark.parametrize(
    "query",
    [
        {"town": "99999999999999999999999"},
        {"town": "x"},
        {"activity": "nothing"},
        {"text": "あ" * 101},
        {"from_on": "2027-02-30"},
        {"until_on": "0001-01-01"},
        {"online": "perhaps"},
        {"access": ["ramp", "nothing"]},
    ],
)
def test_a_question_without_sense_is_told_which_part(stranger: Caller, query: dict[str, Any]) -> None:
    answer = stranger.get(ROLES, query)
    assert answer.status_code == 400
    assert answer.json()["type"] == "validation_error"
    assert answer.json()["errors"][0]["attr"].split(".")[0] in query


@pytest.mark.parametrize("field", ["text", "activity", "access", "town", "from_on", "cursor"])
def test_nul_is_refused_in_every_part_of_a_question(stranger: Caller, field: str) -> None:
    assert stranger.get(ROLES, {field: "a\x00"}).status_code == 400


def test_characters_that_nobody_can_read_are_refused_in_words(stranger: Caller) -> None:
    answer = stranger.get(ROLES, {"text": "花\x15"})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "unreadable_text")


def test_a_list_takes_as_many_queries_for_ten_as_for_one(stranger: Caller, django_assert_max_num_queries: Any) -> None:
    flowers = ActivityFactory()
    for _ in range(10):
        SlotFactory(role=RoleFactory(activities=[flowers], access=[AccessFeatureFactory()]))
    with django_assert_max_num_queries(5):
        assert len(ids(stranger.get(ROLES))) == 10


def test_one_role_shows_its_slots_and_no_distance(everybody: dict[str, Caller]) -> None:
    slot = SlotFactory(capacity=3, taken=1, role__title="花だん", role__title_en="Flower bed")
    for client in everybody.values():
        role = client.get(f"{ROLES}{slot.role_id}/").json()
        assert role["title"] == "花だん"
        assert [one["places_left"] for one in role["slots"]] == [2]
        assert "km" not in str(role)
    english = everybody["stranger"].get(f"{ROLES}{slot.role_id}/", headers={"Accept-Language": "en"})
    assert english.json()["title"] == "Flower bed"


@pytest.mark.parametrize("status", [RoleStatus.DRAFT, RoleStatus.WAITING])
def test_what_is_not_public_is_as_if_not_there(everybody: dict[str, Caller], status: RoleStatus) -> None:
    hidden = RoleFactory(status=status)
    for client in everybody.values():
        missing, secret = client.get(f"{ROLES}0/"), client.get(f"{ROLES}{hidden.pk}/")
        assert missing.status_code == secret.status_code == 404
        assert missing.json() == secret.json()


def test_a_role_takes_as_many_queries_with_ten_slots_as_with_one(
    stranger: Caller, django_assert_max_num_queries: Any
) -> None:
    role = RoleFactory(activities=ActivityFactory.create_batch(3))
    SlotFactory.create_batch(10, role=role)
    with django_assert_max_num_queries(7):
        stranger.get(f"{ROLES}{role.pk}/")
