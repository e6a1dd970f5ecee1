"""The page of one organisation, for everybody."""

from __future__ import annotations

import pytest
from django.test import Client

from organisations.models import Hold
from organisations.models.organisation import Approval
from tests.factories import NOW, AttendanceFactory, OrganisationFactory, SlotFactory, TeamFactory, at
from tests.web.conftest import said

pytestmark = pytest.mark.django_db


def test_who_it_is_and_whom_it_looks_for() -> None:
    slot = SlotFactory(role__organisation__about="駅前の花を育てています。", role__title="花の水やり")
    page = said(Client().get(f"/organisations/{slot.role.organisation_id}/"))
    assert "駅前の花を育てています。" in page
    assert "花の水やり" in page
    assert "チームでしたこと" not in page


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
