"""Looking through what was handed in, on the pages."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from matching.models import RoleReport, Run
from notifications.models import Notification
from organisations.models import Organisation, Review, Role, Town
from organisations.models.organisation import Approval
from organisations.models.role import RoleStatus
from organisations.services.roles import writing
from tests.factories import (
    NOW,
    ApplicationFactory,
    DeskMembershipFactory,
    MembershipFactory,
    OrganisationFactory,
    RoleFactory,
    SlotFactory,
    SupportDeskFactory,
    TownFactory,
    VenueFactory,
)
from tests.web.conftest import said, send, signed_in


@pytest.fixture
def town() -> Town:
    return TownFactory()


@pytest.fixture
def role(town: Town) -> Role:
    host = OrganisationFactory(town=town)
    venue = VenueFactory(organisation=host, town=town, name="ひなた集会所")
    slot = SlotFactory(
        role=RoleFactory(organisation=host, venue=venue, status=RoleStatus.WAITING, title="紙芝居の会", contact="")
    )
    MembershipFactory(organisation=host)
    found: Role = slot.role
    return found


def coordinator(*towns: Town, name: str = "はるえ") -> Client:
    return signed_in(DeskMembershipFactory(user__name=name, desk=SupportDeskFactory(towns=towns)).user)


def approve(client: Client, role: Role) -> Any:
    """Press the button of the page as it stands."""
    page = said(client.get(f"/console/roles/{role.pk}/"))
    return send(client, f"/console/roles/{role.pk}/approve/", seen=seen_on(page))


def seen_on(page: str) -> str:
    found = re.search(r'name="seen"\s+value="([^"]+)"', page)
    return found[1] if found else ""


def test_all_that_a_role_says_and_leaves_out(role: Role, town: Town) -> None:
    page = said(coordinator(town).get(f"/console/roles/{role.pk}/"))
    for words in ("紙芝居の会", role.summary, "ひなた集会所", "3人", "書かれていません", "まだだれも確かめていません"):
        assert words in page
    assert "ふたりで確かめます" not in page


def test_approved_it_is_public_and_the_desk_is_written_down(role: Role, town: Town) -> None:
    client = coordinator(town)
    assert approve(client, role)["Location"] == "/console/"
    assert "「紙芝居の会」を公開しました" in said(client.get("/console/"))
    assert Role.objects.public().get() == role
    page = said(client.get(f"/console/roles/{role.pk}/"))
    assert "はるえ" in page
    assert f'href="/roles/{role.pk}/"' in page
    assert Review.objects.filter(desk__towns=town).count() == 1


def test_with_children_two_coordinators_of_the_ward(role: Role, town: Town) -> None:
    Role.objects.update(is_with_children=True)
    path = f"/console/roles/{role.pk}/"
    first, second = coordinator(town), coordinator(TownFactory(ward_code=town.ward_code), name="さちえ")
    assert "あなたがひとり目です" in said(first.get(path))
    assert second.get(path).status_code == 404
    approve(first, role)
    assert "確かめたことを記録しました" in said(first.get("/console/"))
    assert "あなたはもう確かめました" in said(first.get(path))
    assert "あなたがもう確かめました" in said(approve(first, role), 409)
    assert "はるえさんが" in said(second.get(path))
    assert "ふたり目の確認" in said(second.get("/console/"))
    approve(second, role)
    role.refresh_from_db()
    assert role.status == RoleStatus.OPEN
    assert second.get(path).status_code == 404


def test_what_was_changed_meanwhile_is_read_again(role: Role, town: Town) -> None:
    client, path = coordinator(town), f"/console/roles/{role.pk}/"
    seen = seen_on(said(client.get(path)))
    writing.change(role=role, summary="べつのこと", now=NOW.replace(hour=12), actor=None)
    answer = said(send(client, f"{path}approve/", seen=seen), 409)
    assert "ほかの方がこの募集を変えました" in answer
    assert "べつのこと" in answer
    assert not Review.objects.exists()


def test_a_role_is_sent_back_with_ready_sentences_and_ones_own_words(role: Role, town: Town) -> None:
    client, path = coordinator(town), f"/console/roles/{role.pk}/send-back/"
    assert "費用がかかるかどうか" in said(client.get(path))
    assert "ひとつはえらぶか書いて" in said(send(client, path), 400)
    send(client, path, sentences=["cost", "where"], words="写真もあると助かります。")
    review = Review.objects.get()
    assert review.reason.split("\n") == [
        "集合場所と、そこへの行き方を書いてください。",
        "費用がかかるかどうかを書いてください。",
        "写真もあると助かります。",
    ]
    assert Notification.objects.get().body.endswith(review.reason)
    role.refresh_from_db()
    assert role.status == RoleStatus.DRAFT
    assert "写真もあると助かります。" in said(client.get(f"/console/roles/{role.pk}/"))
    assert "いまの状態では" in said(send(client, path, words="もう一度"), 409)


def test_a_role_that_is_hard_to_fill_says_what_would_help(role: Role, town: Town) -> None:
    Role.objects.update(status=RoleStatus.OPEN)
    trace = {"best": {"roles": {str(role.pk): ["later", 60, 3]}, "is_whole": True}}
    run = Run.objects.create(status="done", as_of=NOW, requested_at=NOW, finished_at=NOW, trace=trace)
    RoleReport.objects.create(run=run, role=role, could_come=1, listed=1, shut_out_only_by={"time": 4})
    page = said(coordinator(town).get(f"/console/roles/{role.pk}/"))
    for words in ("1時間遅く始める", "あと3人来られます", "時間", "(4人がこのために来られません)"):
        assert words in page


def test_an_organisation_is_looked_through_and_approved(town: Town) -> None:
    waiting = OrganisationFactory(town=town, name="四季の会", approval=Approval.WAITING, approved_at=None)
    MembershipFactory(organisation=waiting, user__name="よもた")
    client, path = coordinator(town), f"/console/organisations/{waiting.pk}/"
    page = said(client.get(path))
    for words in ("四季の会", "よもた", "書かれていません", "まだ募集はありません"):
        assert words in page
    send(client, f"{path}approve/")
    assert Organisation.objects.get(pk=waiting.pk).is_approved
    assert "いまの状態では" in said(send(client, f"{path}approve/"), 409)
    assert f"{path}approve/" not in said(client.get(path))


def test_an_organisation_is_sent_back(town: Town) -> None:
    waiting = OrganisationFactory(town=town, approval=Approval.WAITING, approved_at=None)
    client = coordinator(town)
    path = f"/console/organisations/{waiting.pk}/send-back/"
    assert "正式な名前" in said(client.get(path))
    send(client, path, sentences=["name"])
    waiting.refresh_from_db()
    assert waiting.approval == Approval.SENT_BACK
    assert Review.objects.get().reason == "団体の正式な名前を書いてください。"


def test_an_organisation_shows_who_waits_for_its_answer_and_no_names(role: Role, town: Town) -> None:
    for number in range(2):
        ApplicationFactory(slot=role.slots.get(), volunteer__user__name=f"ひみつ{number}", released_at=NOW)
    ApplicationFactory(slot=role.slots.get())
    page = said(coordinator(town).get(f"/console/organisations/{role.organisation_id}/"))
    assert "2人が返事を待っています" in page
    assert "ひみつ" not in page


def test_nothing_of_another_area(role: Role) -> None:
    client = coordinator(TownFactory(ward_code="14101"))
    for path in (f"roles/{role.pk}/", f"organisations/{role.organisation_id}/"):
        assert client.get(f"/console/{path}").status_code == 404
        assert client.get(f"/console/{path}send-back/").status_code == 404
        assert send(client, f"/console/{path}approve/").status_code == 404
    assert not Review.objects.exists()
