from __future__ import annotations

import uuid
from typing import Any

import pytest

from accounts.models import IdempotencyKey
from organisations.models import Slot
from tests.factories import SlotFactory, VolunteerFactory
from tests.together import together
from tests.web.api.conftest import Caller, caller
from volunteers.models import Placement, Volunteer


def join(client: Caller, slot: Slot, key: str | None) -> Any:
    return client.post(f"/api/v1/slots/{slot.pk}/join/", {}, headers={"Idempotency-Key": key})


def test_without_a_key_nothing_is_done(as_volunteer: Caller) -> None:
    answer = join(as_volunteer, SlotFactory(), None)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["code"] == "idempotency_key_missing"
    assert "Idempotency-Key" in answer.json()["errors"][0]["detail"]
    assert not Placement.objects.exists()


@pytest.mark.parametrize("key", ["x" * 81, "かぎ", "a\tb"])
def test_a_key_that_cannot_be_kept_is_refused(as_volunteer: Caller, key: str) -> None:
    answer = join(as_volunteer, SlotFactory(), key.encode().decode("latin-1"))
    assert answer.status_code == 400


def test_the_same_request_again_brings_the_same_answer(as_volunteer: Caller) -> None:
    slot, key = SlotFactory(), str(uuid.uuid4())
    first, second = join(as_volunteer, slot, key), join(as_volunteer, slot, key)
    assert (first.status_code, first.content) == (second.status_code, second.content) == (201, first.content)
    assert "Idempotent-Replayed" not in first.headers
    assert second.headers["Idempotent-Replayed"] == "true"
    assert second.headers["Content-Type"] == "application/json"
    assert Placement.objects.count() == 1


def test_the_same_key_for_something_else_is_refused(as_volunteer: Caller) -> None:
    key = str(uuid.uuid4())
    join(as_volunteer, SlotFactory(), key)
    answer = join(as_volunteer, SlotFactory(), key)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["code"] == "idempotency_key_used_for_something_else"


def test_one_key_of_two_people_is_two_keys(as_volunteer: Caller) -> None:
    slot, key = SlotFactory(), str(uuid.uuid4())
    assert join(as_volunteer, slot, key).status_code == 201
    assert join(caller(VolunteerFactory().user), slot, key).status_code == 201


def test_a_refusal_leaves_the_key_free(as_volunteer: Caller, volunteer: Volunteer) -> None:
    slot, key = SlotFactory(capacity=1, taken=1), str(uuid.uuid4())
    assert join(as_volunteer, slot, key).status_code == 409
    Slot.objects.filter(pk=slot.pk).update(taken=0)
    assert join(as_volunteer, slot, key).status_code == 201
    assert IdempotencyKey.objects.filter(user=volunteer.user).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment_act_once() -> None:
    slot, user, key = SlotFactory(), VolunteerFactory().user, str(uuid.uuid4())
    clients = [caller(user) for _ in range(4)]
    answers: list[Any] = together(4, lambda number: join(clients[number], slot, key))
    assert [answer.status_code for answer in answers] == [201] * 4
    assert len({answer.content for answer in answers}) == 1
    assert sorted(answer.headers.get("Idempotent-Replayed", "") for answer in answers) == ["", "true", "true", "true"]
    assert Placement.objects.count() == 1
