from __future__ import annotations

import pytest

from matching.models import Feedback, RolePrice, Run, Suggestion
from tests.factories import NOW, RoleFactory, SlotFactory, VolunteerFactory
from tests.web.api.conftest import Caller, caller
from volunteers.models import Placement, Volunteer

SUGGESTIONS = "/api/v1/me/suggestions/"


@pytest.fixture
def suggestion(volunteer: Volunteer) -> Suggestion:
    slot = SlotFactory(capacity=3)
    return Suggestion.objects.create(
        volunteer=volunteer, role=slot.role, slot=slot, rank=1, score=0.8, km=0.9, parts={}, planned_at=NOW
    )


def test_suggestions_come_with_reasons_and_a_band_but_no_distance(as_volunteer: Caller, suggestion: Suggestion) -> None:
    [shown] = as_volunteer.get(SUGGESTIONS).json()
    assert shown["id"] == suggestion.pk
    assert shown["role"]["title"] == suggestion.role.title
    assert shown["when"]
    assert shown["band"]
    assert isinstance(shown["reasons"], list)
    assert "0.9" not in str(shown)


def test_what_needs_people_comes_first(as_volunteer: Caller, volunteer: Volunteer) -> None:
    run = Run.objects.create(as_of=NOW, requested_at=NOW, status="done", finished_at=NOW, allocated_at=NOW)
    made = {}
    for name, score, price in (("fair", 0.8, 0.05), ("quiet", 0.76, -0.05)):
        slot = SlotFactory(role=RoleFactory(title=name))
        made[name] = Suggestion.objects.create(
            volunteer=volunteer, role=slot.role, slot=slot, rank=1, score=score, parts={}, planned_at=NOW
        )
        RolePrice.objects.create(run=run, role=slot.role, price=price, need=1, expected=1, shown=5)
    assert [one["id"] for one in as_volunteer.get(SUGGESTIONS).json()] == [made["quiet"].pk, made["fair"].pk]


def test_yes_takes_a_place_and_can_be_undone(as_volunteer: Caller, suggestion: Suggestion) -> None:
    answer = as_volunteer.post(f"{SUGGESTIONS}{suggestion.pk}/answer/", {"answer": "accept"})
    assert (answer.status_code, answer.json()["answer"]) == (200, "accept")
    assert Placement.objects.active().count() == 1
    assert as_volunteer.post(f"{SUGGESTIONS}{suggestion.pk}/undo/").status_code == 204
    assert Placement.objects.active().count() == 0
    again = as_volunteer.post(f"{SUGGESTIONS}{suggestion.pk}/undo/")
    assert (again.status_code, again.json()["errors"][0]["code"]) == (409, "nothing_to_undo")


def test_no_keeps_the_reason(as_volunteer: Caller, suggestion: Suggestion) -> None:
    as_volunteer.post(f"{SUGGESTIONS}{suggestion.pk}/answer/", {"answer": "decline", "reason": "遠いので"})
    assert Feedback.objects.get().reason == "遠いので"
    assert as_volunteer.get(SUGGESTIONS).json() == []


@pytest.mark.parametrize(("answer", "kept"), [("decline", "far"), ("call", "")])
def test_a_no_can_say_why(as_volunteer: Caller, suggestion: Suggestion, answer: str, kept: str) -> None:
    said = as_volunteer.post(f"{SUGGESTIONS}{suggestion.pk}/answer/", {"answer": answer, "why": "far"})
    assert (said.status_code, said.json()["why"]) == (200, kept)
    assert Feedback.objects.get().why == kept


def test_a_why_that_is_none_is_refused(as_volunteer: Caller, suggestion: Suggestion) -> None:
    sent = {"answer": "decline", "why": "because"}
    assert as_volunteer.post(f"{SUGGESTIONS}{suggestion.pk}/answer/", sent).status_code == 400


def test_a_call_can_be_asked_for(as_volunteer: Caller, suggestion: Suggestion) -> None:
    assert as_volunteer.post(f"{SUGGESTIONS}{suggestion.pk}/answer/", {"answer": "call"}).status_code == 200


def test_an_answer_that_is_none_is_refused(as_volunteer: Caller, suggestion: Suggestion) -> None:
    assert as_volunteer.post(f"{SUGGESTIONS}{suggestion.pk}/answer/", {"answer": "perhaps"}).status_code == 400


def test_anothers_suggestion_is_as_if_not_there(everybody: dict[str, Caller], suggestion: Suggestion) -> None:
    others = {kind: client for kind, client in everybody.items() if kind != "volunteer"}
    others["another volunteer"] = caller(VolunteerFactory().user)
    for kind, client in others.items():
        for step in ("answer", "undo"):
            there = client.post(f"{SUGGESTIONS}{suggestion.pk}/{step}/", {"answer": "accept"})
            missing = client.post(f"{SUGGESTIONS}0/{step}/", {"answer": "accept"})
            assert there.status_code == missing.status_code == (401 if kind == "stranger" else 404)
            assert there.json() == missing.json()
    assert not Feedback.objects.exists()


def test_why_not_answers_the_asker_alone(everybody: dict[str, Caller]) -> None:
    role = SlotFactory(role__min_age=70).role
    address = f"/api/v1/roles/{role.pk}/why-not/"
    statuses = {kind: client.get(address).status_code for kind, client in everybody.items()}
    assert statuses == {"stranger": 401, "volunteer": 200, "member": 404, "coordinator": 404, "staff": 404}
    assert any("70" in reason for reason in everybody["volunteer"].get(address).json()["reasons"])
    hidden = RoleFactory(status="draft")
    assert everybody["volunteer"].get(f"/api/v1/roles/{hidden.pk}/why-not/").status_code == 404
