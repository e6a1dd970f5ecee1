"""A host hands a calendar in, sees what it would do, and has drafts of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from organisations.models import Membership, Role
from organisations.models.role import RoleStatus
from tests.factories import MembershipFactory
from tests.web.conftest import said, send, signed_in
from volunteers.models import Upload

HEAD = "イベント名,開始日,開始時間,終了時間"


@pytest.fixture
def member() -> Membership:
    made: Membership = MembershipFactory()
    return made


@pytest.fixture
def host(member: Membership) -> Client:
    return signed_in(member.user)


def hand_in(host: Client, member: Membership, *lines: str, name: str = "行事.csv") -> Any:
    file = SimpleUploadedFile(name, "\n".join([HEAD, *lines]).encode())
    return send(host, f"/organisation/{member.organisation_id}/events/", file=file)


def test_a_calendar_becomes_drafts_after_a_look(host: Client, member: Membership) -> None:
    goes_to = hand_in(host, member, "花見,2027/4/1,10:00,12:00")["Location"]
    assert "花見" in said(host.get(goes_to))
    assert not Role.objects.exists()
    assert send(host, goes_to)["Location"] == "/organisation/"
    made = Role.objects.get()
    assert (made.title, made.status, made.organisation) == ("花見", RoleStatus.DRAFT, member.organisation)
    assert host.get(goes_to).status_code == 404


def test_one_fault_and_nothing_is_written(host: Client, member: Membership) -> None:
    goes_to = hand_in(host, member, "花見,2027/4/1,10:00,12:00", ",2027/4/2,10:00,12:00")["Location"]
    assert "空いています" in said(host.get(goes_to))
    assert send(host, goes_to).status_code == 409
    assert not Role.objects.exists()


def test_what_cannot_be_read_is_refused_beside_the_question(host: Client, member: Membership) -> None:
    answer = hand_in(host, member, "\0")
    assert "読めませんでした" in said(answer, 409)
    assert not Upload.objects.exists()


def test_a_colleague_does_not_see_the_file_and_it_can_be_dropped(host: Client, member: Membership) -> None:
    goes_to = hand_in(host, member, "花見,2027/4/1,10:00,12:00")["Location"]
    colleague = signed_in(MembershipFactory(organisation=member.organisation).user)
    assert colleague.get(goes_to).status_code == 404
    assert send(host, f"{goes_to}drop/").status_code == 302
    assert not Upload.objects.exists()


def test_who_left_the_organisation_brings_nothing_in(host: Client, member: Membership) -> None:
    goes_to = hand_in(host, member, "花見,2027/4/1,10:00,12:00")["Location"]
    MembershipFactory(user=member.user)
    Membership.objects.filter(pk=member.pk).delete()
    assert send(host, goes_to).status_code == 404
    assert not Role.objects.exists()
