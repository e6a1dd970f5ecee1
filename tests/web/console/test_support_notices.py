"""A desk keeps notices of support: written, changed and taken away by its own people alone."""

from __future__ import annotations

import pytest
from django.test import Client

from organisations.models import SupportNotice
from tests.factories import DeskMembershipFactory
from tests.web.conftest import said, send, signed_in

pytestmark = pytest.mark.django_db
ANSWERS = {
    "title": "はじめの助成",
    "who": "5人以上の団体",
    "what": "道具代の一部",
    "deadline": "2199-12-01",
    "link": "city.example/josei",
    "source": "区の広報紙",
}


def test_what_a_desk_writes_everybody_reads_with_its_source() -> None:
    desk = signed_in(DeskMembershipFactory().user)
    send(desk, "/console/support/new/", **ANSWERS)
    public = said(Client().get("/support/"))
    assert all(word in public for word in ("はじめの助成", "2199年12月1日", "https://city.example/josei", "区の広報紙"))


def test_another_desk_neither_changes_nor_removes_it() -> None:
    own, other = (signed_in(DeskMembershipFactory().user) for _each in range(2))
    send(own, "/console/support/new/", **ANSWERS)
    page = f"/console/support/{SupportNotice.objects.get().pk}/"
    assert send(other, f"{page}remove/").status_code == 404
    send(own, page, **{**ANSWERS, "title": "二年目の助成"})
    assert SupportNotice.objects.get().title == "二年目の助成"
    send(own, f"{page}remove/")
    assert not SupportNotice.objects.exists()


def test_a_deadline_that_is_no_date_is_asked_for_again() -> None:
    desk = signed_in(DeskMembershipFactory().user)
    assert "2026-12-01" in said(send(desk, "/console/support/new/", **{**ANSWERS, "deadline": "来週"}), 400)
