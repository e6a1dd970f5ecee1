"""What was handed in is looked at: by one person, and by two where it is with children, whichever way they come."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import AuditEntry
from notifications.models import Notification
from organisations.models import Review, Role
from organisations.models.organisation import Approval
from organisations.models.review import ReviewOutcome
from organisations.models.role import RoleStatus
from organisations.services import words
from organisations.services.hosts import organisations
from organisations.services.reviewing import reviews
from organisations.services.roles import approval, held, writing
from organisations.services.times import slots
from tests.factories import (
    NOW,
    DeskMembershipFactory,
    MembershipFactory,
    OrganisationFactory,
    RoleFactory,
    SlotFactory,
    SupportDeskFactory,
    TownFactory,
    UserFactory,
    VenueFactory,
    at,
)

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(minutes=5)


@pytest.fixture
def with_children():
    role = SlotFactory(role__status=RoleStatus.WAITING, role__is_with_children=True).role
    Role.objects.update(submitted_at=NOW)
    return role


def approve(role, actor=None, desk=None, now=LATER, **more):
    return reviews.approve_role(role=role, by_desk=desk, now=now, actor=actor or UserFactory(), **more)


def test_one_look_opens_a_role_and_says_whose_it_was():
    role, actor, desk = SlotFactory(role__status=RoleStatus.WAITING).role, UserFactory(), SupportDeskFactory()
    host = MembershipFactory(organisation=role.organisation).user
    opened = approve(role, actor, desk)
    letter = Notification.objects.get()
    assert (letter.user, letter.kind) == (host, "role_published")
    assert letter.title == f"募集「{role.title}」を公開しました"
    assert letter.url.endswith(f"/organisation/roles/{role.pk}/")
    assert (opened.status, opened.published_at) == (RoleStatus.OPEN, LATER)
    review = Review.objects.get()
    assert (review.role, review.by, review.desk, review.outcome) == (role, actor, desk, ReviewOutcome.APPROVED)
    with pytest.raises(held.WrongStatus):
        approve(role, actor)
    assert Review.objects.count() == 1


def test_with_children_the_second_of_two_people_opens_it(with_children):
    first, second = UserFactory(), UserFactory()
    MembershipFactory(organisation=with_children.organisation)
    assert approve(with_children, first).status == RoleStatus.WAITING
    assert not Notification.objects.exists()
    assert list(reviews.with_first_look(Role.objects.all())) == [with_children]
    with pytest.raises(reviews.SamePerson):
        approve(with_children, first)
    assert approve(with_children, second).status == RoleStatus.OPEN
    assert [one.by for one in Review.objects.order_by("pk")] == [first, second]
    done = AuditEntry.objects.filter(target="organisations.role").values_list("action", "actor")
    assert list(done.order_by("pk")) == [("role.first_look", first.pk), ("role.publish", second.pk)]


def test_nothing_else_publishes_what_is_with_children(with_children):
    with pytest.raises(approval.NeedsSecondLook):
        approval.publish(role=with_children, now=LATER, actor=UserFactory())
    approve(with_children)
    with pytest.raises(approval.NeedsSecondLook):
        approval.publish(role=with_children, now=LATER, actor=UserFactory())
    assert Role.objects.get().status == RoleStatus.WAITING


def test_a_look_of_somebody_who_has_left_is_no_second_look(with_children):
    first, second = UserFactory(), UserFactory()
    approve(with_children, first)
    first.delete()
    with pytest.raises(approval.NeedsSecondLook):
        approve(with_children, second)
    assert Review.objects.get().by is None


@pytest.mark.parametrize("what", ["words", "times", "handed in again"])
def test_a_look_holds_for_what_the_role_said_then(with_children, what):
    first = UserFactory()
    approve(with_children, first)
    then = LATER + dt.timedelta(hours=1)
    if what == "words":
        writing.change(role=with_children, summary="前とはちがうこと", now=then, actor=None)
    elif what == "times":
        times = {"starts_at": at(8, 9), "ends_at": at(8, 11), "capacity": 3}
        slots.add(role=with_children, **times, now=then, actor=None)
    else:
        reviews.send_back_role(role=with_children, by_desk=None, reason="日時を", now=then, actor=first)
        approval.submit(role=with_children, now=then, actor=None)
    assert not reviews.looks_at(with_children).exists()
    assert approve(with_children, UserFactory(), now=then).status == RoleStatus.WAITING
    assert approve(with_children, first, now=then).status == RoleStatus.OPEN


def test_what_was_changed_while_it_was_read_is_not_approved():
    role = SlotFactory(role__status=RoleStatus.WAITING).role
    writing.change(role=role, summary="前とはちがうこと", now=LATER, actor=None)
    with pytest.raises(held.StaleForm):
        approve(role, expected_changed_at=role.changed_at)
    assert not Review.objects.exists()
    role.refresh_from_db()
    assert approve(role, expected_changed_at=role.changed_at).status == RoleStatus.OPEN


def test_where_publishing_is_refused_there_was_no_look():
    role = RoleFactory(status=RoleStatus.WAITING)
    with pytest.raises(approval.NoSlots):
        approve(role)
    assert not Review.objects.exists()


def test_sent_back_the_reason_is_kept_and_told():
    role, actor = RoleFactory(status=RoleStatus.WAITING), UserFactory()
    MembershipFactory(organisation=role.organisation)
    reviews.send_back_role(role=role, by_desk=None, now=NOW, actor=actor, reason=" 集合場所を書いてください。 ")
    review = Review.objects.get()
    assert (review.outcome, review.reason) == (ReviewOutcome.SENT_BACK, "集合場所を書いてください。")
    assert Notification.objects.get().body.endswith("集合場所を書いてください。")
    assert Role.objects.get().status == RoleStatus.DRAFT
    with pytest.raises(words.TextTooLong):
        reviews.send_back_role(role=role, by_desk=None, now=NOW, actor=actor, reason="あ" * 501)


def test_an_organisation_is_approved_or_sent_back_with_the_look_written_down():
    waiting = OrganisationFactory(approval=Approval.WAITING, approved_at=None)
    by = {"by_desk": SupportDeskFactory(), "now": NOW, "actor": UserFactory()}
    sent_back = reviews.send_back_organisation(organisation=waiting, reason="電話を書いてください。", **by)
    assert sent_back.approval == Approval.SENT_BACK
    assert reviews.approve_organisation(organisation=waiting, **by).is_approved
    with pytest.raises(organisations.WrongApproval):
        reviews.approve_organisation(organisation=waiting, **by)
    looks = Review.objects.order_by("pk").values_list("organisation", "outcome", "reason", "by", "desk")
    whose = (by["actor"].pk, by["by_desk"].pk)
    assert list(looks) == [
        (waiting.pk, ReviewOutcome.SENT_BACK, "電話を書いてください。", *whose),
        (waiting.pk, ReviewOutcome.APPROVED, "", *whose),
    ]


def test_one_looks_through_ones_own_area_and_second_looks_in_the_whole_ward(with_children):
    town = with_children.organisation.town
    here, beside, away = (
        DeskMembershipFactory(desk__towns=[one]).user
        for one in (town, TownFactory(ward_code=town.ward_code), TownFactory(ward_code="14101"))
    )
    other = RoleFactory(status=RoleStatus.WAITING, organisation__town=town, venue=VenueFactory(town=town))
    RoleFactory(status=RoleStatus.DRAFT, organisation__town=town)

    def seen(user):
        return {role: (role.has_first_look, role.has_looked) for role in reviews.to_look_at(user)}

    assert seen(here) == {with_children: (False, False), other: (False, False)}
    assert seen(beside) == seen(away) == {}
    approve(with_children, here)
    assert seen(here) == {with_children: (True, True), other: (False, False)}
    assert seen(beside) == {with_children: (True, False)}
    assert seen(away) == {}
