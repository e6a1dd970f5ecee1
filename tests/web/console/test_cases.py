"""Coordinators choose case studies for the book, and take down what should not be told."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from pypdf import PdfReader

from organisations.models import CaseStudy
from tests.factories import NOW, CaseStudyFactory, DeskMembershipFactory
from tests.web.conftest import said, send, signed_in


@pytest.fixture
def case() -> CaseStudy:
    agreed = {"offer_agreed_at": NOW, "host_agreed_at": NOW, "published_at": NOW}
    made: CaseStudy = CaseStudyFactory(title="食堂が茶話会に", **agreed)
    return made


@pytest.fixture
def coordinator(case: CaseStudy) -> Client:
    return signed_in(DeskMembershipFactory(desk__towns=[case.cooperation.host.town]).user)


def test_chosen_and_printed(coordinator: Client, case: CaseStudy) -> None:
    assert "食堂が茶話会に" in said(coordinator.get("/console/cases/"))
    assert coordinator.get("/console/cases/book.pdf").status_code == 302
    assert "冊子にのせる" in said(coordinator.get(f"/console/cases/{case.pk}/"))
    send(coordinator, f"/console/cases/{case.pk}/")
    assert "冊子からはずす" in said(coordinator.get(f"/console/cases/{case.pk}/"))
    book = coordinator.get("/console/cases/book.pdf")
    assert book["Content-Type"] == "application/pdf"
    assert "食堂が茶話会に" in PdfReader(io.BytesIO(book.content)).pages[1].extract_text()
    send(coordinator, f"/console/cases/{case.pk}/")
    case.refresh_from_db()
    assert not case.is_chosen


def test_a_character_that_cannot_be_printed_is_named(coordinator: Client, case: CaseStudy) -> None:
    CaseStudy.objects.update(is_chosen=True, title="𠮷野の食堂")
    answer = coordinator.get("/console/cases/book.pdf", follow=True)
    assert "𠮷" in said(answer)


def test_taken_down_with_the_reason(coordinator: Client, case: CaseStudy) -> None:
    path = f"/console/cases/{case.pk}/take-down/"
    assert "ここを書いてください" in said(send(coordinator, path, reason=""), 400)
    send(coordinator, path, reason="お名前が出ています。")
    assert Client().get(f"/cases/{case.pk}/").status_code == 404
    assert "公開されていません" in said(send(coordinator, path, reason="もう一度"), 409)


def test_of_other_areas_nothing(case: CaseStudy) -> None:
    elsewhere = signed_in(DeskMembershipFactory().user)
    assert elsewhere.get(f"/console/cases/{case.pk}/").status_code == 404
    assert "食堂が茶話会に" not in said(elsewhere.get("/console/cases/"))
