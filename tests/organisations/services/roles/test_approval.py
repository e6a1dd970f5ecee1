"""A draft is handed in when it is whole; what was handed in is opened, or sent back."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import AuditEntry
from notifications.models import Notification
from organisations.models import Role
from organisations.models.organisation import Approval
from organisations.models.role import Insurance, RoleStatus
from organisations.services.roles import approval, complete, writing
from organisations.services.times import slots
from tests.factories import (
    NOW,
    MembershipFactory,
    OrganisationFactory,
    RoleFactory,
    SlotFactory,
    UserFactory,
    VenueFactory,
    at,
)

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(minutes=5)


def test_from_draft_to_public_each_step_recorded():
    actor, organisation = UserFactory(), OrganisationFactory()
    given = {"title": "花だんの水やり", "summary": "水をやります。", "venue": VenueFactory(organisation=organisation)}
    role = writing.draft(organisation=organisation, now=NOW, actor=None, **given)
    slots.add(role=role, starts_at=at(5, 9), ends_at=at(5, 11), capacity=3, now=NOW, actor=actor)
    assert approval.submit(role=role, now=NOW, actor=actor).status == RoleStatus.WAITING
    published = approval.publish(role=role, now=LATER, actor=actor)
    assert published.submitted_at == NOW
    assert (published.status, published.published_at, published.changed_at) == (RoleStatus.OPEN, LATER, LATER)
    assert published.insurance == Insurance.UNKNOWN
    assert list(Role.objects.public()) == [role]
    told = AuditEntry.objects.filter(target="organisations.role", actor=actor).values_list("action", flat=True)
    assert list(told.order_by("pk")) == ["role.submit", "role.publish"]


def test_sent_back_the_organisation_reads_why():
    role = RoleFactory(status=RoleStatus.WAITING, title="落ち葉そうじ")
    member = MembershipFactory(organisation=role.organisation).user
    MembershipFactory(organisation=role.organisation, user__is_active=False)
    approval.send_back(role=role, now=NOW, actor=None, reason="集合場所を書いてください。")
    letter = Notification.objects.get()
    assert letter.user == member
    assert "落ち葉そうじ" in letter.title
    assert letter.body.endswith("集合場所を書いてください。")
    assert letter.url.endswith(f"/organisation/roles/{role.pk}/")


@pytest.mark.parametrize(
    "slot",
    [
        None,
        {"starts_at": at(-1, 9)},
        {"cancelled_at": NOW},
        {"taken": 3},
    ],
)
def test_without_a_time_that_somebody_could_come_to_nothing_is_published(slot):
    role = RoleFactory(status=RoleStatus.WAITING)
    if slot is not None:
        SlotFactory(role=role, **slot)
    with pytest.raises(approval.NoSlots):
        approval.publish(role=role, now=NOW, actor=None)


@pytest.mark.parametrize("status", [Approval.WAITING, Approval.SENT_BACK, Approval.SUSPENDED])
def test_only_an_approved_organisation_publishes(status):
    role = SlotFactory(role__status=RoleStatus.WAITING, role__organisation__approval=status).role
    with pytest.raises(approval.NotApproved):
        approval.publish(role=role, now=NOW, actor=None)


def test_a_draft_begins_with_its_name_alone_and_is_handed_in_when_whole():
    role = writing.draft(organisation=OrganisationFactory(), title="花だん", now=NOW, actor=None)
    assert complete.missing(role=role, now=NOW) == [complete.Lack.SUMMARY, complete.Lack.TIMES, complete.Lack.PLACE]
    with pytest.raises(complete.Incomplete, match="すること、これからの日時、場所"):
        approval.submit(role=role, now=NOW, actor=None)
    writing.change(role=role, summary="水をやります。", is_online=True, now=NOW, actor=None)
    writing.change(role=role, summary="\n ", now=NOW, actor=None)
    SlotFactory(role=role, starts_at=at(-1, 9))
    with pytest.raises(complete.Incomplete, match="すること、これからの日時。"):
        approval.submit(role=role, now=NOW, actor=None)
    writing.change(role=role, summary="水をやります。", now=NOW, actor=None)
    SlotFactory(role=role)
    role.refresh_from_db()
    assert complete.missing(role=role, now=NOW) == []
    assert approval.submit(role=role, now=NOW, actor=None).status == RoleStatus.WAITING
