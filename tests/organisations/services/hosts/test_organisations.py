"""An organisation registers, is looked at, and gets people who act for it."""

from __future__ import annotations

import pytest

from accounts.models import AuditEntry
from notifications.models import Notification
from organisations.models import Organisation, Role
from organisations.models.organisation import Approval
from organisations.services import words
from organisations.services.hosts import organisations
from tests.factories import (
    NOW,
    MembershipFactory,
    OrganisationFactory,
    RoleFactory,
    SlotFactory,
    TownFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def register(**more):
    given = {"name": "旭みどりの会", "kind": "community", "town": TownFactory(), "about": "", **more}
    return organisations.register(now=NOW, actor=None, **given)


def test_it_waits_for_approval():
    organisation = register(phone="045-000-0000", email="info@yaritai.example", kana="あさひみどりのかい")
    assert organisation.approval == Approval.WAITING
    assert (organisation.phone, organisation.created_at) == ("045-000-0000", NOW)
    assert AuditEntry.objects.get().action == "organisation.register"


@pytest.mark.parametrize(
    ("bad", "error"),
    [
        ({"name": ""}, words.TextMissing),
        ({"kind": "club"}, words.BadValue),
        ({"about": "あ" * 2001}, words.TextTooLong),
        ({"website": "javascript:alert(1)"}, words.BadValue),
        ({"phone": "\x00"}, words.UnreadableText),
    ],
)
def test_bad_entries_are_refused(bad, error):
    with pytest.raises(error):
        register(**bad)
    assert not Organisation.objects.exists()


def test_a_name_is_taken_once():
    register()
    with pytest.raises(organisations.NameTaken):
        register()
    with pytest.raises(organisations.NameTaken):
        organisations.change(organisation=OrganisationFactory(), now=NOW, actor=None, name="旭みどりの会")


def test_approval_makes_roles_public_and_tells_the_members():
    role = SlotFactory(role__organisation__approval=Approval.WAITING).role
    member, actor = MembershipFactory(organisation=role.organisation).user, UserFactory()
    assert not Role.objects.public().exists()
    approved = organisations.approve(organisation=role.organisation, now=NOW, actor=actor)
    assert (approved.approved_by, approved.approved_at) == (actor, NOW)
    assert list(Role.objects.public()) == [role]
    assert role.organisation.name in Notification.objects.get(user=member).title
    with pytest.raises(organisations.WrongApproval):
        organisations.approve(organisation=role.organisation, now=NOW, actor=actor)


def test_sending_back_says_why():
    membership = MembershipFactory()
    organisations.send_back(
        organisation=membership.organisation, now=NOW, actor=None, reason="電話番号を入れてください。"
    )
    assert "電話番号を入れてください。" in Notification.objects.get(user=membership.user).body
    assert AuditEntry.objects.get().detail == {"reason": "電話番号を入れてください。"}


def test_suspending_takes_everything_off_the_public_pages():
    role = RoleFactory()
    organisations.suspend(organisation=role.organisation, now=NOW, actor=None)
    assert not Role.objects.public().exists()


def test_a_member_is_added_once():
    organisation, user = OrganisationFactory(), UserFactory()
    first = organisations.add_member(organisation=organisation, user=user, now=NOW, actor=None)
    assert organisations.add_member(organisation=organisation, user=user, now=NOW, actor=None) == first
    assert AuditEntry.objects.count() == 1
    assert list(Organisation.objects.of(user)) == [organisation]


def test_a_new_name_is_found_at_once():
    role = RoleFactory()
    organisations.change(organisation=role.organisation, now=NOW, actor=None, name="左近山そうじ隊")
    role.refresh_from_db()
    assert "左近山そうじ隊" in role.search_text


def test_what_has_a_step_of_its_own_cannot_be_set():
    with pytest.raises(TypeError):
        register(approval=Approval.APPROVED)
    with pytest.raises(TypeError):
        organisations.change(organisation=OrganisationFactory(), now=NOW, actor=None, approval=Approval.APPROVED)


def test_who_founds_it_acts_for_it():
    user = UserFactory()
    given = {"name": "旭みどりの会", "kind": "community", "town": TownFactory(), "about": ""}
    organisation = organisations.found(user=user, now=NOW, phone="045-000-0000", **given)
    assert (organisation.approval, organisation.phone) == (Approval.WAITING, "045-000-0000")
    assert organisation.memberships.get().user == user


def test_nobody_has_many_waiting():
    user = UserFactory()
    for number in range(organisations.MOST_WAITING):
        given = {"kind": "community", "town": TownFactory(), "about": ""}
        last = organisations.found(user=user, name=f"会{number}", now=NOW, **given)
    with pytest.raises(organisations.TooManyWaiting):
        organisations.found(user=user, name="もう1つの会", now=NOW, **given)
    organisations.approve(organisation=last, now=NOW, actor=None)
    organisations.found(user=user, name="もう1つの会", now=NOW, **given)


@pytest.mark.parametrize("approval", Approval.values)
def test_only_what_was_sent_back_is_handed_in_again(approval):
    organisation = OrganisationFactory(approval=approval)
    if approval == Approval.SENT_BACK:
        assert organisations.resubmit(organisation=organisation, now=NOW, actor=None).approval == Approval.WAITING
        assert AuditEntry.objects.get().action == "organisation.waiting"
    else:
        with pytest.raises(organisations.WrongApproval):
            organisations.resubmit(organisation=organisation, now=NOW, actor=None)


def test_letters_lead_to_the_page_of_the_organisation():
    organisation = register()
    MembershipFactory(organisation=organisation)
    organisations.send_back(organisation=organisation, now=NOW, actor=None, reason="電話も書いてください。")
    assert Notification.objects.get().url.endswith(f"/organisation/{organisation.pk}/")


def test_many_are_kept_at_once_or_none_where_one_name_is_taken():
    town = TownFactory()
    entries = [{"name": f"会{n}", "kind": "npo", "town": town, "about": ""} for n in range(3)]
    written = organisations.register_all(entries=entries, now=NOW, actor=None)
    assert [one.name for one in written] == ["会0", "会1", "会2"]
    assert AuditEntry.objects.filter(action="organisation.register").count() == 3
    again = [{**entries[0], "name": "会9"}, entries[1]]
    with pytest.raises(organisations.NameTaken):
        organisations.register_all(entries=again, now=NOW, actor=None)
    assert Organisation.objects.filter(name__startswith="会").count() == 3
