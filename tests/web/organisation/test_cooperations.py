"""A group asks for an offer; both organisations say yes, propose another time, or no, each on its own page."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.test import Client

from organisations.models import Cooperation, Membership, Offer
from organisations.models.cooperation import CooperationStatus, Side
from organisations.models.offer import Help, OfferStatus
from organisations.services.cooperations import agreeing, sides
from organisations.services.made_public import case_studies
from tests.factories import NOW, CooperationFactory, MembershipFactory, OfferFactory, at
from tests.web.conftest import said, send, signed_in

TIME = {"day": "2027-03-06", "begins": "9:00", "ends": "12:00"}


@pytest.fixture
def offer() -> Offer:
    made: Offer = OfferFactory(kind=Help.ROOM, conditions="机を戻してください。")
    return made


@pytest.fixture
def group() -> Membership:
    made: Membership = MembershipFactory()
    return made


@pytest.fixture
def asking(group: Membership) -> Client:
    return signed_in(group.user)


@pytest.fixture
def giving(offer: Offer) -> Client:
    return signed_in(MembershipFactory(organisation=offer.organisation).user)


def page(row: Cooperation, name: str = "") -> str:
    return f"/organisation/cooperations/{row.pk}/{name}"


def ask(client: Client, offer: Offer, group: Membership, **more: object) -> Any:
    sent: dict[str, Any] = {"host": group.organisation_id, "purpose": "茶話会", "quantity": "15", **TIME, **more}
    return send(client, f"/organisation/offers/{offer.pk}/ask/", **sent)


def test_asked_for_and_agreed_by_both(asking: Client, giving: Client, offer: Offer, group: Membership) -> None:
    assert "机を戻してください。" in said(asking.get(f"/organisation/offers/{offer.pk}/ask/"))
    sent = ask(asking, offer, group)
    row = Cooperation.objects.get()
    assert sent["Location"] == page(row)
    assert (row.host, row.starts_at, row.ends_at, row.quantity) == (group.organisation, at(5, 9), at(5, 12), 15)
    assert "3月6日(土) 9:00〜12:00" in said(asking.get(page(row)))
    assert "この内容でよい" not in said(asking.get(page(row)))
    assert "この内容でよい" in said(giving.get(page(row)))
    homes = [said(side.get("/organisation/")) for side in (giving, asking)]
    assert [page(row) in home for home in homes] == [True, False]
    assert send(giving, page(row, "agree/"), side="offer")["Location"] == page(row)
    agreeing.agree(cooperation=row, side=Side.DESK, now=NOW, actor=None)
    assert "決まりました" in said(asking.get("/organisation/cooperations/"))
    assert "3月6日(土) 9:00〜12:00" in said(Client().get(f"/offers/{offer.pk}/"))


def test_nobody_speaks_for_another_side(asking: Client, offer: Offer, group: Membership) -> None:
    ask(asking, offer, group)
    row = Cooperation.objects.get()
    for side in ("offer", "desk"):
        assert send(asking, page(row, "agree/"), side=side).status_code == 400
    assert sides.waiting_for(Cooperation.objects.get()) == [Side.OFFER, Side.DESK]


def test_another_time_asks_everybody_anew(asking: Client, giving: Client, offer: Offer, group: Membership) -> None:
    ask(asking, offer, group)
    row = Cooperation.objects.get()
    assert 'value="2027-03-06"' in said(giving.get(page(row, "arrange/")))
    moved = {**TIME, "day": "2027-03-13", "quantity": "15", "side": "offer"}
    assert send(giving, page(row, "arrange/"), **moved)["Location"] == page(row)
    row.refresh_from_db()
    assert (row.starts_at, sides.waiting_for(row)) == (at(12, 9), [Side.HOST, Side.DESK])


def test_no_with_a_reason_that_the_other_reads(asking: Client, giving: Client, offer: Offer, group: Membership) -> None:
    ask(asking, offer, group)
    row = Cooperation.objects.get()
    assert "ここを書いてください。" in said(send(giving, page(row, "end/"), side="offer", reason=""), 400)
    assert send(giving, page(row, "end/"), side="offer", reason="工事をしています")["Location"] == page(row)
    assert "工事をしています" in said(asking.get(page(row)))


def test_done_and_not_before_it_has_begun(giving: Client, offer: Offer) -> None:
    agreed = {f"{side.value}_agreed_at": NOW for side in Side} | {"status": CooperationStatus.AGREED}
    row = CooperationFactory(offer=offer, starts_at=at(5, 9), ends_at=at(5, 12), agreed_at=NOW, **agreed)
    assert "まだ始まっていません" in said(send(giving, page(row, "finish/")), 409)
    assert "finish/" not in said(giving.get(page(row)))
    with time_machine.travel(at(5, 13), tick=True):
        assert "finish/" in said(giving.get(page(row)))
        assert send(giving, page(row, "finish/"))["Location"] == page(row)
    row.refresh_from_db()
    assert row.status == CooperationStatus.DONE
    assert page(row, "case/") in said(giving.get(page(row)))
    case = case_studies.draft_from(cooperation=row, now=NOW, actor=None)
    assert f"/organisation/cases/{case.pk}/" in said(giving.get(page(row)))


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"day": "2027-02-01"}, "day"),
        ({"quantity": "21"}, "quantity"),
        ({"begins": ""}, "begins"),
        ({"purpose": ""}, "purpose"),
    ],
)
def test_what_cannot_be_stands_beside_its_question(
    asking: Client, offer: Offer, group: Membership, more: dict[str, str], field: str
) -> None:
    answer = ask(asking, offer, group, **more)
    assert answer.status_code in {400, 409}
    assert f'href="#id_{field}"' in answer.content.decode()


def test_goods_need_no_time_and_part_of_one_is_none(asking: Client, group: Membership) -> None:
    chairs = OfferFactory(kind=Help.GOODS, quantity=20)
    bare = {"day": "", "begins": "", "ends": ""}
    assert "そろえて" in said(ask(asking, chairs, group, **{**bare, "day": "2027-03-06"}), 400)
    assert ask(asking, chairs, group, **bare).status_code == 302
    assert "日時はこれから決めます" in said(asking.get(page(Cooperation.objects.get())))


def test_only_groups_ask_and_not_for_their_own(offer: Offer, giving: Client, group: Membership) -> None:
    address = f"/organisation/offers/{offer.pk}/ask/"
    assert giving.get(address).status_code == 404
    assert "/accounts/login/" in Client().get(address)["Location"]
    group.organisation.approval = "waiting"
    group.organisation.save()
    assert signed_in(group.user).get(address).status_code == 404


def test_whoever_has_several_groups_chooses(asking: Client, offer: Offer, group: Membership) -> None:
    assert 'type="radio" name="host"' not in said(asking.get(f"/organisation/offers/{offer.pk}/ask/"))
    MembershipFactory(user=group.user)
    assert 'type="radio" name="host"' in said(asking.get(f"/organisation/offers/{offer.pk}/ask/"))


def test_what_is_over_is_refused_kindly(asking: Client, offer: Offer, group: Membership) -> None:
    Offer.objects.update(status=OfferStatus.CLOSED)
    assert "いまは受け付けていません" in said(ask(asking, offer, group), 409)


def test_others_cooperations_are_not_there(asking: Client) -> None:
    row = CooperationFactory()
    for name in ("", "arrange/", "end/"):
        assert asking.get(page(row, name)).status_code == 404
    assert send(asking, page(row, "agree/"), side="host").status_code == 404
    assert "協力の相談はありません" in said(asking.get("/organisation/cooperations/"))
