from __future__ import annotations

from typing import Any

import pytest

from organisations.models import Organisation, Role, Town, Venue
from organisations.models.role import RoleStatus
from tests.factories import (
    ActivityFactory,
    PlacementFactory,
    RoleFactory,
    SkillFactory,
    SlotFactory,
    TownFactory,
    VenueFactory,
    at,
)
from tests.web.api.conftest import Caller

ROLES = "/api/v1/organisation/roles/"
SLOT = {"starts_at": at(5, 9).isoformat(), "ends_at": at(5, 11).isoformat(), "capacity": 3}


@pytest.fixture
def role(organisation: Organisation) -> Role:
    return RoleFactory(organisation=organisation, venue=organisation.venues.get(), status=RoleStatus.DRAFT)


def test_a_role_goes_from_draft_to_the_public_page(
    as_member: Caller, as_coordinator: Caller, stranger: Caller, organisation: Organisation
) -> None:
    for code in ("flowers", "green"):
        ActivityFactory(code=code)
    SkillFactory(code="strong")
    sent = {
        "organisation": organisation.pk, "venue": organisation.venues.get().pk, "title": "花だんの水やり",
        "summary": "駅前で水をやります。", "activities": ["green", "flowers"], "skills": ["strong"], "min_age": 12,
    }  # fmt: skip
    made = as_member.post(ROLES, sent)
    assert made.status_code == 201, made.json()
    draft = made.json()
    address = f"{ROLES}{draft['id']}/"
    assert [word["code"] for word in draft["activities"]] == ["green", "flowers"]
    assert (draft["status"], stranger.get(f"/api/v1/roles/{draft['id']}/").status_code) == ("draft", 404)
    incomplete = as_member.post(f"{address}submit/")
    assert (incomplete.status_code, incomplete.json()["errors"][0]["code"]) == (409, "incomplete")
    assert as_member.post(f"{address}slots/", SLOT).status_code == 201
    assert as_member.post(f"{address}submit/").json()["status"] == "waiting"
    assert as_coordinator.post(f"/api/v1/coordinator/roles/{draft['id']}/publish/").json()["status"] == "open"
    assert stranger.get(f"/api/v1/roles/{draft['id']}/").json()["title"] == "花だんの水やり"
    assert as_member.post(f"{address}close/").json()["status"] == "closed"


def test_a_stale_form_changes_nothing(as_member: Caller, role: Role) -> None:
    address = f"{ROLES}{role.pk}/"
    seen = as_member.get(address).json()["changed_at"]
    first = as_member.patch(address, {"title": "一人め", "changed_at": seen})
    second = as_member.patch(address, {"title": "二人め", "changed_at": seen})
    assert (first.status_code, first.json()["title"]) == (200, "一人め")
    assert (second.status_code, second.json()["errors"][0]["code"]) == (409, "stale_form")
    missing = as_member.patch(address, {"title": "三人め"})
    assert (missing.status_code, missing.json()["errors"][0]["attr"]) == (400, "changed_at")
    assert Role.objects.get().title == "一人め"


def test_the_venue_of_another_organisation_does_not_exist(as_member: Caller, role: Role) -> None:
    foreign: Venue = VenueFactory()
    seen = as_member.get(f"{ROLES}{role.pk}/").json()["changed_at"]
    for pk in (foreign.pk, 0):
        answer = as_member.patch(f"{ROLES}{role.pk}/", {"venue": pk, "changed_at": seen})
        error = answer.json()["errors"][0]
        assert (answer.status_code, error["attr"], error["code"]) == (400, "venue", "does_not_exist")


def test_nobody_drafts_for_an_organisation_that_is_not_theirs(as_member: Caller) -> None:
    foreign = VenueFactory()
    sent = {"organisation": foreign.organisation_id, "title": "a", "summary": "b", "is_online": True}
    answer = as_member.post(ROLES, sent)
    assert (answer.status_code, answer.json()["errors"][0]["attr"]) == (400, "organisation")


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        ({"ends_at": at(5, 8).isoformat()}, 422, "ends_before_start"),
        ({"starts_at": at(-1, 9).isoformat()}, 422, "slot_in_past"),
        ({"ends_at": at(6, 9).isoformat()}, 422, "slot_across_midnight"),
        ({"capacity": 0}, 400, "min_value"),
        ({"starts_at": "0001-01-01T00:00:00+23:00"}, 400, "overflow"),
        ({"minutes": 600}, 422, "minutes_do_not_fit"),
    ],
)
def test_slots_without_sense_are_refused(
    as_member: Caller, role: Role, sent: dict[str, Any], status: int, code: str
) -> None:
    answer = as_member.post(f"{ROLES}{role.pk}/slots/", {**SLOT, **sent})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (status, code)


def test_calling_off_tells_who_was_coming(as_member: Caller, role: Role) -> None:
    Role.objects.filter(pk=role.pk).update(status=RoleStatus.OPEN)
    slots = SlotFactory.create_batch(2, role=role, taken=1)
    places = [PlacementFactory(slot=slot) for slot in slots]
    cancelled = as_member.post(f"/api/v1/organisation/slots/{slots[0].pk}/cancel/").json()
    assert cancelled["cancelled_at"] is not None
    assert as_member.post(f"{ROLES}{role.pk}/cancel/").json()["status"] == "cancelled"
    for place in places:
        assert place.volunteer.user.notifications.count() == 1


def test_every_step_of_anothers_role_is_as_if_not_there(everybody: dict[str, Caller]) -> None:
    slot = SlotFactory()
    steps = [f"{ROLES}{slot.role_id}/{step}/" for step in ("submit", "close", "cancel", "slots")]
    for kind, client in everybody.items():
        expected = 401 if kind == "stranger" else 404
        for address in [*steps, f"/api/v1/organisation/slots/{slot.pk}/cancel/"]:
            assert client.post(address, SLOT).status_code == expected, (kind, address)
        for address in (f"{ROLES}{slot.role_id}/", f"{ROLES}{slot.role_id}/candidates/"):
            assert client.get(address).status_code == expected, (kind, address)


def test_counts_are_zero_before_the_first_run(as_member: Caller, role: Role) -> None:
    assert as_member.get(f"{ROLES}{role.pk}/candidates/").json() == {"could_come": 0, "told": 0, "shut_out": {}}


def test_own_lists(as_member: Caller, role: Role, organisation: Organisation) -> None:
    RoleFactory()
    assert [one["id"] for one in as_member.get(ROLES).json()["results"]] == [role.pk]
    assert as_member.get(ROLES, {"status": "open"}).json()["results"] == []
    assert [one["id"] for one in as_member.get("/api/v1/organisation/").json()] == [organisation.pk]
    assert len(as_member.get("/api/v1/organisation/venues/").json()["results"]) == 1


def test_a_venue_is_added_in_japan_only(as_member: Caller, organisation: Organisation, town: Town) -> None:
    venue = {"organisation": organisation.pk, "name": "新しい集会所", "town": town.pk}
    swapped = as_member.post("/api/v1/organisation/venues/", {**venue, "lat": 139.5, "lng": 35.4})
    assert (swapped.status_code, swapped.json()["errors"][0]["code"]) == (422, "outside_japan")
    nowhere = {**venue, "town": TownFactory(lat=None, lng=None).pk}
    assert as_member.post("/api/v1/organisation/venues/", nowhere).status_code == 422
    assert as_member.post("/api/v1/organisation/venues/", venue).json()["lat"] == town.lat
    assert as_member.post("/api/v1/organisation/venues/", venue).status_code == 409
