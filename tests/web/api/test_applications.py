"""What reaches an organisation, and what waits for a coordinator first."""

from __future__ import annotations

import datetime as dt

import pytest

from organisations.models import Organisation, Town
from organisations.models.role import RoleStatus
from tests.factories import (
    NOW,
    ApplicationFactory,
    DeskMembershipFactory,
    JuniorFactory,
    RoleFactory,
    SlotFactory,
    SupportDeskFactory,
    TownFactory,
    VolunteerFactory,
)
from tests.web.api.conftest import Caller, caller
from volunteers.models import Application, Placement

RECEIVED, REVIEW = "/api/v1/organisation/applications/", "/api/v1/coordinator/applications/"


@pytest.fixture
def asked(organisation: Organisation) -> Application:
    role = RoleFactory(organisation=organisation, venue=organisation.venues.get(), asks_first=True)
    volunteer = VolunteerFactory(user__name="はな", born_on=dt.date(1949, 1, 2), town=TownFactory(name="ひみつ町"))
    return ApplicationFactory(volunteer=volunteer, slot=SlotFactory(role=role), released_at=NOW, note="よろしく")


@pytest.fixture
def young(organisation: Organisation, town: Town) -> Application:
    role = RoleFactory(organisation=organisation, venue=organisation.venues.get())
    return ApplicationFactory(volunteer=JuniorFactory(town=town), slot=SlotFactory(role=role))


def test_an_organisation_sees_a_name_and_a_note_and_nothing_more(as_member: Caller, asked: Application) -> None:
    [row] = as_member.get(RECEIVED).json()["results"]
    assert set(row) == {
        "id",
        "role",
        "slot",
        "status",
        "note",
        "asked_at",
        "answered_at",
        "name",
        "people",
        "answer_by",
    }
    assert (row["name"], row["note"]) == ("はな", "よろしく")
    assert (row["id"], row["answer_by"]) == (str(asked.public_id), "2027-03-04T00:00:00+09:00")
    assert "1949" not in str(row)
    assert "ひみつ町" not in str(row)
    assert len(as_member.get(RECEIVED, {"role": str(asked.slot.role_id), "status": "asked"}).json()["results"]) == 1
    assert as_member.get(RECEIVED, {"status": "accepted"}).json()["results"] == []


def test_a_yes_takes_a_place(as_member: Caller, asked: Application) -> None:
    answer = as_member.post(f"{RECEIVED}{asked.public_id}/accept/").json()
    assert (answer["status"], answer["slot"]["places_left"]) == ("accepted", 2)
    assert Placement.objects.count() == 1
    again = as_member.post(f"{RECEIVED}{asked.public_id}/decline/")
    assert (again.status_code, again.json()["errors"][0]["code"]) == (409, "already_answered")


def test_a_no_is_possible(as_member: Caller, asked: Application) -> None:
    assert as_member.post(f"{RECEIVED}{asked.public_id}/decline/").json()["status"] == "declined"


def test_the_young_reach_the_organisation_after_a_coordinator_looked(
    as_member: Caller, as_coordinator: Caller, young: Application
) -> None:
    assert as_member.get(RECEIVED).json()["results"] == []
    assert as_member.post(f"{RECEIVED}{young.public_id}/accept/").status_code == 404
    [waits] = as_coordinator.get(REVIEW).json()["results"]
    assert waits["id"] == str(young.public_id)
    assert as_coordinator.post(f"{REVIEW}{young.public_id}/release/").status_code == 200
    assert as_coordinator.get(REVIEW).json()["results"] == []
    assert [row["id"] for row in as_member.get(RECEIVED).json()["results"]] == [str(young.public_id)]


def test_nobody_else_answers_or_releases(everybody: dict[str, Caller], asked: Application, young: Application) -> None:
    for kind, client in everybody.items():
        expected = 401 if kind == "stranger" else 404
        if kind != "member":
            assert client.post(f"{RECEIVED}{asked.public_id}/accept/").status_code == expected
        if kind != "coordinator":
            assert client.get(REVIEW).status_code == expected
            assert client.post(f"{REVIEW}{young.public_id}/release/").status_code == expected


def test_a_coordinator_looks_after_their_own_area(as_coordinator: Caller) -> None:
    away = JuniorFactory()
    SupportDeskFactory(towns=[away.town])
    there = ApplicationFactory(volunteer=away)
    assert as_coordinator.get(REVIEW).json()["results"] == []
    assert as_coordinator.post(f"{REVIEW}{there.public_id}/release/").status_code == 404


def test_roles_wait_for_the_coordinator_of_their_area(everybody: dict[str, Caller], organisation: Organisation) -> None:
    role = RoleFactory(organisation=organisation, venue=organisation.venues.get(), status=RoleStatus.WAITING)
    away = RoleFactory(status=RoleStatus.WAITING)
    address = "/api/v1/coordinator/roles/"
    coordinator = everybody["coordinator"]
    assert [one["id"] for one in coordinator.get(address).json()["results"]] == [role.pk]
    assert coordinator.get(f"{address}{role.pk}/").json()["status"] == "waiting"
    assert coordinator.post(f"{address}{away.pk}/publish/").status_code == 404
    for kind, client in everybody.items():
        if kind != "coordinator":
            assert client.post(f"{address}{role.pk}/publish/").status_code == (401 if kind == "stranger" else 404)
    sent_back = coordinator.post(f"{address}{role.pk}/send-back/", {"reason": "費用を書いてください"})
    assert sent_back.json()["status"] == "draft"


def test_with_children_a_second_coordinator_of_the_ward_publishes(organisation: Organisation) -> None:
    role = SlotFactory(
        role__organisation=organisation,
        role__venue=organisation.venues.get(),
        role__status=RoleStatus.WAITING,
        role__is_with_children=True,
    ).role
    here = caller(DeskMembershipFactory(desk__towns=[organisation.town]).user)
    beside = caller(DeskMembershipFactory(desk__towns=[TownFactory(ward_code=organisation.town.ward_code)]).user)
    address = "/api/v1/coordinator/roles/"
    assert beside.post(f"{address}{role.pk}/publish/").status_code == 404
    assert here.post(f"{address}{role.pk}/publish/").json()["status"] == "waiting"
    assert here.post(f"{address}{role.pk}/publish/").json()["errors"][0]["code"] == "same_person"
    assert [one["id"] for one in beside.get(address).json()["results"]] == [role.pk]
    assert beside.get(f"{address}{role.pk}/").json()["status"] == "waiting"
    assert beside.post(f"{address}{role.pk}/publish/").json()["status"] == "open"
    assert role.reviews.count() == 2
