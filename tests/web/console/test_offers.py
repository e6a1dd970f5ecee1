"""A coordinator looks offers through, checks vehicles, brings offers and needs together, and agrees for the desk."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from organisations.models import Cooperation, DeskMembership, Offer, Review
from organisations.models.cooperation import ProposedBy, Side
from organisations.models.offer import Help, OfferStatus
from organisations.services.cooperations import sides
from tests.factories import (
    NOW,
    CooperationFactory,
    DeskMembershipFactory,
    NeedFactory,
    OfferFactory,
    OrganisationFactory,
    RoleFactory,
)
from tests.web.conftest import said, send, signed_in


@pytest.fixture
def desk() -> DeskMembership:
    made: DeskMembership = DeskMembershipFactory()
    return made


@pytest.fixture
def coordinator(desk: DeskMembership) -> Client:
    return signed_in(desk.user)


def here(desk: DeskMembership, **more: object) -> Offer:
    town = desk.desk.organisation.town
    made: Offer = OfferFactory(organisation__town=town, **{"status": OfferStatus.WAITING, "submitted_at": NOW, **more})
    return made


def page(row: Offer | Cooperation, name: str = "") -> str:
    noun = "offers" if isinstance(row, Offer) else "cooperations"
    return f"/console/{noun}/{row.pk}/{name}"


def test_today_leads_to_what_waits(coordinator: Client, desk: DeskMembership) -> None:
    offer, other = here(desk, title="確認待ちの部屋"), OfferFactory(status=OfferStatus.WAITING, title="よその部屋")
    assert 'href="/console/offers/"' in said(coordinator.get("/console/"))
    text = said(coordinator.get("/console/offers/"))
    assert offer.title in text
    assert other.title not in text
    assert coordinator.get(page(other)).status_code == 404


def test_published_with_the_look_of_the_desk(coordinator: Client, desk: DeskMembership) -> None:
    offer = here(desk)
    done = send(coordinator, page(offer, "approve/"), seen=offer.changed_at.isoformat())
    assert done["Location"] == page(offer)
    review = Review.objects.get()
    assert (review.offer, review.by, review.desk) == (offer, desk.user, desk.desk)
    assert "公開" in said(coordinator.get(page(offer)))


def test_what_was_changed_meanwhile_is_read_again(coordinator: Client, desk: DeskMembership) -> None:
    offer = here(desk)
    Offer.objects.update(changed_at=NOW + dt.timedelta(minutes=1))
    answer = send(coordinator, page(offer, "approve/"), seen=NOW.isoformat())
    assert "ほかの方がこの提供を変えました" in said(answer, 409)


def test_a_vehicle_is_published_once_both_are_ticked(coordinator: Client, desk: DeskMembership) -> None:
    van = here(desk, kind=Help.VEHICLE)
    assert "公開する" not in said(coordinator.get(page(van)))
    assert "法律と保険を" in said(send(coordinator, page(van, "approve/")), 409)
    assert send(coordinator, page(van, "vehicle/"), law="on").status_code == 400
    assert send(coordinator, page(van, "vehicle/"), law="on", insurance="on")["Location"] == page(van)
    van.refresh_from_db()
    assert van.vehicle_checked_by == desk.user
    assert send(coordinator, page(van, "approve/"))["Location"] == page(van)


def test_food_that_is_too_old_is_not_published(coordinator: Client, desk: DeskMembership) -> None:
    safe = {"is_food": True, "is_unopened": True, "keeps_at_room_temperature": True}
    rice = here(desk, kind=Help.GOODS, best_before=NOW.date() + dt.timedelta(days=30), **safe)
    assert "2か月以上" in said(send(coordinator, page(rice, "approve/")), 409)


def test_sent_back_with_ready_sentences(coordinator: Client, desk: DeskMembership) -> None:
    offer = here(desk)
    sent = send(coordinator, page(offer, "send-back/"), sentences=["when"], words="とくに土曜のことを")
    assert sent["Location"] == "/console/offers/"
    offer.refresh_from_db()
    assert (offer.status, Review.objects.get().reason.splitlines()[1]) == ("draft", "とくに土曜のことを")


def test_proposed_by_hand_to_a_need_a_role_and_a_group(coordinator: Client, desk: DeskMembership) -> None:
    offer, town = here(desk, status=OfferStatus.OPEN), desk.desk.organisation.town
    need, role = NeedFactory(desk=desk.desk, town=town), RoleFactory(organisation__town=town)
    group = OrganisationFactory(town=town)
    wanted = {
        f"need-{need.pk}": desk.desk.organisation,
        f"role-{role.pk}": role.organisation,
        f"group-{group.pk}": group,
    }
    for key, host in wanted.items():
        assert key in said(coordinator.get(page(offer, "propose/")))
        sent = send(coordinator, page(offer, "propose/"), wanted=key, quantity="5", purpose="茶話会")
        row = Cooperation.objects.latest("pk")
        assert sent["Location"] == page(row)
        assert (row.host, row.proposed_by, row.desk_agreed_at is not None) == (host, ProposedBy.DESK, True)
    again = send(coordinator, page(offer, "propose/"), wanted=f"need-{need.pk}", quantity="5")
    assert "もう相談が始まっています" in said(again, 409)
    assert send(coordinator, page(offer, "propose/"), wanted="need-0", quantity="5").status_code == 400


def test_who_comes_from_a_need_need_not_choose_it_again(coordinator: Client, desk: DeskMembership) -> None:
    offer, tent = (here(desk, status=OfferStatus.OPEN, kind=kind) for kind in (Help.PEOPLE, Help.GOODS))
    need = NeedFactory(desk=desk.desk, town=desk.desk.organisation.town, helps=[Help.PEOPLE])
    named = f"?need={need.pk}"
    assert f"/console/offers/{named}" in said(coordinator.get(f"/console/needs/{need.pk}/"))
    fitting = said(coordinator.get(f"/console/offers/{named}"))
    assert (page(offer) + named in fitting, page(tent) in fitting) == (True, False)
    assert page(offer, "propose/") + named in said(coordinator.get(page(offer) + named))
    assert f'<option value="need-{need.pk}" selected>' in said(coordinator.get(page(offer, "propose/") + named))
    for nonsense in ("?need=0", "?need=x", f"?need={NeedFactory().pk}"):
        assert '<option value="" selected>' in said(coordinator.get(page(offer, "propose/") + nonsense))


def test_the_areas_cooperations_with_their_three_ticks(coordinator: Client, desk: DeskMembership) -> None:
    row = CooperationFactory(host__town=desk.desk.organisation.town, host_agreed_at=NOW)
    other = CooperationFactory()
    text = said(coordinator.get("/console/cooperations/"))
    assert row.host.name in text
    assert other.host.name not in text
    assert "提供する側の返事を待っています" in text
    assert "受ける側の返事を待っています" not in text
    assert send(coordinator, page(row, "agree/"), side="desk")["Location"] == page(row)
    assert sides.waiting_for(Cooperation.objects.get(pk=row.pk)) == [Side.OFFER]
    assert send(coordinator, page(row, "agree/"), side="offer").status_code == 400
    assert coordinator.get(page(other)).status_code == 404


def test_a_desk_that_is_the_host_says_yes_for_both(coordinator: Client, desk: DeskMembership) -> None:
    need = NeedFactory(desk=desk.desk, helps=[Help.ROOM])
    row = CooperationFactory(host=desk.desk.organisation, need=need)
    text = said(coordinator.get(page(row)))
    assert f"「{need.label}」で、場所があると助かるそうです" in text
    assert text.count("場所を、20人まで使えます") == 1
    for side in ("host", "desk"):
        assert f'name="side" value="{side}"' in said(coordinator.get(page(row)))
        send(coordinator, page(row, "agree/"), side=side)
    assert sides.waiting_for(Cooperation.objects.get()) == [Side.OFFER]
    assert 'type="radio" name="side"' in said(coordinator.get(page(row, "end/")))
    ended = send(coordinator, page(row, "end/"), side="desk", reason="会場が変わりました")
    assert ended["Location"] == page(row)
