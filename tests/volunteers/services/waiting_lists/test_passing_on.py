"""What becomes free goes to who waits, one after the other."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import Consent
from accounts.models.consent import ConsentKind
from notifications.models import ActionLink, Channel, Notification
from organisations.models import Slot
from tests.factories import NOW, JuniorFactory, PlacementFactory, SlotFactory, VolunteerFactory, WaitingFactory, at
from volunteers.models import Waiting
from volunteers.services.waiting_lists import passing_on

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def slot() -> Slot:
    """One place, free."""
    return SlotFactory(capacity=1)


def at_once(slot: Slot, *, ago: int, **more) -> Waiting:
    return WaitingFactory(slot=slot, since=NOW - ago * HOUR, **more)


def test_the_longest_waiting_is_asked_first_and_alone(slot: Slot) -> None:
    late, early = at_once(slot, ago=1), at_once(slot, ago=2)
    assert passing_on.pass_on(now=NOW) == 1
    assert passing_on.pass_on(now=NOW) == 0
    for row in (late, early):
        row.refresh_from_db()
    assert (early.held, early.offered_at, early.offered_until) == (1, NOW, NOW + 24 * HOUR)
    assert (late.held, late.offered_at) == (0, None)
    slot.refresh_from_db()
    assert slot.taken == 1


def test_the_letter_says_until_when_and_has_one_link(slot: Slot) -> None:
    row = at_once(slot, ago=1, volunteer__user__email="a@yaritai.example")
    row.volunteer.user.contact_points.create(channel=Channel.EMAIL, address="a@yaritai.example", verified_at=NOW)
    passing_on.pass_on(now=NOW)
    letter = Notification.objects.get()
    assert letter.kind == "waiting_offered"
    assert "3月2日(火) 10:00まで" in letter.body
    assert slot.role.title in letter.title
    assert [action["label"] for action in letter.actions] == ["参加するか、返事をする"]
    link = ActionLink.objects.get()
    assert (link.action, link.target_id, link.user) == ("waiting", str(row.pk), row.volunteer.user)


def test_close_to_the_start_it_is_held_until_two_hours_before(slot: Slot) -> None:
    row = at_once(slot, ago=1)
    passing_on.pass_on(now=slot.starts_at - 10 * HOUR - 12 * HOUR)
    row.refresh_from_db()
    assert row.offered_until == slot.starts_at - 2 * HOUR


def test_nobody_is_asked_at_night_what_ends_before_they_hear_of_it(slot: Slot) -> None:
    at_once(slot, ago=1)
    assert passing_on.pass_on(now=at(4, 23)) == 0  # 9 o'clock the next morning: held until 7, heard at 8


def test_unanswered_it_goes_to_the_next(slot: Slot) -> None:
    first, second = at_once(slot, ago=2), at_once(slot, ago=1)
    passing_on.pass_on(now=NOW)
    assert passing_on.pass_on(now=NOW + 23 * HOUR) == 0
    assert passing_on.pass_on(now=NOW + 24 * HOUR) == 2
    for row in (first, second):
        row.refresh_from_db()
    assert (first.held, first.ended_at) == (0, NOW + 24 * HOUR)
    assert (second.held, second.offered_at) == (1, NOW + 24 * HOUR)
    assert Notification.objects.get(kind="waiting_unanswered").user == first.volunteer.user


def test_a_party_that_does_not_fit_holds_up_nobody() -> None:
    slot = SlotFactory(role__takes_groups=True, capacity=2, taken=1)
    party = at_once(slot, ago=2, volunteer=VolunteerFactory(party_size=2))
    alone = at_once(slot, ago=1)
    passing_on.pass_on(now=NOW)
    party.refresh_from_db()
    alone.refresh_from_db()
    assert (party.held, alone.held) == (0, 1)


def test_who_cannot_come_any_more_is_told_and_the_next_is_asked(slot: Slot) -> None:
    busy, young, free = at_once(slot, ago=3), at_once(slot, ago=2, volunteer=JuniorFactory()), at_once(slot, ago=1)
    PlacementFactory(volunteer=busy.volunteer, slot=SlotFactory(), busy=(slot.starts_at, slot.ends_at))
    Consent.objects.filter(kind=ConsentKind.GUARDIAN).update(withdrawn_at=NOW)
    passing_on.pass_on(now=NOW)
    assert list(Waiting.objects.alive()) == [free]
    over = Notification.objects.filter(kind="waiting_over").values_list("user_id", flat=True)
    assert set(over) == {busy.volunteer.user_id, young.volunteer.user_id}


def test_who_left_the_service_is_passed_over(slot: Slot) -> None:
    at_once(slot, ago=2, volunteer__user__is_active=False)
    there = at_once(slot, ago=1)
    passing_on.pass_on(now=NOW)
    there.refresh_from_db()
    assert there.held == 1


@pytest.mark.parametrize("change", [{"cancelled_at": NOW}, {"starts_at": at(-1, 9), "ends_at": at(-1, 11)}])
def test_what_nobody_can_wait_for_ends(slot: Slot, change: dict[str, dt.datetime]) -> None:
    at_once(slot, ago=1)
    Slot.objects.filter(pk=slot.pk).update(**change)
    passing_on.pass_on(now=NOW)
    assert not Waiting.objects.alive().exists()


def test_the_letter_is_not_sent_any_more_once_the_place_went_on(slot: Slot) -> None:
    row = at_once(slot, ago=1)
    passing_on.pass_on(now=NOW)
    letter, is_right = Notification.objects.get(), passing_on.STILL_RIGHT["waiting_offered"]
    assert is_right(letter, NOW)
    assert not is_right(letter, NOW + 24 * HOUR)
    Waiting.objects.filter(pk=row.pk).update(held=0, ended_at=NOW)
    assert not is_right(letter, NOW)
