"""「力になれます」, and hearing when it has become a role."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import AuditEntry
from notifications.models import Channel, Notification
from organisations.models.need import NeedStatus
from organisations.models.role import RoleStatus
from organisations.services.needs.finding import NeedOver
from tests.factories import (
    NOW,
    DeskMembershipFactory,
    JuniorFactory,
    NeedFactory,
    PlacementFactory,
    PledgeFactory,
    RoleFactory,
    SlotFactory,
    VolunteerFactory,
)
from volunteers.models import Pledge, Volunteer
from volunteers.services import pledges
from volunteers.services.pledges import AlreadyPledged, AlreadyWithdrawn
from volunteers.services.refusals import NeedsGuardian
from volunteers.services.taking_part import placements

pytestmark = pytest.mark.django_db


def pledge(volunteer: Volunteer, need: object, **said: str) -> Pledge:
    return pledges.pledge(volunteer=volunteer, need=need, now=NOW, actor=volunteer.user, **said)  # type: ignore[arg-type]


def test_one_says_so_once_and_can_take_it_back_and_say_so_again() -> None:
    volunteer, need = VolunteerFactory(), NeedFactory()
    row = pledge(volunteer, need, note="  土曜なら行けます ")
    assert (row.words, row.pledged_at, row.withdrawn_at) == ("土曜なら行けます", NOW, None)
    assert AuditEntry.objects.filter(action="pledge.make", target_id=str(row.pk)).count() == 1
    with pytest.raises(AlreadyPledged):
        pledge(volunteer, need)
    pledges.withdraw(pledge=row, now=NOW, actor=volunteer.user)
    with pytest.raises(AlreadyWithdrawn):
        pledges.withdraw(pledge=row, now=NOW, actor=volunteer.user)
    again = pledge(volunteer, need)
    assert list(pledges.of(volunteer)) == list(pledges.on(need)) == [again]


def test_who_is_coming_reads_no_more_of_what_may_come_of_it() -> None:
    role = RoleFactory()
    row = PledgeFactory(need=NeedFactory(status=NeedStatus.TAKEN_UP, role=role))
    other = PledgeFactory(volunteer=row.volunteer)
    place = PlacementFactory(volunteer=row.volunteer, slot=SlotFactory(role=role, taken=1))
    assert list(pledges.of(row.volunteer)) == [other]
    placements.cancel(placement=place, now=NOW, actor=None)
    assert set(pledges.of(row.volunteer)) == {row, other}


def test_coordinators_of_the_desk_hear_that_somebody_could_but_not_who_and_once_a_day() -> None:
    need = NeedFactory()
    coordinator = DeskMembershipFactory(desk=need.desk).user
    DeskMembershipFactory()
    for name in ("花子", "太郎"):
        pledge(VolunteerFactory(user__name=name), need, note=f"{name}です")
    letter = Notification.objects.get()
    assert (letter.user, letter.kind) == (coordinator, "pledge_made")
    assert need.title in letter.title
    assert f"/console/needs/{need.pk}/pledges/" in letter.url
    assert not any(name in f"{letter.title}{letter.body}" for name in ("花子", "太郎"))
    assert pledges.STILL_RIGHT[letter.kind](letter, NOW)
    Pledge.objects.update(withdrawn_at=NOW)
    assert not pledges.STILL_RIGHT[letter.kind](letter, NOW)


@pytest.mark.parametrize(
    "over",
    [
        {"status": NeedStatus.CLOSED},
        {"status": NeedStatus.TAKEN_UP},
        {"wanted_until": NOW.date() - dt.timedelta(days=1)},
    ],
)
def test_what_is_over_takes_nobody(over: dict[str, object]) -> None:
    with pytest.raises(NeedOver):
        pledge(VolunteerFactory(), NeedFactory(**over))


@pytest.mark.parametrize("born_on", [dt.date(2013, 1, 15), dt.date(2010, 1, 15)])
def test_nobody_under_age_without_a_guardian(born_on: dt.date) -> None:
    need = NeedFactory()
    with pytest.raises(NeedsGuardian):
        pledge(JuniorFactory(born_on=born_on, guardian=None), need)
    pledge(JuniorFactory(born_on=born_on), need)


def test_who_said_so_hears_of_the_role_once_the_young_through_a_coordinator() -> None:
    role = RoleFactory()
    need = NeedFactory(status=NeedStatus.TAKEN_UP, role=role)
    adult = PledgeFactory(need=need)
    young = PledgeFactory(need=need, volunteer=JuniorFactory())
    PledgeFactory(need=need, withdrawn_at=NOW)
    PledgeFactory(need=NeedFactory(role=role))
    assert pledges.tell_taken_up(now=NOW) == 2
    assert pledges.tell_taken_up(now=NOW + dt.timedelta(hours=1)) == 0
    letters = {letter.user: letter for letter in Notification.objects.all()}
    assert set(letters) == {adult.volunteer.user, young.volunteer.user}
    assert letters[young.volunteer.user].channel == Channel.CALL_LIST
    letter = letters[adult.volunteer.user]
    assert (letter.kind, letter.url.endswith(f"/roles/{role.pk}/")) == ("need_became_role", True)
    assert pledges.STILL_RIGHT[letter.kind](letter, NOW)
    pledges.withdraw(pledge=adult, now=NOW, actor=None)
    assert not pledges.STILL_RIGHT[letter.kind](letter, NOW)


def test_old_news_and_roles_that_are_over_are_not_told() -> None:
    PledgeFactory(need__status=NeedStatus.TAKEN_UP, need__role=RoleFactory(published_at=NOW - dt.timedelta(days=4)))
    PledgeFactory(need__status=NeedStatus.TAKEN_UP, need__role=RoleFactory(status=RoleStatus.CANCELLED))
    assert pledges.tell_taken_up(now=NOW) == 0
