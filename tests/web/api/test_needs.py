"""What the neighbourhoods need, and 「力になれます」."""

from __future__ import annotations

from typing import Any

import pytest

from organisations.models import Need, SupportDesk
from organisations.models.need import NeedStatus
from organisations.models.offer import Help
from organisations.services.needs import finding
from tests.factories import (
    ActivityFactory,
    DistrictFactory,
    JuniorFactory,
    NeedFactory,
    PledgeFactory,
    RoleFactory,
)
from tests.web.api.conftest import Caller, caller

NEEDS = "/api/v1/needs/"


def ids(client: Caller, **asked: Any) -> list[int]:
    return [row["id"] for row in client.get(NEEDS, asked).json()["results"]]


def test_only_what_is_still_wanted_is_found_by_each_filter(stranger: Caller) -> None:
    field = ActivityFactory(code="green")
    district = DistrictFactory(code="d1")
    need = NeedFactory(title="庭の草取り", activities=[ActivityFactory(parent=field)], helps=[Help.PEOPLE, Help.GOODS])
    of_district = NeedFactory(title="話し相手", summary="お話", town=None, district=district, wanted_until="2027-03-09")
    NeedFactory(status=NeedStatus.DRAFT)
    NeedFactory(status=NeedStatus.CLOSED)
    NeedFactory(wanted_until="2027-02-28")
    finding.index(needs=Need.objects.all())
    assert ids(stranger) == [of_district.pk, need.pk]
    assert ids(stranger, text="草取り") == ids(stranger, activity="green") == ids(stranger, helps="goods") == [need.pk]
    assert ids(stranger, town=need.town_id) == [need.pk]
    assert ids(stranger, district="d1") == ids(stranger, until="2027-03-09") == [of_district.pk]
    for wrong in ({"helps": "x"}, {"district": "x"}, {"until": "x"}, {"activity": "x"}):
        assert stranger.get(NEEDS, wrong).status_code == 400, wrong


def test_one_need_says_whom_to_ask_and_never_how_few_would_help(stranger: Caller) -> None:
    need = NeedFactory(desk__organisation__phone="045-000-1234", role=RoleFactory())
    PledgeFactory.create_batch(4, need=need)
    found = stranger.get(f"{NEEDS}{need.pk}/").json()
    assert found["desk"]["phone"] == "045-000-1234"
    assert (found["pledged"], found["role"], found["helps"]) == (0, None, ["people"])
    Need.objects.filter(pk=need.pk).update(status=NeedStatus.TAKEN_UP)
    assert stranger.get(f"{NEEDS}{need.pk}/").json()["role"] == need.role_id
    draft = NeedFactory(status=NeedStatus.DRAFT)
    assert stranger.get(f"{NEEDS}{draft.pk}/").status_code == 404


def test_one_says_so_and_takes_it_back(as_volunteer: Caller) -> None:
    need = NeedFactory()
    made = as_volunteer.post(f"{NEEDS}{need.pk}/pledge/", {"note": "土曜なら"})
    assert (made.status_code, made.json()["note"], made.json()["need"]["id"]) == (201, "土曜なら", need.pk)
    again = as_volunteer.post(f"{NEEDS}{need.pk}/pledge/", {})
    assert (again.status_code, again.json()["errors"][0]["code"]) == (409, "already_pledged")
    [row] = as_volunteer.get("/api/v1/me/pledges/").json()["results"]
    withdrawn = as_volunteer.post(f"/api/v1/me/pledges/{row['id']}/withdraw/").json()
    assert withdrawn["withdrawn_at"] is not None
    assert as_volunteer.post(f"/api/v1/me/pledges/{row['id']}/withdraw/").status_code == 409


@pytest.mark.parametrize(
    ("need", "code"), [({"status": NeedStatus.CLOSED}, "need_over"), ({"wanted_until": "2027-02-28"}, "need_over")]
)
def test_why_not_is_said(as_volunteer: Caller, need: dict[str, Any], code: str) -> None:
    answer = as_volunteer.post(f"{NEEDS}{NeedFactory(**need).pk}/pledge/", {})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (409, code)


def test_the_young_need_a_guardian() -> None:
    answer = caller(JuniorFactory(guardian=None).user).post(f"{NEEDS}{NeedFactory().pk}/pledge/", {})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (409, "needs_guardian")


def test_a_desk_reads_its_own_with_drafts_and_the_number_of_those_who_would_help(
    as_coordinator: Caller, desk: SupportDesk
) -> None:
    draft = NeedFactory(desk=desk, status=NeedStatus.DRAFT, published_at=None)
    need = NeedFactory(desk=desk)
    PledgeFactory.create_batch(2, need=need)
    PledgeFactory(need=need, withdrawn_at="2027-03-01T00:00:00Z")
    other = NeedFactory()
    rows = as_coordinator.get("/api/v1/coordinator/needs/").json()["results"]
    assert [(row["id"], row["pledges"]) for row in rows] == [(need.pk, 2), (draft.pk, 0)]
    assert as_coordinator.get(f"/api/v1/coordinator/needs/{draft.pk}/").json()["status"] == "draft"
    assert as_coordinator.get(f"/api/v1/coordinator/needs/{other.pk}/").status_code == 404
