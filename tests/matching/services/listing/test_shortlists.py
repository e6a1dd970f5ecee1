"""Who changed something has a new list at once."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import User
from accounts.models.consent import ConsentKind
from accounts.services import consents
from matching.dataset import stale
from matching.models import Shortlist, Suggestion, SuggestionStatus
from matching.services.answering import suggestions
from matching.services.listing import shortlists
from matching.services.running import runs
from tests.factories import NOW, PlacementFactory, SlotFactory, at
from tests.matching import rows
from volunteers.models import Placement, Volunteer
from volunteers.services.attendance import recording
from volunteers.services.people import availability, profiles
from volunteers.services.taking_part import joining, placements

LATER_BY = dt.timedelta(hours=1)
LATER, MUCH_LATER = NOW + LATER_BY, NOW + 2 * LATER_BY

pytestmark = pytest.mark.django_db


def test_one_person() -> None:
    gardening = rows.gardening()
    volunteer, role = rows.person(gardening), rows.role(gardening)
    shortlist = shortlists.refresh(volunteer=volunteer, now=NOW)
    assert (shortlist.roles, shortlist.run) == ([role.pk], None)


def test_the_same_list_as_a_run_makes() -> None:
    gardening = rows.gardening()
    volunteer = rows.person(gardening, wish="花と水")
    rows.person(gardening)
    for number in range(3):
        rows.role(gardening, title=f"花だん {number}")
    rows.run_once()
    by_run = Shortlist.objects.get(pk=volunteer.pk)
    alone = shortlists.refresh(volunteer=volunteer, now=NOW)
    assert (alone.roles, alone.scores, alone.parts) == (by_run.roles, by_run.scores, by_run.parts)


def test_only_those_who_changed() -> None:
    changed, consented, _same = (rows.person() for _ in range(3))
    rows.run_once()
    assert shortlists.refresh_stale(now=NOW) == 0
    availability.set_weekly(volunteer=changed, weekly=[0] * 7, now=LATER, actor=changed.user)
    consents.give(user=consented.user, kind=ConsentKind.CONTACT, text="はい", now=LATER)
    assert shortlists.refresh_stale(now=MUCH_LATER) == 2
    assert shortlists.refresh_stale(now=MUCH_LATER) == 0


def test_whoever_is_said_not_to_have_come_is_new_here_again() -> None:
    gardening = rows.gardening()
    volunteer, _ahead = rows.person(gardening), rows.role(gardening)
    over = SlotFactory(role=rows.role(gardening), starts_at=at(-2, 9))
    placement = PlacementFactory(volunteer=volunteer, slot=over)
    rows.run_once()
    before = Shortlist.objects.get(pk=volunteer.pk).scores
    recording.record(slot=over, came={placement.pk: None}, now=LATER, actor=None)
    assert shortlists.refresh_stale(now=MUCH_LATER) == 1
    assert Shortlist.objects.get(pk=volunteer.pk).scores > before


def test_who_is_new_does_not_wait_for_a_run_unless_one_is_coming() -> None:
    rows.person()
    runs.request(now=NOW)
    assert shortlists.refresh_stale(now=NOW) == 0
    runs.carry_out(now=NOW)
    rows.person()
    assert shortlists.refresh_stale(now=NOW) == 1


def test_who_is_let_in_again_has_a_list_with_the_next_run() -> None:
    shut_out = rows.person()
    User.objects.filter(pk=shut_out.user_id).update(is_active=False)
    rows.run_once(LATER)
    User.objects.filter(pk=shut_out.user_id).update(is_active=True)
    assert shortlists.refresh_stale(now=MUCH_LATER) == 0
    rows.run_once(MUCH_LATER)
    assert Shortlist.objects.filter(pk=shut_out.pk).exists()


def test_not_more_than_the_limit() -> None:
    for _ in range(3):
        rows.person()
    assert [shortlists.refresh_stale(now=NOW, limit=2) for _ in range(3)] == [2, 1, 0]


def test_a_suggestion_that_no_longer_fits_ends() -> None:
    gardening = rows.gardening()
    volunteer, role = rows.person(gardening), rows.role(gardening)
    other = rows.suggestion(rows.person(gardening), role)
    suggestion = rows.suggestion(volunteer, role)
    profiles.change(volunteer=volunteer, now=LATER, actor=volunteer.user, wish="花")
    shortlists.refresh_stale(now=LATER)
    suggestion.refresh_from_db()
    assert suggestion.status == SuggestionStatus.SEEN  # the control: it still fits
    availability.set_weekly(volunteer=volunteer, weekly=[0] * 7, now=MUCH_LATER, actor=volunteer.user)
    shortlists.refresh_stale(now=MUCH_LATER)
    assert dict(Suggestion.objects.values_list("pk", "status")) == {
        suggestion.pk: SuggestionStatus.EXPIRED,
        other.pk: SuggestionStatus.SEEN,
    }


def test_what_somebody_did_and_said_changes_their_list() -> None:
    gardening = rows.gardening()
    volunteer, role, other = rows.person(gardening), rows.role(gardening), rows.role(gardening, starts_at=at(7, 9))
    rows.run_once()
    suggestion = rows.suggestion(volunteer, other)
    joined = joining.join(volunteer=volunteer, slot=role.slots.get(), now=LATER, actor=None)
    assert shortlists.refresh_stale(now=LATER) == 1
    assert rows.listed(volunteer) == [other.pk]
    suggestions.answer(suggestion=suggestion, answer="decline", now=MUCH_LATER, actor=None)
    shortlists.refresh_stale(now=MUCH_LATER)
    assert rows.listed(volunteer) == []
    assert isinstance(joined, Placement)
    placements.cancel(placement=joined, now=MUCH_LATER + LATER_BY, actor=None)
    shortlists.refresh_stale(now=MUCH_LATER + LATER_BY)
    assert rows.listed(volunteer) == [role.pk]


def test_a_change_that_began_before_the_list_and_ended_after_it() -> None:
    """It is dated when its request began; the list was computed in between, and does not know it."""
    volunteer = rows.person()
    rows.run_once(LATER)
    Volunteer.objects.filter(pk=volunteer.pk).update(changed_at=LATER - dt.timedelta(seconds=1))
    assert shortlists.refresh_stale(now=LATER) == 0
    assert shortlists.refresh_stale(now=LATER + stale.SETTLES) == 1
    assert shortlists.refresh_stale(now=LATER + 2 * stale.SETTLES) == 0
