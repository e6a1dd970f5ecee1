"""The page of one organisation, for everybody."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from organisations.models import Hold
from organisations.models.need import NeedStatus
from organisations.models.offer import OfferStatus
from organisations.models.organisation import Approval
from organisations.models.role import RoleStatus
from tests.factories import (
    NOW,
    AttendanceFactory,
    CaseStudyFactory,
    NeedFactory,
    OfferFactory,
    OrganisationFactory,
    RoleFactory,
    SlotFactory,
    TeamFactory,
    at,
)
from tests.web.conftest import said

pytestmark = pytest.mark.django_db


def test_who_it_is_and_whom_it_looks_for() -> None:
    slot = SlotFactory(role__organisation__about="駅前の花を育てています。", role__title="花の水やり")
    page = said(Client().get(f"/organisations/{slot.role.organisation_id}/"))
    assert "駅前の花を育てています。" in page
    assert "花の水やり" in page
    assert "チームでしたこと" not in page


def test_what_it_gives_what_it_took_up_and_what_came_of_it() -> None:
    company = OrganisationFactory()
    room = OfferFactory(organisation=company, title="使える部屋")
    OfferFactory(organisation=company, title="隠れた部屋", status=OfferStatus.DRAFT)
    taken_up = {"host": company, "status": NeedStatus.TAKEN_UP}
    need = NeedFactory(title="庭の草取り", role=RoleFactory(organisation=company), **taken_up)
    NeedFactory(title="隠れたニーズ", host=company, role=RoleFactory(organisation=company, status=RoleStatus.DRAFT))
    case = CaseStudyFactory(cooperation__offer=room, offer_agreed_at=NOW, host_agreed_at=NOW, published_at=NOW)
    page = said(Client().get(f"/organisations/{company.pk}/"))
    for path in (f"/offers/{room.pk}/", f"/needs/{need.pk}/", f"/cases/{case.pk}/"):
        assert f'href="{path}"' in page
    assert "隠れた" not in page
    for feed in ("roles.ics", "roles.atom"):
        assert f'href="/open-data/{feed}?organisation={company.pk}"' in page


def test_it_takes_few_queries_however_much_there_is(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    company = OrganisationFactory()
    for _nth in range(3):
        role = SlotFactory(role__organisation=company).role
        NeedFactory(host=company, role=role, status=NeedStatus.TAKEN_UP)
        OfferFactory(organisation=company)
    with django_assert_max_num_queries(12):
        said(Client().get(f"/organisations/{company.pk}/"))


def test_without_roles_there_is_a_next_step() -> None:
    assert "/roles/" in said(Client().get(f"/organisations/{OrganisationFactory().pk}/"))


@pytest.mark.parametrize("approval", [Approval.WAITING, Approval.SUSPENDED, Approval.SENT_BACK])
def test_who_is_not_approved_is_not_there(approval: str) -> None:
    company = OrganisationFactory(approval=approval, approved_at=None)
    assert Client().get(f"/organisations/{company.pk}/").status_code == 404


@pytest.mark.parametrize(("people", "is_shown"), [(4, False), (5, True)])
def test_what_its_people_did_is_told_of_five_or_more(people: int, is_shown: bool) -> None:
    team, slot = TeamFactory(), SlotFactory(role__title="公園の草取り")
    kept = Hold.objects.create(team=team, slot=slot, asked=9, places=0, held_at=NOW, held_until=at(3, 9))
    for number in range(people):
        named = {"placement__is_named": True, "placement__volunteer__user__name": f"花子{number}"}
        AttendanceFactory(placement__slot=slot, placement__hold=kept, **named)
    page = said(Client().get(f"/organisations/{team.organisation_id}/"))
    assert ("5人が、あわせて10時間参加しました" in page) == is_shown
    assert ("公園の草取り" in page) == is_shown
    assert "花子" not in page
