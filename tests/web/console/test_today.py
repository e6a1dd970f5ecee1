from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import AuditEntry
from organisations.models import Town
from organisations.models.organisation import Approval
from organisations.models.role import RoleStatus
from tests.factories import (
    NOW,
    ApplicationFactory,
    CallLineFactory,
    DeskMembershipFactory,
    JuniorFactory,
    OrganisationFactory,
    RoleFactory,
    SlotFactory,
    TownFactory,
    VenueFactory,
    VolunteerFactory,
)
from tests.web.conftest import said, send, signed_in
from volunteers.models import Volunteer

PAGE = "/console/"


@pytest.fixture
def town() -> Town:
    return TownFactory()


@pytest.fixture
def desk(town: Town) -> Client:
    return signed_in(DeskMembershipFactory(desk__towns=[town]).user)


def test_a_day_on_which_nothing_waits_says_so_part_by_part(desk: Client) -> None:
    page = said(desk.get(PAGE))
    for kind in (
        "電話する方はいません",
        "待っている方はいません",
        "期限を過ぎて返事のない団体は",
        "確認を待っているものはありません",
    ):
        assert kind in page


def test_each_part_names_what_waits_and_leads_there(desk: Client, town: Town) -> None:
    waiting = OrganisationFactory(town=town, name="まだの会", approval=Approval.WAITING, approved_at=None)
    host = OrganisationFactory(town=town, name="花の会", phone="045-000-0007")
    venue = VenueFactory(organisation=host, town=town)
    role = RoleFactory(organisation=host, venue=venue, status=RoleStatus.WAITING, is_with_children=True)
    slot = SlotFactory(role__organisation=host, role__venue=venue, role__title="落ち葉そうじ")
    ApplicationFactory(slot=slot, released_at=NOW, escalated_at=NOW)
    young = ApplicationFactory(volunteer=JuniorFactory(town=town, user__name="はるき"), slot=SlotFactory())
    line = CallLineFactory(user=VolunteerFactory(town=town, user__name="うめの").user)
    page = said(desk.get(PAGE))
    for link in (
        f"/console/organisations/{waiting.pk}/",
        f"/console/organisations/{host.pk}/",
        f"/console/roles/{role.pk}/",
        f"/console/applications/{young.public_id}/",
        f"/console/calls/{line.pk}/",
    ):
        assert f'href="{link}"' in page
    for words in ("まだの会", "1人が返事を待っています", "落ち葉そうじ", "045-000-0007", "はるき", "うめの"):
        assert words in page
    assert "子どもとかかわる" in page
    assert not AuditEntry.objects.filter(action="looked_at").exists()


def test_who_was_greeted_is_new_no_more(desk: Client, town: Town) -> None:
    new, other = VolunteerFactory(town=town, user__name="うめの"), VolunteerFactory()
    assert "うめの" in said(desk.get(PAGE))
    path = f"/console/people/{new.pk}/greet/"
    for _twice in range(2):
        assert send(desk, path, once="k" * 32)["Location"] == PAGE
    assert "うめのさんへのあいさつを記録しました" in said(desk.get(PAGE))
    assert "登録した方には、みなさん" in said(desk.get(PAGE))
    new.refresh_from_db()
    assert new.greeted_at is not None
    entry = AuditEntry.objects.get(action="volunteer.greeted")
    assert (entry.actor, entry.target_id) == (new.greeted_by, str(new.pk))
    assert send(desk, f"/console/people/{other.pk}/greet/").status_code == 404
    assert "画面が古くなって" in said(desk.post(path, {}), 409)
    assert Volunteer.objects.exclude(greeted_at=None).count() == 1


def test_others_find_no_console(town: Town) -> None:
    assert signed_in(VolunteerFactory(town=town).user).get(PAGE).status_code == 404
    assert Client().get(PAGE)["Location"].startswith("/accounts/login/")
