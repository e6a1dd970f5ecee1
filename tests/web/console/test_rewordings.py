"""What a host changed in a public role is read by a coordinator: the old words beside the new ones."""

from __future__ import annotations

import pytest
from django.test import Client

from organisations.models import Rewording, Role, Town
from organisations.services.reviewing import rereading
from organisations.services.roles import writing
from tests.factories import NOW, DeskMembershipFactory, MembershipFactory, RoleFactory, TownFactory
from tests.web.conftest import said, send, signed_in

OLD, NEW = "花に水をやります。", "夜の見回りをします。"


@pytest.fixture
def town(db: None) -> Town:
    return TownFactory()


@pytest.fixture
def desk(town: Town) -> Client:
    return signed_in(DeskMembershipFactory(desk__towns=[town]).user)


def reworded(town: Town, *, is_with_children: bool = False) -> Role:
    role = RoleFactory(
        organisation__town=town, venue__town=town, title="駅前の花だん", summary=OLD, is_with_children=is_with_children
    )
    return writing.change(role=role, now=NOW, actor=None, summary=NEW)


def read(client: Client, role: Role) -> str:
    page = said(client.get(f"/console/roles/{role.pk}/"))
    assert OLD in page
    assert NEW in page
    unread = Rewording.objects.get(read_at=None)
    sent = send(client, f"/console/roles/{role.pk}/reread/", seen=unread.at.isoformat())
    assert sent["Location"] == "/console/"
    return said(client.get("/console/"))


def test_the_day_names_it_until_it_is_read(desk: Client, town: Town) -> None:
    role = reworded(town)
    day = said(desk.get("/console/"))
    assert "公開のあとで変わりました" in day
    assert f"/console/roles/{role.pk}/" in day
    assert "新しいことばは、もう公開されています" in said(desk.get(f"/console/roles/{role.pk}/"))
    day = read(desk, role)
    assert "確かめたことを記録しました" in day
    assert "公開のあとで変わりました" not in day
    assert "公開のあとで変わったところ" not in said(desk.get(f"/console/roles/{role.pk}/"))


def test_with_children_two_read_it_before_anybody_else_does(desk: Client, town: Town, client: Client) -> None:
    role = reworded(town, is_with_children=True)
    public = f"/roles/{role.pk}/"
    assert "ほかのコーディネーターも確かめると" in read(desk, role)
    assert "あなたはもう確かめました" in said(desk.get(f"/console/roles/{role.pk}/"))
    assert OLD in said(client.get(public))
    assert NEW not in said(client.get(public))
    neighbour = DeskMembershipFactory(desk__towns=[TownFactory(ward_code=town.ward_code)]).user
    read(signed_in(neighbour), role)
    assert NEW in said(client.get(public))


def test_what_was_changed_meanwhile_has_not_been_read(desk: Client, town: Town) -> None:
    role = reworded(town)
    page = f"/console/roles/{role.pk}/reread/"
    assert "新しい内容を見てから" in said(send(desk, page, seen="2027-01-01T00:00:00+00:00"), 409)
    assert rereading.to_read(DeskMembershipFactory(desk__towns=[town]).user).exists()


def test_it_goes_back_with_a_sentence_and_the_host_words_it_anew(desk: Client, town: Town, client: Client) -> None:
    role = reworded(town)
    page = f"/console/roles/{role.pk}/send-back-change/"
    assert page in said(desk.get(f"/console/roles/{role.pk}/"))
    seen = Rewording.objects.get().at.isoformat()
    assert seen in said(desk.get(page))
    assert "ひとつは" in said(send(desk, page, seen=seen), 400)
    assert send(desk, page, seen=seen, words="何時までですか。")["Location"] == "/console/"
    assert desk.get(page).status_code == 404
    assert "書き直しをお願いしているところ" in said(desk.get(f"/console/roles/{role.pk}/"))
    assert OLD in said(client.get(f"/roles/{role.pk}/"))
    host = signed_in(MembershipFactory(organisation=role.organisation).user)
    own = f"/organisation/roles/{role.pk}/"
    mine = said(host.get(own))
    assert "何時までですか。" in mine
    assert "変えたところは、前のことばに戻して公開しています" in mine
    assert NEW in said(host.get(f"{own}what/"))
    assert send(host, f"{own}let-go/")["Location"] == own
    assert "何時までですか。" not in said(host.get(own))


def test_the_host_hands_the_same_words_in_again(desk: Client, town: Town) -> None:
    role = reworded(town)
    seen = Rewording.objects.get().at.isoformat()
    send(desk, f"/console/roles/{role.pk}/send-back-change/", seen=seen, words="よろしいですか。")
    host = signed_in(MembershipFactory(organisation=role.organisation).user)
    role.refresh_from_db()
    shown = {"title": role.title, "summary": NEW, "seen_at": role.changed_at.isoformat()}
    assert send(host, f"/organisation/roles/{role.pk}/what/", **shown).status_code == 302
    assert Rewording.objects.unread().get().after == {"summary": NEW}


def test_the_host_sees_what_waits_and_goes_on_writing_it(town: Town) -> None:
    role = reworded(town, is_with_children=True)
    host = signed_in(MembershipFactory(organisation=role.organisation).user)
    page = said(host.get(f"/organisation/roles/{role.pk}/"))
    assert "新しいことばは、窓口が確かめています" in page
    assert NEW in page
    assert NEW in said(host.get(f"/organisation/roles/{role.pk}/what/"))
    plain = reworded(town)
    host = signed_in(MembershipFactory(organisation=plain.organisation).user)
    assert "窓口が確かめています" not in said(host.get(f"/organisation/roles/{plain.pk}/"))
