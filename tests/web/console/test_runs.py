from __future__ import annotations

import re

import pytest
from django.test import Client

from accounts.models import User
from matching.models import RoleReport, Run, RunStatus, Shard
from organisations.models import Role, Town
from tests.factories import NOW, DeskMembershipFactory, OrganisationFactory, RoleFactory, TownFactory, VenueFactory
from tests.web.conftest import said, send, signed_in

PAGE = "/console/runs/"


@pytest.fixture
def town() -> Town:
    return TownFactory()


@pytest.fixture
def user(town: Town) -> User:
    found: User = DeskMembershipFactory(desk__towns=[town]).user
    return found


@pytest.fixture
def desk(user: User) -> Client:
    return signed_in(user)


def role_in(town: Town, title: str) -> Role:
    host = OrganisationFactory(town=town)
    made: Role = RoleFactory(organisation=host, venue=VenueFactory(organisation=host, town=town), title=title)
    return made


def test_a_run_is_asked_for_once(desk: Client, user: User) -> None:
    assert "まだ一度も計算していません" in said(desk.get(PAGE))
    for _twice in range(2):
        assert send(desk, PAGE, once="k" * 32)["Location"] == PAGE
    send(desk, PAGE)
    run = Run.objects.get()
    assert (run.status, run.requested_by) == (RunStatus.REQUESTED, user)
    page = said(desk.get(PAGE))
    assert "順番を待っています" in page
    assert "計算をたのむ" not in page


def test_how_far_a_run_is(desk: Client) -> None:
    run = Run.objects.create(status="running", as_of=NOW, requested_at=NOW, started_at=NOW)
    for number in range(3):
        done_at = NOW if number == 0 else None
        Shard.objects.create(
            run=run, number=number, first_volunteer=number, last_volunteer=number, volunteers=40, done_at=done_at
        )
    assert "3つのうち1つ済み" in said(desk.get(PAGE))
    page = said(desk.get(f"{PAGE}{run.pk}/"))
    assert "120人のうち40人" in page
    assert 'value="1"' in page


def test_what_became_of_it_in_ones_own_area(desk: Client, town: Town) -> None:
    here, there = role_in(town, "夜の見まわり"), role_in(TownFactory(), "よその募集")
    trace = {
        "best": {"roles": {str(here.pk): ["later", 60, 3]}, "is_whole": True},
        "people": 7,
        "seconds": {"read": 0.5},
    }
    run = Run.objects.create(status="done", as_of=NOW, requested_at=NOW, started_at=NOW, finished_at=NOW, trace=trace)
    for role in (here, there):
        RoleReport.objects.create(run=run, role=role, could_come=0, listed=0, shut_out_only_by={"time": 4})
    page = said(desk.get(f"{PAGE}{run.pk}/"))
    for words in ("夜の見まわり", "1時間遅く始める", "あと3人来られます", "点の重み", f"/console/roles/{here.pk}/"):
        assert words in page
    assert "よその募集" not in page
    names = re.findall(r'<th scope="row">(.*?)</th>', page)
    assert ("参加者の人数" in names, [name for name in names if name.isascii()]) == (True, [])


def test_a_run_that_failed_says_why(desk: Client) -> None:
    run = Run.objects.create(status="failed", as_of=NOW, requested_at=NOW, reason="a part went wrong")
    assert "a part went wrong" in said(desk.get(f"{PAGE}{run.pk}/"))
    assert desk.get(f"{PAGE}{run.pk + 1}/").status_code == 404
