"""An organisation registers, sees how it stands, and writes its entry anew."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from organisations.models import Organisation, Town
from organisations.models.organisation import Approval
from organisations.models.review import ReviewOutcome
from tests.factories import MembershipFactory, OrganisationFactory, ReviewFactory, TownFactory, UserFactory
from tests.web.conftest import said, send, signed_in

NEW = "/organisation/new/"


@pytest.fixture
def town() -> Town:
    return TownFactory()


@pytest.fixture
def answers(town: Town) -> dict[str, Any]:
    return {"name": "花とみどりの会", "kind": "community", "town": town.pk, "phone": "045-000-0000"}


@pytest.fixture
def founder() -> User:
    return UserFactory()


@pytest.fixture
def organisation(founder: User) -> Organisation:
    made: Organisation = MembershipFactory(user=founder, organisation__approval=Approval.WAITING).organisation
    return made


@pytest.fixture
def member(founder: User) -> Client:
    return signed_in(founder)


def page_of(organisation: Organisation) -> str:
    return f"/organisation/{organisation.pk}/"


def test_who_registers_acts_for_it_and_reads_that_it_waits(
    founder: User, member: Client, answers: dict[str, Any]
) -> None:
    answer = send(member, NEW, **answers)
    made = Organisation.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, page_of(made))
    assert (made.approval, made.memberships.get().user) == (Approval.WAITING, founder)
    page = said(member.get(page_of(made)))
    assert "窓口が確かめています" in page
    assert 'aria-current="step">窓口が確かめる' in page


def test_a_double_tap_registers_once(member: Client, answers: dict[str, Any]) -> None:
    first, second = (send(member, NEW, once="tap", **answers) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Organisation.objects.count() == 1


def test_what_is_missing_and_a_name_that_is_taken_are_said_beside_the_question(
    member: Client, answers: dict[str, Any]
) -> None:
    missing = said(send(member, NEW, **{**answers, "name": ""}), 400)
    assert "ここを書いてください" in missing
    assert "045-000-0000" in missing
    OrganisationFactory(name=answers["name"])
    assert "もう登録されています" in said(send(member, NEW, **answers), 409)
    refused = said(send(member, NEW, **{**answers, "name": "別の会", "phone": "でんわ"}), 409)
    assert '<a href="#id_phone">' in refused
    send(member, NEW, **{**answers, "name": "別の会", "phone": "０４５ー０００－００００"})
    assert Organisation.objects.get(name="別の会").phone == "045-000-0000"


def test_what_was_sent_back_says_why_and_is_handed_in_again_by_saving(
    member: Client, organisation: Organisation, answers: dict[str, Any]
) -> None:
    Organisation.objects.update(approval=Approval.SENT_BACK)
    ReviewFactory(
        role=None, organisation=organisation, outcome=ReviewOutcome.SENT_BACK, reason="電話を書いてください。"
    )
    for path in (page_of(organisation), f"{page_of(organisation)}edit/"):
        assert "電話を書いてください。" in said(member.get(path))
    assert send(member, f"{page_of(organisation)}edit/", **answers).status_code == 302
    organisation.refresh_from_db()
    assert (organisation.approval, organisation.phone) == (Approval.WAITING, "045-000-0000")
    assert "電話を書いてください。" not in said(member.get(page_of(organisation)))


@pytest.mark.parametrize("approval", [Approval.WAITING, Approval.APPROVED, Approval.SUSPENDED])
def test_saving_leaves_the_approval_as_it_is(
    member: Client, organisation: Organisation, answers: dict[str, Any], approval: str
) -> None:
    Organisation.objects.update(approval=approval)
    assert send(member, f"{page_of(organisation)}edit/", **answers).status_code == 302
    organisation.refresh_from_db()
    assert (organisation.approval, organisation.name) == (approval, "花とみどりの会")


def test_others_organisations_are_not_there(member: Client) -> None:
    other = OrganisationFactory()
    for path in (page_of(other), f"{page_of(other)}edit/"):
        assert member.get(path).status_code == 404
    assert send(member, f"{page_of(other)}edit/", name="とられた会").status_code == 404
