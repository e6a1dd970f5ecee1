"""Places are held for a team, its people take them one by one, and what is left over comes back."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from accounts.models import AuditEntry, Consent
from accounts.services.consents import TextMissing
from notifications.models import Notification
from organisations.models import Hold, Slot, Team
from organisations.models.organisation import Approval
from organisations.models.role import RoleStatus
from organisations.services.teams import gathering, holds
from organisations.services.times.filling import SlotFull
from tests.factories import (
    NOW,
    JuniorFactory,
    MembershipFactory,
    OrganisationFactory,
    QualificationFactory,
    SlotFactory,
    TeamFactory,
    VolunteerFactory,
    at,
)
from volunteers.models import Placement, Volunteer, Waiting
from volunteers.services.changing import moving
from volunteers.services.refusals import AlreadyJoined, Clash, NeedsQualification, RoleNotOpen, SlotMoved, SlotOver
from volunteers.services.taking_part import joining, placements
from volunteers.services.teams import team_places
from volunteers.services.waiting_lists import passing_on, waiting
from volunteers.services.who_comes import roster

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)
TEXT = "名前を会社に伝えてよい"


@pytest.fixture
def team() -> Team:
    made: Team = TeamFactory(size=5)
    MembershipFactory(organisation=made.organisation)
    return made


@pytest.fixture
def slot() -> Slot:
    made: Slot = SlotFactory(capacity=6, role__takes_groups=True)
    return made


def hold(team: Team, slot: Slot, places: int = 5, until: dt.datetime = NOW + 2 * DAY) -> Hold:
    return team_places.hold(team=team, slot=slot, places=places, until=until, now=NOW, actor=None)


def join(kept: Hold, person: Volunteer | None = None, **other: Any) -> Placement:
    given = {"is_named": False, "text": TEXT, "now": NOW, "actor": None, **other}
    return team_places.join(volunteer=person or VolunteerFactory(), hold=kept, **given)


def taken(slot: Slot) -> int:
    slot.refresh_from_db()
    return slot.taken


def told(team: Team) -> list[str]:
    users = team.organisation.memberships.values("user")
    return list(Notification.objects.filter(user__in=users).order_by("pk").values_list("kind", flat=True))


class TestHolding:
    def test_places_are_taken_like_any_other(self, team: Team, slot: Slot) -> None:
        kept = hold(team, slot)
        assert (kept.asked, kept.places, kept.held_until) == (5, 5, NOW + 2 * DAY)
        assert taken(slot) == 5
        assert AuditEntry.objects.filter(action="hold.take").exists()
        with pytest.raises(SlotFull):
            hold(TeamFactory(size=2), slot, 2)
        hold(TeamFactory(size=1), slot, 1)
        slot.role.refresh_from_db()
        assert (taken(slot), slot.role.status) == (6, RoleStatus.FILLED)

    @pytest.mark.parametrize("places", [0, 6])
    def test_never_more_than_the_team(self, team: Team, slot: Slot, places: int) -> None:
        with pytest.raises(holds.BadPlaces):
            hold(team, slot, places)
        assert taken(slot) == 0

    def test_once_for_one_time(self, team: Team, slot: Slot) -> None:
        hold(team, slot, 1)
        with pytest.raises(holds.HeldAlready):
            hold(team, slot, 1)

    def test_at_few_times_at_once(self, team: Team) -> None:
        for _number in range(holds.MOST_AT_ONCE):
            hold(team, SlotFactory(), 1)
        with pytest.raises(holds.TooManyHolds):
            hold(team, SlotFactory(), 1)

    @pytest.mark.parametrize("until", [NOW, at(4, 9, 1)])
    def test_the_end_is_ahead_and_a_day_before_the_start(self, team: Team, slot: Slot, until: dt.datetime) -> None:
        with pytest.raises(holds.BadEnd):
            hold(team, slot, until=until)
        assert hold(team, slot, until=at(4, 9)).places == 5

    def test_not_on_the_last_day(self, team: Team) -> None:
        with pytest.raises(holds.TooLateToHold):
            hold(team, SlotFactory(starts_at=NOW + dt.timedelta(hours=20)), 1)

    def test_not_for_ever(self, team: Team) -> None:
        far = SlotFactory(starts_at=NOW + 100 * DAY)
        with pytest.raises(holds.BadEnd):
            hold(team, far, 1, NOW + 43 * DAY)
        assert hold(team, far, 1, NOW + 42 * DAY).places == 1

    @pytest.mark.parametrize(
        "other", [{"role__asks_first": True}, {"role__takes_groups": False}, {"minutes": 60}], ids=str
    )
    def test_where_each_is_answered_alone_nothing_is_held(self, team: Team, other: dict[str, Any]) -> None:
        with pytest.raises(team_places.NotForTeams):
            hold(team, SlotFactory(**{"capacity": 6, "role__takes_groups": True, **other}))

    def test_who_waits_comes_first(self, team: Team, slot: Slot) -> None:
        there = joining.join(volunteer=VolunteerFactory(party_size=6), slot=slot, now=NOW, actor=None)
        assert isinstance(there, Placement)
        waiting.join_queue(volunteer=VolunteerFactory(), slot=slot, now=NOW, actor=None)
        placements.cancel(placement=there, now=NOW, actor=None)
        with pytest.raises(SlotFull):
            hold(team, slot)

    def test_only_by_a_team_that_goes_on_of_an_approved_company(self, team: Team, slot: Slot) -> None:
        with pytest.raises(gathering.TeamNotApproved):
            hold(TeamFactory(organisation=OrganisationFactory(approval=Approval.SUSPENDED)), slot)
        gathering.close(team=team, now=NOW, actor=None)
        with pytest.raises(gathering.TeamIsClosed):
            hold(team, slot)

    def test_not_where_nobody_can_join(self, team: Team) -> None:
        with pytest.raises(RoleNotOpen):
            hold(team, SlotFactory(role__status=RoleStatus.RESTING), 1)
        with pytest.raises(SlotOver):
            hold(team, SlotFactory(cancelled_at=NOW), 1)

    def test_not_at_a_time_that_was_just_moved(self, team: Team, slot: Slot) -> None:
        seen = Slot.objects.get(pk=slot.pk)
        moving.move_slot(slot=slot, starts_at=at(6, 9), ends_at=at(6, 11), now=NOW, actor=None)
        with pytest.raises(SlotMoved):
            hold(team, seen)


class TestJoining:
    def test_one_place_goes_from_the_team_to_the_person(self, team: Team, slot: Slot) -> None:
        kept, party = hold(team, slot), VolunteerFactory(party_size=3)
        placement = join(kept, party)
        kept.refresh_from_db()
        assert (kept.places, taken(slot)) == (4, 5)
        assert (placement.hold, placement.places, placement.is_named) == (kept, 1, False)
        assert placement.busy is not None
        assert not Consent.objects.filter(user=party.user, kind="team_name").exists()
        assert Notification.objects.get(user=party.user).kind == "placement_confirmed"

    def test_the_words_of_the_consent_are_kept(self, team: Team, slot: Slot) -> None:
        placement = join(hold(team, slot), is_named=True)
        consent = Consent.objects.get(user=placement.volunteer.user, kind="team_name")
        assert (placement.is_named, consent.text, consent.given_at) == (True, TEXT, NOW)

    def test_without_its_words_there_is_no_consent(self, team: Team, slot: Slot) -> None:
        kept = hold(team, slot)
        with pytest.raises(TextMissing):
            join(kept, is_named=True, text=" ")
        kept.refresh_from_db()
        assert kept.places == 5

    def test_the_consent_can_be_taken_back_and_given_later(self, team: Team, slot: Slot) -> None:
        placement = join(hold(team, slot), is_named=True)
        asked: dict[str, Any] = {"placement": placement, "text": TEXT, "now": NOW + DAY, "actor": None}
        assert not team_places.name(is_named=False, **asked).is_named
        in_force = Consent.objects.filter(user=placement.volunteer.user, kind="team_name", withdrawn_at=None)
        assert not in_force.exists()
        assert team_places.name(is_named=True, **asked).is_named
        assert in_force.get().given_at == NOW + DAY

    def test_nobody_young_and_nobody_whom_the_role_shuts_out(self, team: Team) -> None:
        slot = SlotFactory(capacity=6, role__takes_groups=True, role__qualifications=[QualificationFactory()])
        kept = hold(team, slot)
        with pytest.raises(team_places.AdultsOnly):
            join(kept, JuniorFactory())
        with pytest.raises(NeedsQualification):
            join(kept)

    def test_nobody_twice_and_nobody_elsewhere_at_that_time(self, team: Team, slot: Slot) -> None:
        kept, person = hold(team, slot), VolunteerFactory()
        join(kept, person)
        with pytest.raises(AlreadyJoined):
            join(kept, person)
        busy = VolunteerFactory()
        joining.join(volunteer=busy, slot=SlotFactory(), now=NOW, actor=None)
        with pytest.raises(Clash):
            join(kept, busy)
        kept.refresh_from_db()
        assert kept.places == 4

    def test_what_was_promised_stands_when_the_role_takes_nobody_else(self, team: Team, slot: Slot) -> None:
        kept = hold(team, slot)
        slot.role.status = RoleStatus.CLOSED
        slot.role.save()
        assert join(kept).hold == kept
        slot.role.status = RoleStatus.CANCELLED
        slot.role.save()
        with pytest.raises(RoleNotOpen):
            join(Hold.objects.get())

    def test_no_more_than_are_held(self, team: Team, slot: Slot) -> None:
        kept = hold(team, slot, 1)
        join(kept)
        with pytest.raises(team_places.TeamPlacesGone):
            join(kept)

    def test_ones_own_waiting_ends(self, team: Team) -> None:
        slot, person = SlotFactory(capacity=1), VolunteerFactory()
        kept = hold(team, slot, 1)
        waiting.join_queue(volunteer=person, slot=slot, now=NOW, actor=None)
        join(kept, person)
        assert not Waiting.objects.alive().exists()
        assert taken(slot) == 1


class TestLeaving:
    def test_the_place_goes_back_to_the_team_while_it_is_held(self, team: Team, slot: Slot) -> None:
        kept, member = hold(team, slot), MembershipFactory(organisation=slot.role.organisation)
        placements.cancel(placement=join(kept), now=NOW, actor=None)
        kept.refresh_from_db()
        assert (kept.places, taken(slot)) == (5, 5)
        assert not Notification.objects.filter(user=member.user).exists()

    def test_and_to_everybody_once_that_is_over(self, team: Team, slot: Slot) -> None:
        kept = hold(team, slot)
        placement = join(kept)
        holds.release(hold=kept, now=NOW, actor=None)
        assert taken(slot) == 1
        placements.cancel(placement=placement, now=NOW, actor=None)
        assert taken(slot) == 0


class TestGivingBack:
    def test_what_nobody_took_is_free_again(self, team: Team, slot: Slot) -> None:
        kept = hold(team, slot)
        join(kept)
        holds.release(hold=kept, now=NOW, actor=None)
        holds.release(hold=kept, now=NOW + DAY, actor=None)
        kept.refresh_from_db()
        assert (kept.places, kept.released_at, taken(slot)) == (0, NOW, 1)
        assert not told(team)
        with pytest.raises(team_places.TeamPlacesGone):
            join(kept)

    def test_who_waits_is_offered_it(self, team: Team) -> None:
        slot, person = SlotFactory(capacity=1), VolunteerFactory()
        kept = hold(team, slot, 1)
        waiting.join_queue(volunteer=person, slot=slot, now=NOW, actor=None)
        holds.release(hold=kept, now=NOW, actor=None)
        passing_on.pass_on(now=NOW)
        assert Waiting.objects.get(volunteer=person).held == 1

    def test_by_itself_when_the_day_has_come(self, team: Team, slot: Slot) -> None:
        hold(team, slot)
        assert holds.release_due(now=NOW + DAY) == 0
        assert holds.release_due(now=NOW + 2 * DAY) == 1
        assert holds.release_due(now=NOW + 2 * DAY) == 0
        assert (taken(slot), told(team)) == (0, ["hold_ended"])

    def test_nobody_is_told_of_nothing(self, team: Team, slot: Slot) -> None:
        join(hold(team, slot, 1))
        assert holds.release_due(now=NOW + 2 * DAY) == 1
        assert (taken(slot), told(team)) == (1, [])

    def test_a_longer_while_as_long_as_it_stands(self, team: Team, slot: Slot) -> None:
        kept = hold(team, slot)
        holds.extend(hold=kept, until=at(4, 9), now=NOW + DAY, actor=None)
        assert holds.release_due(now=NOW + 2 * DAY) == 0
        with pytest.raises(holds.BadEnd):
            holds.extend(hold=kept, until=at(5, 9), now=NOW + DAY, actor=None)
        holds.release(hold=kept, now=NOW, actor=None)
        with pytest.raises(holds.HoldIsOver):
            holds.extend(hold=kept, until=at(4, 9), now=NOW + DAY, actor=None)

    def test_a_team_that_ends_gives_all_of_it_back(self, team: Team, slot: Slot) -> None:
        kept = hold(team, slot)
        placement = join(kept)
        gathering.close(team=team, now=NOW, actor=None)
        placement.refresh_from_db()
        assert (taken(slot), placement.cancelled_at) == (1, None)


class TestTheTimeChanges:
    def test_called_off(self, team: Team, slot: Slot) -> None:
        kept = hold(team, slot)
        join(kept)
        placements.cancel_slot(slot=slot, now=NOW, actor=None)
        kept.refresh_from_db()
        assert (taken(slot), kept.released_at, told(team)) == (0, NOW, ["hold_called_off"])

    def test_the_whole_role_called_off(self, team: Team, slot: Slot) -> None:
        hold(team, slot)
        placements.cancel_role(role=slot.role, now=NOW, actor=None)
        assert (taken(slot), told(team)) == (0, ["hold_called_off"])

    def test_moved_to_later(self, team: Team, slot: Slot) -> None:
        kept = hold(team, slot)
        moving.move_slot(slot=slot, starts_at=at(8, 9), ends_at=at(8, 11), now=NOW, actor=None)
        kept.refresh_from_db()
        assert (kept.places, kept.held_until, told(team)) == (5, NOW + 2 * DAY, ["hold_moved"])
        assert "3月9日" in Notification.objects.get(kind="hold_moved").body

    def test_moved_to_earlier_it_ends_earlier(self, team: Team, slot: Slot) -> None:
        kept = hold(team, slot, until=at(4, 9))
        moving.move_slot(slot=slot, starts_at=at(3, 9), ends_at=at(3, 11), now=NOW, actor=None)
        kept.refresh_from_db()
        assert kept.held_until == at(2, 9)

    def test_who_is_elsewhere_then_gives_the_place_back_to_the_team(self, team: Team, slot: Slot) -> None:
        kept, person = hold(team, slot), VolunteerFactory()
        join(kept, person)
        joining.join(volunteer=person, slot=SlotFactory(starts_at=at(6, 9)), now=NOW, actor=None)
        moving.move_slot(slot=slot, starts_at=at(6, 9), ends_at=at(6, 11), now=NOW, actor=None)
        kept.refresh_from_db()
        assert (kept.places, taken(slot)) == (5, 5)


def test_the_roster_says_how_many_come_from_where(team: Team, slot: Slot) -> None:
    kept = hold(team, slot, 3)
    assert roster.kept(slot) == [(team.organisation.name, 3)]
    join(kept)
    assert roster.kept(slot) == [(team.organisation.name, 2)]
    holds.release(hold=kept, now=NOW, actor=None)
    assert roster.kept(slot) == []
