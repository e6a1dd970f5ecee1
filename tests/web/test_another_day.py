"""From a row of what does not meet to a draft of the host's: three presses, each by who may."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from matching.models import RoleReport, Run
from matching.models.run import RunStatus
from matching.services.coordinating import another_day
from notifications.services import links
from organisations.models import Role
from organisations.models.role import RoleStatus
from tests.factories import (
    NOW,
    DeskMembershipFactory,
    DistrictFactory,
    MembershipFactory,
    SupportDeskFactory,
    TownFactory,
    at,
)
from tests.matching import rows
from tests.matching.services.explaining.test_changes import free
from tests.web.conftest import said, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def role() -> Role:
    TownFactory(district=DistrictFactory())
    made = rows.role(rows.gardening(), starts_at=at(5, 9), title="花の水やり")
    free(6, 8, 20)
    run = Run.objects.create(requested_at=NOW, as_of=NOW, finished_at=NOW, status=RunStatus.DONE)
    RoleReport.objects.create(run=run, role=made, could_come=0, listed=0, shut_out_only_by={"time": 1})
    return made


@pytest.fixture
def coordinator(role: Role) -> Client:
    desk = SupportDeskFactory(towns=[role.organisation.town])
    return signed_in(DeskMembershipFactory(desk=desk).user)


@pytest.fixture
def host(role: Role) -> User:
    member: User = MembershipFactory(organisation=role.organisation).user
    return member


def test_the_row_asks_by_one_press_and_then_says_so(coordinator: Client, role: Role, host: User) -> None:
    path = f"/console/roles/{role.pk}/another-day/"
    page = said(coordinator.get("/console/gaps/"))
    assert f'action="{path}"' in page
    assert "あと1人ふえます" in said(coordinator.get(path))
    answer = coordinator.post(path, {"once": "1"}, follow=True)
    assert "3月7日(日) 朝9時はどうかと聞きました" in said(answer)
    assert f'action="{path}"' not in said(answer)
    assert "2週間のあいだに、もう聞いています" in said(coordinator.post(path, {"once": "2"}), 409)
    assert host.notifications.count() == 1


def test_the_host_finds_the_same_by_link_and_signed_in(role: Role, host: User) -> None:
    another_day.ask(role=role, now=NOW, actor=host)
    token = links.issue(user=host, action=another_day.ANOTHER_DAY, target_id=role.pk, now=NOW)
    assert "3月7日(日) 朝9時" in said(Client().get(f"/l/{token}/"))
    assert not _drafts().exists()
    assert "下書きができました" in said(Client().post(f"/l/{token}/"))
    assert "下書きができました" in said(Client().post(f"/l/{token}/"))
    made = _drafts().get()
    answer = signed_in(host).post(f"/organisation/roles/{role.pk}/another-day/", {"once": "1"})
    assert answer["Location"] == f"/organisation/roles/{made.pk}/check/"


def test_who_acts_for_it_no_more_makes_nothing_by_an_old_link(role: Role, host: User) -> None:
    another_day.ask(role=role, now=NOW, actor=host)
    token = links.issue(user=host, action=another_day.ANOTHER_DAY, target_id=role.pk, now=NOW)
    host.memberships.all().delete()
    assert Client().post(f"/l/{token}/").status_code == 404
    assert not _drafts().exists()


def test_where_nothing_was_asked_one_can_still_copy(role: Role, host: User) -> None:
    path = f"/organisation/roles/{role.pk}/another-day/"
    assert f"/organisation/roles/{role.pk}/copy/" in said(signed_in(host).get(path))
    assert "もう終わりました" in said(signed_in(host).post(path, {"once": "1"}), 409)


def _drafts() -> Any:
    return Role.objects.filter(status=RoleStatus.DRAFT)
