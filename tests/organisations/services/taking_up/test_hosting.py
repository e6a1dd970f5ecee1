"""Out of a need a role is made: by its desk, or by a group that is asked to take it up."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection

from accounts.models import AuditEntry
from notifications.models import Notification
from organisations.models import HostingRequest, Membership, Need
from organisations.models.need import NeedStatus, WhyNot
from organisations.models.organisation import Approval
from organisations.models.pattern import When
from organisations.models.role import RoleStatus
from organisations.services.needs.finding import NeedOver
from organisations.services.reviewing import reviews
from organisations.services.roles import closing
from organisations.services.roles.approval import NotApproved
from organisations.services.taking_up import from_needs, hosting
from organisations.services.taking_up.from_needs import AlreadyTurning, Time
from organisations.services.taking_up.hosting import AnsweredAlready, AskedAlready
from organisations.services.words import BadValue
from tests.factories import (
    NOW,
    ActivityFactory,
    DeskMembershipFactory,
    DistrictFactory,
    HostingRequestFactory,
    MembershipFactory,
    NeedFactory,
    OrganisationFactory,
    RoleFactory,
    SkillFactory,
    SupportDeskFactory,
    TownFactory,
    UserFactory,
    VenueFactory,
    at,
)

pytestmark = pytest.mark.django_db

SATURDAY = Time([(at(5, 9), at(5, 12))], capacity=2, minutes=30)


@pytest.fixture
def need() -> Need:
    made: Need = NeedFactory(
        title="電球の交換",
        title_en="Changing a light bulb",
        when=[When.SAT_AM, When.SUN_PM],
        minutes=30,
        people=2,
        activities=[ActivityFactory(), ActivityFactory()],
    )
    made.skills.set([SkillFactory()])
    return made


def fresh(need: Need) -> Need:
    return Need.objects.get(pk=need.pk)


def test_a_desks_role_says_what_the_need_says_and_is_handed_in_at_once(need: Need) -> None:
    coordinator = DeskMembershipFactory(desk=need.desk).user
    role = from_needs.begin_at_desk(needs=[need], town=need.town, now=NOW, actor=coordinator, time=SATURDAY)
    assert (role.status, role.organisation) == (RoleStatus.WAITING, need.desk.organisation)
    assert (role.title, role.title_en, role.summary) == (need.title, need.title_en, need.summary)
    assert [one.activity for one in role.role_activities.all()] == list(need.activities.all())
    assert list(role.skills.all()) == list(need.skills.all())
    (slot,) = role.slots.all()
    assert (slot.starts_at, slot.ends_at, slot.minutes, slot.capacity) == (at(5, 9), at(5, 12), 30, 2)
    assert role.venue is not None
    assert (role.venue.town, need.place in role.venue.name) == (need.town, True)
    assert (fresh(need).role, fresh(need).host, fresh(need).status) == (role, role.organisation, NeedStatus.OPEN)
    assert Membership.objects.filter(user=coordinator, organisation=role.organisation).exists()
    assert AuditEntry.objects.filter(action="need.begin_role", target_id=str(need.pk), actor=coordinator).exists()
    with pytest.raises(AlreadyTurning):
        from_needs.begin_at_desk(needs=[need], town=None, now=NOW, actor=coordinator)


def test_without_a_day_it_stays_a_draft_and_the_same_somewhere_is_one_venue(need: Need) -> None:
    other = NeedFactory(desk=need.desk, town=need.town)
    for one in (need, other):
        role = from_needs.begin_at_desk(needs=[one], town=need.town, now=NOW, actor=UserFactory())
        assert role.status == RoleStatus.DRAFT
    assert need.desk.organisation.venues.count() == 1


def test_once_it_is_published_the_need_is_taken_up(need: Need) -> None:
    coordinator = DeskMembershipFactory(desk=need.desk).user
    role = from_needs.begin_at_desk(needs=[need], town=need.town, now=NOW, actor=coordinator, time=SATURDAY)
    reviews.approve_role(role=role, by_desk=need.desk, now=NOW, actor=coordinator)
    assert fresh(need).status == NeedStatus.TAKEN_UP
    with pytest.raises(NeedOver):
        from_needs.begin_at_desk(needs=[need], town=None, now=NOW, actor=coordinator)


def test_a_draft_that_was_thrown_away_or_a_role_that_is_over_is_no_hindrance(need: Need) -> None:
    actor = UserFactory()
    role = from_needs.begin(needs=[need], organisation=OrganisationFactory(), now=NOW, actor=actor)
    closing.discard(role=role, now=NOW, actor=actor)
    assert fresh(need).role is None
    Need.objects.filter(pk=need.pk).update(role=RoleFactory(status=RoleStatus.CANCELLED))
    from_needs.begin(needs=[need], organisation=OrganisationFactory(), now=NOW, actor=actor)


def test_several_needs_are_one_role_in_which_each_is_said(need: Need) -> None:
    other = NeedFactory(desk=need.desk, title="ゴミ出し", activities=[ActivityFactory()], people=1)
    role = from_needs.begin(needs=[other, need], organisation=need.desk.organisation, now=NOW, actor=None)
    assert role.title == f"{need.place}のあたりを、ひとまわり(2か所)"
    for one in (need, other):
        assert one.title in role.summary
        assert one.summary in role.summary
        assert fresh(one).role == role
    assert role.role_activities.count() == 3


def test_the_next_days_of_its_rough_times_within_its_last_day(need: Need) -> None:
    assert from_needs.time_of(need, now=NOW) == Time([(at(5, 9), at(5, 12)), (at(6, 13), at(6, 17))], 2, 30)
    need.wanted_until = at(5, 0).date()
    assert from_needs.time_of(need, now=NOW).times == [(at(5, 9), at(5, 12))]
    need.when = []
    assert from_needs.time_of(need, now=NOW).times == []


def test_venues_are_proposed_from_near_to_far_and_towns_where_it_is() -> None:
    district = DistrictFactory()
    towns = [TownFactory(district=district, lat=35.47), TownFactory(district=district, lat=35.48)]
    TownFactory(district=district, lat=None, lng=None)
    host = OrganisationFactory()
    far, near = (VenueFactory(organisation=host, lat=lat, lng=139.549) for lat in (35.6, 35.474))
    of_district = NeedFactory(town=None, district=district)
    assert from_needs.venues_near([of_district], host) == [near, far]
    assert set(from_needs.towns_of([of_district])) == set(towns)
    assert from_needs.venues_near([NeedFactory(town=TownFactory(lat=None, lng=None))], host)


def test_who_does_the_same_is_proposed_first_and_then_who_is_near(need: Need) -> None:
    far, near = OrganisationFactory(town__lat=35.6), OrganisationFactory(town=need.town)
    same = OrganisationFactory(town__lat=35.6)
    RoleFactory(organisation=same, activities=[need.activities.first()])
    HostingRequestFactory(need=need)
    OrganisationFactory(approval=Approval.WAITING, approved_at=None)
    found = hosting.candidates(need=need)
    assert found == [same, near, far]
    assert [one.does_same for one in found] == [True, False, False]  # type: ignore[attr-defined]
    assert hosting.candidates(need=need, text=far.name) == [far]


def test_of_all_organisations_only_those_that_are_shown_are_read(need: Need, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hosting, "SHOWN", 2)
    OrganisationFactory.create_batch(5)
    rows = []

    def count(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        done = execute(sql, params, many, context)
        rows.append(context["cursor"].rowcount)
        return done

    with connection.execute_wrapper(count):
        assert len(hosting.candidates(need=need)) == 2
    assert max(rows) == 2


def test_a_group_is_asked_once_and_hears_of_it(need: Need) -> None:
    member = MembershipFactory()
    asked = hosting.ask(need=need, organisation=member.organisation, now=NOW, actor=UserFactory())
    letter = Notification.objects.get()
    assert (letter.user, letter.kind) == (member.user, "hosting_asked")
    assert need.title in letter.title
    assert f"/organisation/hosting/{asked.pk}/" in letter.url
    assert hosting.STILL_RIGHT[letter.kind](letter, NOW)
    assert list(hosting.waiting(user=member.user, today=NOW.date())) == [asked]
    with pytest.raises(AskedAlready):
        hosting.ask(need=need, organisation=member.organisation, now=NOW, actor=UserFactory())
    waits = OrganisationFactory(approval=Approval.WAITING, approved_at=None)
    with pytest.raises(NotApproved):
        hosting.ask(need=need, organisation=waits, now=NOW, actor=UserFactory())
    hosting.decline(request=asked, now=NOW, actor=member.user)
    assert not hosting.STILL_RIGHT[letter.kind](letter, NOW)


def test_yes_makes_a_draft_of_the_groups_own_with_days_and_its_nearest_venue(need: Need) -> None:
    coordinator = DeskMembershipFactory(desk=need.desk).user
    asked = HostingRequestFactory(need=need)
    venue = VenueFactory(organisation=asked.organisation)
    role = hosting.accept(request=asked, now=NOW, actor=UserFactory())
    assert (role.status, role.organisation, role.venue) == (RoleStatus.DRAFT, asked.organisation, venue)
    assert [slot.capacity for slot in role.slots.all()] == [2, 2]
    assert fresh(need).host == asked.organisation
    letter = Notification.objects.get(user=coordinator)
    assert letter.kind == "hosting_accepted"
    assert asked.organisation.name in letter.body
    with pytest.raises(AnsweredAlready):
        hosting.decline(request=asked, now=NOW, actor=UserFactory())


def test_no_tells_the_desk_and_leaves_the_need_as_it_was(need: Need) -> None:
    coordinator = DeskMembershipFactory(desk=need.desk).user
    hosting.decline(request=HostingRequestFactory(need=need), now=NOW, actor=UserFactory())
    letter = Notification.objects.get(user=coordinator)
    assert letter.kind == "hosting_declined"
    assert letter.body.endswith("むずかしいそうです。\n\nほかの団体にもお聞きください。")
    assert (fresh(need).role, fresh(need).host) == (None, None)


@pytest.mark.parametrize("why_not", WhyNot)
def test_why_not_is_told_with_the_next_step(need: Need, why_not: WhyNot) -> None:
    DeskMembershipFactory(desk=need.desk)
    asked = HostingRequestFactory(need=need)
    said = hosting.decline(request=asked, now=NOW, actor=UserFactory(), why_not=why_not, remark=" 秋からなら ")
    assert (said.why_not, said.remark) == (why_not, "秋からなら")
    steps = [f"\n理由: {why_not.label}", str(hosting.next_step(said)), "秋からなら"]
    assert Notification.objects.get().body.endswith("\n\n".join(steps))
    assert hosting.next_step(said) != hosting.next_step(HostingRequestFactory())


@pytest.mark.parametrize("why_not", ["", *WhyNot])
def test_who_could_not_this_time_may_be_asked_once_more(need: Need, why_not: str) -> None:
    DeskMembershipFactory(desk=need.desk)
    group, later = MembershipFactory(), NOW + dt.timedelta(days=30)
    asked = hosting.ask(need=need, organisation=group.organisation, now=NOW, actor=UserFactory())
    hosting.decline(request=asked, now=NOW, actor=group.user, why_not=why_not, remark="秋からなら")
    if why_not == WhyNot.NOT_OURS:
        with pytest.raises(AskedAlready):
            hosting.ask(need=need, organisation=group.organisation, now=later, actor=UserFactory())
        return
    again = hosting.ask(need=need, organisation=group.organisation, now=later, actor=UserFactory())
    assert (again.pk, again.asked_at, again.is_accepted, again.remark) == (asked.pk, later, None, "")
    assert list(hosting.waiting(user=group.user, today=NOW.date())) == [again]
    hosting.decline(request=again, now=later, actor=group.user)
    kinds = Notification.objects.values_list("kind", flat=True)
    assert sorted(kinds) == ["hosting_asked"] * 2 + ["hosting_declined"] * 2


def test_a_reason_that_is_none_of_ours_is_no_answer(need: Need) -> None:
    asked = HostingRequestFactory(need=need)
    with pytest.raises(BadValue):
        hosting.decline(request=asked, now=NOW, actor=UserFactory(), why_not="rain")
    assert HostingRequest.objects.get().answered_at is None


def test_the_second_yes_comes_too_late_and_is_no_answer(need: Need) -> None:
    first, second = HostingRequestFactory(need=need), HostingRequestFactory(need=need)
    late = MembershipFactory(organisation=second.organisation).user
    assert hosting.waiting(user=late, today=NOW.date()).exists()
    hosting.accept(request=first, now=NOW, actor=UserFactory())
    assert not hosting.waiting(user=late, today=NOW.date()).exists()
    with pytest.raises(AlreadyTurning):
        hosting.accept(request=second, now=NOW, actor=UserFactory())
    assert HostingRequest.objects.get(pk=second.pk).answered_at is None
    with pytest.raises(AlreadyTurning):
        hosting.ask(need=need, organisation=OrganisationFactory(), now=NOW, actor=UserFactory())


def test_what_is_over_is_not_asked_of_anybody() -> None:
    over = NeedFactory(wanted_until=NOW.date() - dt.timedelta(days=1))
    with pytest.raises(NeedOver):
        hosting.ask(need=over, organisation=OrganisationFactory(), now=NOW, actor=UserFactory())
    asked = HostingRequestFactory(need=over)
    member = MembershipFactory(organisation=asked.organisation)
    assert not hosting.waiting(user=member.user, today=NOW.date()).exists()
    with pytest.raises(NeedOver):
        hosting.accept(request=asked, now=NOW, actor=member.user)


def test_a_desks_own_organisation_is_not_asked(need: Need) -> None:
    SupportDeskFactory()
    assert hosting.candidates(need=need) == []
