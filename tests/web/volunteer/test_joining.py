from __future__ import annotations

import pytest
from django.test import Client

from organisations.models import Slot
from organisations.models.role import RoleStatus
from tests.factories import RoleFactory, SlotFactory, SupportDeskFactory, UserFactory, at
from tests.web.conftest import BACKEND, said, send
from volunteers.models import Application, Placement


def url(slot: Slot) -> str:
    return f"/my/slots/{slot.pk}/join/"


def test_first_a_look_then_a_place(member: Client) -> None:
    slot = SlotFactory(role__bring="軍手")
    page = said(member.get(url(slot)))
    assert "軍手" in page
    assert not Placement.objects.exists()
    response = send(member, url(slot))
    assert response["Location"] == "/my/places/"
    page = said(member.get("/my/places/"))
    assert "参加が決まりました" in page
    assert slot.role.title in page
    assert Slot.objects.get().taken == 1


def test_a_double_tap_joins_once(member: Client) -> None:
    slot = SlotFactory()
    assert send(member, url(slot), once="k")["Location"] == send(member, url(slot), once="k")["Location"]
    assert Placement.objects.count() == 1


def test_where_the_organisation_answers_first_a_word_goes_along(member: Client) -> None:
    slot = SlotFactory(role__asks_first=True)
    assert "ひとこと" in said(member.get(url(slot)))
    assert send(member, url(slot), note="はじめてです").status_code == 302
    assert Application.objects.get().note == "はじめてです"
    assert "返事を待っているもの" in said(member.get("/my/places/"))


def test_who_asks_hears_until_when_an_answer_is_hoped_for(member: Client) -> None:
    asks = {"role__asks_first": True, "role__organisation__phone": "045-000-5678"}
    later, soon = SlotFactory(starts_at=at(30, 9), **asks), SlotFactory(starts_at=at(1, 7), **asks)
    assert "3月3日(水)までにお返事をお願いしています" in said(member.get(url(later)))
    assert "3月1日(月) 午後3時までにお返事を" in said(member.get(url(soon)))
    send(member, url(later))
    assert "3月3日(水)までにお返事をお願いしています" in said(member.get("/my/places/"))


def test_where_the_day_is_too_near_to_wait_one_is_told_to_telephone(member: Client) -> None:
    SupportDeskFactory(organisation__phone="045-000-1234")
    soon = SlotFactory(starts_at=at(0, 15), role__asks_first=True, role__organisation__phone="045-000-5678")
    page = said(member.get(url(soon)))
    assert "団体に電話でも聞いてください" in page
    assert 'href="tel:0450005678"' in page
    assert 'href="tel:0450001234"' in page
    send(member, url(soon))
    assert "団体に電話でも聞いてください" in said(member.get("/my/places/"))


def test_refusals_are_said_where_the_form_is(member: Client) -> None:
    SupportDeskFactory(organisation__phone="045-000-1234")
    full = SlotFactory(capacity=1, taken=1)
    page = said(send(member, url(full)), 409)
    assert 'role="alert"' in page
    assert "045-000-1234" in page
    over = SlotFactory(starts_at=at(-1, 9))
    said(send(member, url(over)), 409)
    old = SlotFactory(role__min_age=99)
    said(send(member, url(old)), 409)
    assert not Placement.objects.exists()


@pytest.mark.parametrize(("note", "says"), [("あ" * 501, "500文字まで"), ("\x00", "読めない文字")])
def test_bad_words_are_named(member: Client, note: str, says: str) -> None:
    slot = SlotFactory(role__asks_first=True)
    assert says in said(send(member, url(slot), note=note), 400)


def test_hidden_slots_are_not_there(member: Client) -> None:
    draft = SlotFactory(role=RoleFactory(status=RoleStatus.DRAFT))
    said(member.get(url(draft)), 404)
    said(send(member, url(draft)), 404)


def test_strangers_come_back_here_after_signing_in(client: Client) -> None:
    slot = SlotFactory()
    assert client.get(url(slot))["Location"] == f"/accounts/login/?next={url(slot)}"


def test_without_a_profile_one_is_asked_for(client: Client) -> None:
    slot = SlotFactory()
    client.force_login(UserFactory(), backend=BACKEND)
    assert "/my/profile/" in said(client.get(url(slot)))
    said(send(client, url(slot)), 404)


def test_what_stands_in_the_way_is_named_and_linked(member: Client) -> None:
    there, wanted = SlotFactory(role__title="茶話会"), SlotFactory()
    send(member, url(there))
    page = said(send(member, url(wanted)), 409)
    assert page.count("茶話会") == 2
    assert f'href="/roles/{there.role_id}/"' in page
    assert f'href="/my/places/#slot-{there.pk}"' in page
    assert f'id="slot-{there.pk}"' in said(member.get("/my/places/"))
