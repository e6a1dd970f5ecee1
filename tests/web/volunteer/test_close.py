"""Leaving: what it means is said first, it is asked once more, and one can come back."""

from __future__ import annotations

import re

from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client

from accounts.models import User
from tests.factories import DeskMembershipFactory, UserFactory
from tests.web.conftest import said, signed_in
from volunteers.models import Volunteer

PAGE = "/my/close/"


def test_it_is_asked_once_more_and_then_one_is_gone(member: Client, volunteer: Volunteer) -> None:
    page = said(member.get(PAGE))
    assert "/my/data/" in page
    assert "/my/pause/" in page
    assert "印をつけてください" in said(member.post(PAGE), 400)
    assert Volunteer.objects.exists()
    assert member.post(PAGE, {"sure": "on"})["Location"] == "/goodbye/"
    assert "ありがとうございました" in said(member.get("/goodbye/"))
    assert not Volunteer.objects.exists()
    assert not Session.objects.exists()
    assert member.get("/my/profile/")["Location"].startswith("/accounts/login/")
    assert User.objects.get(pk=volunteer.user_id).closed_at is not None


def test_other_browsers_are_signed_out_as_well(member: Client, volunteer: Volunteer) -> None:
    elsewhere = signed_in(volunteer.user)
    member.post(PAGE, {"sure": "on"})
    assert elsewhere.get("/my/profile/")["Location"].startswith("/accounts/login/")


def test_the_old_address_makes_a_new_account(member: Client, volunteer: Volunteer, client: Client) -> None:
    email = volunteer.user.email
    member.post(PAGE, {"sure": "on"})
    client.post("/accounts/signup/", {"email": email})
    found = re.search(r"^ {4}(\d{6})$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found, mail.outbox[-1].body
    assert client.post("/accounts/confirm-email/", {"code": found[1]}).status_code == 302
    new = User.objects.get(email=email)
    assert new.pk != volunteer.user_id
    assert "ようこそ" in said(client.get("/my/"))


def test_who_works_here_reads_whom_to_tell(db: None) -> None:
    coordinator = signed_in(DeskMembershipFactory().user)
    page = said(coordinator.get(PAGE))
    assert "運営の担当者にお伝えください" in page
    assert "<form method" not in page.split("<main", 1)[1]
    assert "運営の担当者" in said(coordinator.post(PAGE, {"sure": "on"}), 409)


def test_who_has_no_profile_is_offered_no_break(db: None) -> None:
    assert "/my/pause/" not in said(signed_in(UserFactory()).get(PAGE))
