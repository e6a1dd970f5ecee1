"""Who acts for an organisation: inviting, answering, leaving."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from organisations.models import Invitation, Organisation
from organisations.models.organisation import Approval
from tests.factories import NOW, InvitationFactory, MembershipFactory, OrganisationFactory, UserFactory
from tests.web.conftest import said, send, signed_in


@pytest.fixture
def organisation() -> Organisation:
    made: Organisation = MembershipFactory().organisation
    return made


@pytest.fixture
def host(organisation: Organisation) -> Client:
    return signed_in(organisation.memberships.get().user)


def page_of(organisation: Organisation, name: str = "members/") -> str:
    return f"/organisation/{organisation.pk}/{name}"


def test_from_the_invitation_to_the_second_member(host: Client, organisation: Organisation) -> None:
    other = UserFactory(name="")
    assert send(host, page_of(organisation), email=other.email)["Location"] == page_of(organisation)
    assert other.email in said(host.get(page_of(organisation)))
    invited = signed_in(other)
    path = f"/organisation/invitations/{Invitation.objects.get().pk}/"
    assert path in said(invited.get("/organisation/"))
    assert organisation.name in said(invited.get(path))
    assert invited.get(page_of(organisation)).status_code == 404
    asks_name = page_of(organisation, "members/me/")
    assert send(invited, path, answer="yes")["Location"] == asks_name
    said(send(invited, asks_name, name=""), 400)
    assert send(invited, asks_name, name="楠 みどり")["Location"] == page_of(organisation, "")
    assert "楠 みどり" in said(host.get(page_of(organisation)))
    assert invited.get(page_of(organisation)).status_code == 200
    assert "もう終わっています" in said(invited.get(path))
    said(send(invited, path, answer="no"), 409)


def test_who_declines_stays_outside_and_an_answer_is_needed(host: Client, organisation: Organisation) -> None:
    invitation = InvitationFactory(organisation=organisation)
    invited, path = signed_in(invitation.user), f"/organisation/invitations/{invitation.pk}/"
    said(send(invited, path), 400)
    assert send(invited, path, answer="no").status_code == 302
    assert invited.get(page_of(organisation)).status_code == 404


def test_an_invitation_is_for_whom_it_names_alone(host: Client) -> None:
    invitation = InvitationFactory()
    for path in (f"/organisation/invitations/{invitation.pk}/", f"/organisation/invitations/{invitation.pk}/withdraw/"):
        assert (host.get(path).status_code, send(host, path, answer="yes").status_code) == (404, 404)
    stranger = Client().get(f"/organisation/invitations/{invitation.pk}/")
    assert stranger["Location"].startswith("/accounts/login/")


def test_a_host_takes_an_invitation_back(host: Client, organisation: Organisation) -> None:
    invitation = InvitationFactory(organisation=organisation)
    path = f"/organisation/invitations/{invitation.pk}/withdraw/"
    assert invitation.user.email in said(host.get(path))
    assert send(host, path)["Location"] == page_of(organisation)
    assert Invitation.objects.get().is_accepted is False
    said(send(host, path), 409)


@pytest.mark.parametrize(("email", "status"), [("", 400), ("nobody", 400), ("own", 409)])
def test_what_cannot_be_is_said_beside_the_question(
    host: Client, organisation: Organisation, email: str, status: int
) -> None:
    own = organisation.memberships.get().user.email
    page = said(send(host, page_of(organisation), email=own if email == "own" else email), status)
    assert "errorlist" in page
    assert not Invitation.objects.exists()


def test_who_waits_for_approval_invites_nobody(host: Client, organisation: Organisation) -> None:
    Organisation.objects.update(approval=Approval.WAITING)
    assert 'name="email"' not in said(host.get(page_of(organisation)))
    said(send(host, page_of(organisation), email="new@yaritai.example"), 409)


def test_the_last_one_cannot_leave(host: Client, organisation: Organisation) -> None:
    path = page_of(organisation, "leave/")
    said(host.get(path))
    assert "担当者はあなただけです" in said(send(host, path), 409)
    MembershipFactory(organisation=organisation)
    assert send(host, path)["Location"] == "/organisation/"
    assert host.get(page_of(organisation)).status_code == 404


def test_others_members_are_not_there(host: Client) -> None:
    other = OrganisationFactory()
    for name in ("members/", "leave/"):
        assert host.get(page_of(other, name)).status_code == 404


def test_few_queries_however_many_members(
    host: Client, organisation: Organisation, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    MembershipFactory.create_batch(15, organisation=organisation)
    InvitationFactory.create_batch(15, organisation=organisation, created_at=NOW)
    with django_assert_max_num_queries(12):
        said(host.get(page_of(organisation)))
