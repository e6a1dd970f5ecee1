"""A role of one's own: how it stands, how it will look, and the steps of its life."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from organisations.models import Organisation, Role
from organisations.models.organisation import Approval
from organisations.models.review import ReviewOutcome
from organisations.models.role import RoleStatus
from organisations.services.roles import writing
from tests.factories import (
    NOW,
    ActivityFactory,
    MembershipFactory,
    QualificationFactory,
    ReviewFactory,
    RoleFactory,
    SkillFactory,
    SlotFactory,
)
from tests.web.conftest import said, send, signed_in


@pytest.fixture
def organisation() -> Organisation:
    made: Organisation = MembershipFactory().organisation
    return made


@pytest.fixture
def host(organisation: Organisation) -> Client:
    return signed_in(organisation.memberships.get().user)


def page_of(role: Role, name: str = "") -> str:
    return f"/organisation/roles/{role.pk}/{name}"


def posted(organisation: Organisation, status: str = RoleStatus.OPEN) -> Role:
    made: Role = SlotFactory(role__organisation=organisation, role__status=status).role
    return made


@pytest.mark.parametrize(
    ("status", "says", "leads_to"),
    [
        (RoleStatus.DRAFT, "確かめて、窓口に送る", "check/"),
        (RoleStatus.WAITING, "窓口が確かめています", "withdraw/"),
        (RoleStatus.OPEN, "募集中", "close/"),
        (RoleStatus.FILLED, "満員です", "close/"),
        (RoleStatus.RESTING, "受付を休んでいます", "close/"),
        (RoleStatus.CLOSED, "終わりました", "preview/"),
        (RoleStatus.CANCELLED, "中止になりました", "preview/"),
    ],
)
def test_says_how_it_stands_and_what_one_can_do(
    host: Client, organisation: Organisation, status: str, says: str, leads_to: str
) -> None:
    role = posted(organisation, status)
    page = said(host.get(page_of(role)))
    assert says in page
    expected = f"/roles/{role.pk}/" if leads_to == "preview/" else page_of(role, leads_to)
    assert f'href="{expected}"' in page


def test_a_draft_says_what_it_lacks_and_where_that_is_asked(host: Client, organisation: Organisation) -> None:
    role = writing.draft(organisation=organisation, title="花だん", now=NOW, actor=None)
    for path in (page_of(role), page_of(role, "check/")):
        page = said(host.get(path))
        for name in ("what", "when", "where"):
            assert page_of(role, f"{name}/?then=check") in page
    assert "窓口に送る</button>" not in said(host.get(page_of(role, "check/")))
    assert "まだ足りないものがあります" in said(send(host, page_of(role, "check/")), 409)


def test_what_was_sent_back_says_why(host: Client, organisation: Organisation) -> None:
    role = posted(organisation, RoleStatus.DRAFT)
    ReviewFactory(role=role, outcome=ReviewOutcome.SENT_BACK, reason="集合場所を書いてください。")
    assert "集合場所を書いてください。" in said(host.get(page_of(role)))


@pytest.mark.parametrize(
    ("step", "before", "after"),
    [
        ("check", RoleStatus.DRAFT, RoleStatus.WAITING),
        ("withdraw", RoleStatus.WAITING, RoleStatus.DRAFT),
        ("close", RoleStatus.OPEN, RoleStatus.CLOSED),
    ],
)
def test_each_step_is_asked_once_more_and_taken_once(
    host: Client, organisation: Organisation, step: str, before: str, after: str
) -> None:
    role = posted(organisation, before)
    said(host.get(page_of(role, f"{step}/")))
    role.refresh_from_db()
    assert role.status == before
    for _tap in range(2):
        assert send(host, page_of(role, f"{step}/"), once="tap")["Location"] == page_of(role)
    role.refresh_from_db()
    assert role.status == after
    said(send(host, page_of(role, f"{step}/")), 409)


def test_a_draft_is_thrown_away_and_nothing_else(host: Client, organisation: Organisation) -> None:
    role, public = posted(organisation, RoleStatus.DRAFT), posted(organisation)
    said(host.get(page_of(role, "discard/")))
    assert send(host, page_of(role, "discard/"))["Location"] == "/organisation/"
    said(send(host, page_of(public, "discard/")), 409)
    assert list(Role.objects.all()) == [public]


def test_the_preview_is_the_page_that_people_will_see(host: Client, organisation: Organisation) -> None:
    Organisation.objects.update(approval=Approval.WAITING)
    role = posted(organisation, RoleStatus.DRAFT)
    page = said(host.get(page_of(role, "preview/")))
    assert "まだ公開していません" in page
    assert role.summary in page
    assert "あと3人" in page
    for not_yet in ("/my/slots/", "why-not", "承認した団体です", "calendar.ics"):
        assert not_yet not in page
    assert Client().get(f"/roles/{role.pk}/").status_code == 404


def test_before_it_is_handed_in_all_that_was_marked_is_read_once_more(host: Client, organisation: Organisation) -> None:
    role = posted(organisation, RoleStatus.DRAFT)
    marked: list[tuple[str, Any]] = [
        ("activities", ActivityFactory()),
        ("qualifications", QualificationFactory()),
        ("skills", SkillFactory()),
    ]
    for name, one in marked:
        getattr(role, name).set([one])
    page = said(host.get(page_of(role, "check/")))
    assert [one.ja for _name, one in marked if one.ja not in page] == []


def test_a_half_written_draft_can_be_previewed(host: Client, organisation: Organisation) -> None:
    role = writing.draft(organisation=organisation, title="花だん", now=NOW, actor=None)
    assert "花だん" in said(host.get(page_of(role, "preview/")))


def test_others_roles_are_not_there(host: Client) -> None:
    other = RoleFactory()
    for name in ("", "preview/", "withdraw/", "close/", "discard/"):
        assert host.get(page_of(other, name)).status_code == 404


@pytest.mark.parametrize("name", ["", "when/", "check/", "preview/"])
def test_few_queries_however_many_times(
    host: Client, organisation: Organisation, django_assert_max_num_queries: DjangoAssertNumQueries, name: str
) -> None:
    role = posted(organisation, RoleStatus.DRAFT)
    SlotFactory.create_batch(30, role=role)
    with django_assert_max_num_queries(12 if name == "when/" else 14):
        said(host.get(page_of(role, name)))
