from __future__ import annotations

from typing import Any

from matching.models import RolePrice
from matching.services.running import runs
from organisations.models import Role, Town
from tests.factories import NOW, MembershipFactory, OrganisationFactory, TownFactory, VenueFactory
from tests.matching import rows
from tests.web.api.conftest import Caller, caller

LATEST = "/api/v1/coordinator/runs/latest/"


def role_in(town: Town, **fields: Any) -> Role:
    host = OrganisationFactory(town=town)
    return rows.role(organisation=host, venue=VenueFactory(organisation=host, town=town), **fields)


def elsewhere() -> Role:
    return role_in(TownFactory(lat=35.6))


def test_before_the_first_run_there_is_none(as_coordinator: Caller) -> None:
    answer = as_coordinator.get(LATEST)
    assert (answer.status_code, answer.json()) == (200, {"run": None})


def test_the_newest_run_shows_the_roles_of_the_own_area(as_coordinator: Caller, town: Town) -> None:
    here, there = role_in(town), elsewhere()
    rows.person(town=town)
    rows.run_once(NOW)
    run = runs.latest()
    assert run is not None
    for role in (here, there):
        RolePrice.objects.create(run=run, role=role, price=0.05, need=3, expected=1.5, shown=4, given=2)
    told = as_coordinator.get(LATEST).json()["run"]
    assert (told["parts_done"], told["people"]) == (1, 1)
    assert [one["role"]["id"] for one in told["highest"]] == [here.pk]
    assert [one["role"]["id"] for one in told["blocked"]] == [here.pk]
    assert sum(told["weights"].values()) > 0.99


def test_changes_are_exact_for_the_coordinator_and_coarse_for_the_host(
    as_coordinator: Caller, everybody: dict[str, Caller], town: Town
) -> None:
    role = role_in(town, min_age=70)
    for _ in range(2):  # and the volunteer who asks below
        rows.person(town=town)
    host = caller(MembershipFactory(organisation=role.organisation).user)
    for_coordinator = f"/api/v1/coordinator/roles/{role.pk}/changes/"
    for_host = f"/api/v1/organisation/roles/{role.pk}/changes/"
    assert as_coordinator.get(for_coordinator).json() == [{"what": "「70歳から」という決まりをなくす", "more": 3}]
    assert host.get(for_host).json() == []
    for _ in range(6):
        rows.person(town=town)
    assert [one["more"] for one in host.get(for_host).json()] == [5]
    for kind, client in everybody.items():
        assert client.get(for_host).status_code == (401 if kind == "stranger" else 404)
        if kind != "coordinator":
            assert client.get(for_coordinator).status_code == (401 if kind == "stranger" else 404)


def test_a_public_role_of_another_area_is_not_there(as_coordinator: Caller) -> None:
    assert as_coordinator.get(f"/api/v1/coordinator/roles/{elsewhere().pk}/changes/").status_code == 404
