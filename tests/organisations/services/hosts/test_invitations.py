"""Somebody is asked to act for an organisation, and answers; somebody always acts for it."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import User
from accounts.services import people
from notifications.models import Channel, Notification
from organisations.models import Membership, Organisation
from organisations.models.organisation import Approval
from organisations.services.hosts import invitations, members
from tests.factories import NOW, InvitationFactory, MembershipFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
LATER = NOW + invitations.LASTS


@pytest.fixture
def member() -> Membership:
    made: Membership = MembershipFactory()
    return made


def invite(member: Membership, email: str, now: dt.datetime = NOW) -> object:
    return invitations.invite(organisation=member.organisation, email=email, now=now, actor=member.user)


def test_somebody_new_gets_a_letter_at_the_address(member: Membership) -> None:
    invitation = invitations.invite(
        organisation=member.organisation, email=" New@Yaritai.example ", now=NOW, actor=member.user
    )
    letter = Notification.objects.get()
    assert (letter.user.email, letter.channel) == ("new@yaritai.example", Channel.EMAIL)
    assert member.organisation.name in letter.title
    assert letter.url.endswith(f"/organisation/invitations/{invitation.pk}/")
    assert invitation.expires_at == LATER
    assert not letter.user.memberships.exists()


def test_who_is_known_already_is_not_made_twice(member: Membership) -> None:
    known = UserFactory()
    invite(member, known.email)
    assert list(invitations.to(user=known, now=NOW)) == list(
        invitations.waiting(organisation=member.organisation, now=NOW)
    )
    assert User.objects.filter(email=known.email).count() == 1


@pytest.mark.parametrize("email", ["", "  ", "nobody", "あ@yaritai.example"])
def test_an_address_that_is_none_is_refused(member: Membership, email: str) -> None:
    with pytest.raises(people.EmailNotUsable):
        invite(member, email)
    assert not Notification.objects.exists()


def test_nobody_is_invited_twice_or_into_what_they_are_in(member: Membership) -> None:
    with pytest.raises(invitations.AlreadyMember):
        invite(member, str(member.user.email))
    invite(member, "new@yaritai.example")
    with pytest.raises(invitations.AlreadyInvited):
        invite(member, "new@yaritai.example")
    invite(member, "new@yaritai.example", now=LATER)
    assert invitations.waiting(organisation=member.organisation, now=LATER).count() == 1


@pytest.mark.parametrize("approval", [Approval.WAITING, Approval.SENT_BACK, Approval.SUSPENDED])
def test_only_an_approved_organisation_writes_to_people(member: Membership, approval: str) -> None:
    Organisation.objects.update(approval=approval)
    with pytest.raises(invitations.NotApprovedYet):
        invite(member, "new@yaritai.example")


def test_at_most_twenty_wait_for_an_answer(member: Membership) -> None:
    InvitationFactory.create_batch(invitations.MOST_OPEN, organisation=member.organisation)
    with pytest.raises(invitations.TooManyInvitations):
        invite(member, "new@yaritai.example")
    invite(member, "new@yaritai.example", now=LATER)


@pytest.mark.parametrize("is_accepted", [True, False])
def test_an_answer_is_given_once(is_accepted: bool) -> None:
    invitation = InvitationFactory()
    answered = {"invitation": invitation, "is_accepted": is_accepted, "now": NOW, "actor": invitation.user}
    assert invitations.answer(**answered).is_accepted == is_accepted
    assert invitation.organisation.memberships.filter(user=invitation.user).exists() == is_accepted
    with pytest.raises(invitations.InvitationOver):
        invitations.answer(**{**answered, "is_accepted": True})


def test_what_is_over_or_taken_back_is_not_answered() -> None:
    late, back = InvitationFactory(), InvitationFactory()
    invitations.withdraw(invitation=back, now=NOW, actor=back.user)
    for invitation, now in ((late, LATER), (back, NOW)):
        with pytest.raises(invitations.InvitationOver):
            invitations.answer(invitation=invitation, is_accepted=True, now=now, actor=invitation.user)
        with pytest.raises(invitations.InvitationOver):
            invitations.withdraw(invitation=invitation, now=now, actor=invitation.user)
    assert not Membership.objects.exists()


def test_a_letter_about_what_was_taken_back_is_not_sent(member: Membership) -> None:
    invitation = invitations.invite(
        organisation=member.organisation, email="new@yaritai.example", now=NOW, actor=member.user
    )
    letter = Notification.objects.get()
    still_right = invitations.STILL_RIGHT[letter.kind]
    assert still_right(letter, NOW)
    assert not still_right(letter, LATER)
    invitations.withdraw(invitation=invitation, now=NOW, actor=member.user)
    assert not still_right(letter, NOW)


def test_somebody_always_stays() -> None:
    organisation = OrganisationFactory()
    first, second = MembershipFactory.create_batch(2, organisation=organisation)
    MembershipFactory(organisation=organisation, user__is_active=False)
    members.leave(membership=first, now=NOW, actor=first.user)
    with pytest.raises(members.LastMember):
        members.leave(membership=second, now=NOW, actor=second.user)
    assert organisation.memberships.filter(user=second.user).exists()
