from __future__ import annotations

from typing import Any

import pytest

from organisations.models.role import RoleStatus
from tests.factories import ApplicationFactory, JuniorFactory, PlacementFactory, SlotFactory, VolunteerFactory, at
from tests.web.api.conftest import Caller, caller
from volunteers.models import Volunteer

ME = "/api/v1/me"


def join(client: Caller, slot: Any, **sent: str) -> Any:
    return client.post(f"/api/v1/slots/{slot.pk}/join/", sent)


def test_joining_takes_a_place_that_can_be_given_back(as_volunteer: Caller) -> None:
    slot = SlotFactory(capacity=2)
    joined = join(as_volunteer, slot).json()
    assert (joined["application"], joined["place"]["slot"]["places_left"]) == (None, 1)
    [place] = as_volunteer.get(f"{ME}/places/").json()["results"]
    assert place["role"]["title"] == slot.role.title
    cancelled = as_volunteer.post(f"{ME}/places/{place['id']}/cancel/").json()
    assert cancelled["cancelled_at"] is not None
    assert cancelled["slot"]["places_left"] == 2
    assert as_volunteer.post(f"{ME}/places/{place['id']}/cancel/").status_code == 409


def test_some_ask_first_and_may_take_it_back(as_volunteer: Caller) -> None:
    joined = join(as_volunteer, SlotFactory(role__asks_first=True), note="初めてです").json()
    assert joined["place"] is None
    [asked] = as_volunteer.get(f"{ME}/applications/").json()["results"]
    assert (asked["note"], asked["status"]) == ("初めてです", "asked")
    withdrawn = as_volunteer.post(f"{ME}/applications/{asked['id']}/withdraw/").json()
    assert withdrawn["status"] == "withdrawn"


def test_the_young_wait_for_a_coordinator() -> None:
    assert join(caller(JuniorFactory().user), SlotFactory()).json()["application"]["status"] == "asked"


@pytest.mark.parametrize(
    ("slot", "code"),
    [
        ({"capacity": 1, "taken": 1}, "slot_full"),
        ({"starts_at": at(-1, 9)}, "slot_over"),
        ({"role__status": RoleStatus.CLOSED}, "role_not_open"),
        ({"role__min_age": 80}, "too_young"),
    ],
)
def test_why_one_cannot_join_is_said(as_volunteer: Caller, slot: dict[str, Any], code: str) -> None:
    answer = join(as_volunteer, SlotFactory(**slot))
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (409, code)
    assert answer.json()["errors"][0]["detail"].endswith("。")


def test_only_volunteers_join_and_only_what_is_public(everybody: dict[str, Caller]) -> None:
    statuses = {kind: join(client, SlotFactory()).status_code for kind, client in everybody.items()}
    assert statuses == {"stranger": 401, "volunteer": 201, "member": 404, "coordinator": 404, "staff": 404}
    assert join(everybody["volunteer"], SlotFactory(role__status=RoleStatus.DRAFT)).status_code == 404


def test_nobody_touches_anothers_places(everybody: dict[str, Caller], volunteer: Volunteer) -> None:
    place, asked = PlacementFactory(volunteer=volunteer), ApplicationFactory(volunteer=volunteer)
    others = {kind: client for kind, client in everybody.items() if kind != "volunteer"}
    others["another volunteer"] = caller(VolunteerFactory().user)
    for kind, client in others.items():
        expected = 401 if kind == "stranger" else 404
        assert client.post(f"{ME}/places/{place.pk}/cancel/").status_code == expected
        assert client.post(f"{ME}/applications/{asked.pk}/withdraw/").status_code == expected
    assert others["another volunteer"].get(f"{ME}/places/").json()["results"] == []


def test_lists_take_as_many_queries_for_ten_as_for_one(
    as_volunteer: Caller, volunteer: Volunteer, django_assert_max_num_queries: Any
) -> None:
    for number in range(10):
        PlacementFactory(volunteer=volunteer, slot=SlotFactory(starts_at=at(number + 1, 9)))
        ApplicationFactory(volunteer=volunteer)
    for name in ("places", "applications"):
        with django_assert_max_num_queries(5):
            assert len(as_volunteer.get(f"{ME}/{name}/").json()["results"]) == 10
