from __future__ import annotations

from typing import Any

import pytest

from organisations.models import Slot
from tests.factories import NOW, SlotFactory, VolunteerFactory, at
from tests.web.api.conftest import Caller, caller
from volunteers.models import Placement, Volunteer, Waiting
from volunteers.services.changing import moving
from volunteers.services.taking_part import placements
from volunteers.services.waiting_lists import passing_on

OWN = "/api/v1/me/waiting/"


@pytest.fixture
def slot() -> Slot:
    """One place, which somebody has."""
    made = SlotFactory(capacity=1)
    placements.place(volunteer=VolunteerFactory(), slot=made, now=NOW, actor=None)
    return made


def wait(client: Caller, slot: Slot) -> Any:
    return client.post(f"/api/v1/slots/{slot.pk}/wait/")


def free(slot: Slot) -> None:
    """The place becomes free, and is offered."""
    placements.cancel(placement=Placement.objects.active().get(slot=slot), now=NOW, actor=None)
    passing_on.pass_on(now=NOW)


def test_one_waits_is_offered_a_place_and_takes_it(as_volunteer: Caller, volunteer: Volunteer, slot: Slot) -> None:
    row = wait(as_volunteer, slot)
    assert (row.status_code, row.json()["held"], row.json()["slot"]["id"]) == (201, 0, slot.pk)
    address = f"{OWN}{row.json()['id']}/accept/"
    assert as_volunteer.post(address).json()["errors"][0]["code"] == "not_offered"
    free(slot)
    [mine] = as_volunteer.get(OWN).json()["results"]
    assert (mine["held"], mine["offered_until"] is not None) == (1, True)
    taken = as_volunteer.post(address, {"moves": mine["moves"]})
    assert (taken.status_code, taken.json()["place"]["slot"]["id"]) == (201, slot.pk)
    assert Placement.objects.active().get(slot=slot).volunteer == volunteer


def test_a_yes_to_an_older_time_is_refused(as_volunteer: Caller, slot: Slot) -> None:
    address = f"{OWN}{wait(as_volunteer, slot).json()['id']}/accept/"
    free(slot)
    moving.move_slot(slot=slot, starts_at=at(8, 9), ends_at=at(8, 11), now=NOW, actor=None)
    answer = as_volunteer.post(address, {"moves": 0})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (409, "slot_moved")
    assert as_volunteer.post(address, {"moves": 1}).status_code == 201


def test_one_waits_no_longer(as_volunteer: Caller, slot: Slot) -> None:
    address = f"{OWN}{wait(as_volunteer, slot).json()['id']}/leave/"
    for _twice in range(2):
        assert as_volunteer.post(address).json()["ended_at"] is not None
    assert not Waiting.objects.alive().exists()


def test_where_there_is_a_place_nobody_waits(as_volunteer: Caller) -> None:
    answer = wait(as_volunteer, SlotFactory())
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (409, "not_full")


def test_nobody_sees_or_answers_what_another_waits_for(
    everybody: dict[str, Caller], as_volunteer: Caller, slot: Slot
) -> None:
    row = wait(as_volunteer, slot).json()
    others = {kind: client for kind, client in everybody.items() if kind != "volunteer"}
    others["another volunteer"] = caller(VolunteerFactory().user)
    for kind, client in others.items():
        for step in ("accept", "leave"):
            assert client.post(f"{OWN}{row['id']}/{step}/").status_code == (401 if kind == "stranger" else 404)
    assert others["another volunteer"].get(OWN).json()["results"] == []


def test_the_list_takes_as_many_queries_for_ten_as_for_one(
    as_volunteer: Caller, volunteer: Volunteer, django_assert_max_num_queries: Any
) -> None:
    for number in range(10):
        Waiting.objects.create(volunteer=volunteer, slot=SlotFactory(starts_at=at(number + 1, 9)), since=NOW)
    with django_assert_max_num_queries(5):
        assert len(as_volunteer.get(OWN).json()["results"]) == 10
