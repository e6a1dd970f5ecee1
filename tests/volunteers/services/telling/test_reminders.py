"""Everybody is reminded twice, and of nothing that they do not come to."""

from __future__ import annotations

import datetime as dt

import pytest

from notifications.models import ActionLink, Channel, ContactPoint, Notification
from notifications.services import outbox
from organisations.models import Slot
from tests.factories import NOW, JuniorFactory, PlacementFactory, SlotFactory, VolunteerFactory, at
from tests.together import together
from volunteers.models import Placement
from volunteers.services.taking_part import placements
from volunteers.services.telling import reminders

HOUR = dt.timedelta(hours=1)
EARLY, EVE = at(3, 9), at(4, 17)


@pytest.fixture
def placement() -> Placement:
    """On Saturday at nine; agreed on Monday."""
    slot = SlotFactory(
        role__bring="軍手",
        role__contact="090-0000-0000(田中)",
        role__venue__address="2-1",
        role__venue__name="駅前広場",
        role__venue__town__name="鶴ケ峰本町",
        taken=1,
    )
    return PlacementFactory(slot=slot, volunteer__user__email="a@yaritai.example")


def kinds() -> list[str]:
    return list(Notification.objects.order_by("created_at").values_list("kind", flat=True))


@pytest.mark.django_db
def test_two_days_before_and_on_the_evening_before_once_each(placement: Placement) -> None:
    assert reminders.plan(now=EARLY - HOUR) == 0
    for now in (EARLY, EARLY, EARLY + 10 * HOUR, EVE - HOUR):
        reminders.plan(now=now)
    assert kinds() == ["reminder_soon"]
    for now in (EVE, EVE + HOUR, at(5, 8)):
        reminders.plan(now=now)
    assert kinds() == ["reminder_soon", "reminder_tomorrow"]
    assert reminders.plan(now=at(5, 9)) == 0


@pytest.mark.django_db
def test_the_letter_says_what_one_needs_to_know(placement: Placement) -> None:
    user = placement.volunteer.user
    ContactPoint.objects.create(user=user, channel=Channel.EMAIL, address="a@yaritai.example", verified_at=NOW)
    reminders.plan(now=EARLY)
    letter = Notification.objects.get()
    for said in ("軍手", "駅前広場 (鶴ケ峰本町2-1)", "090-0000-0000(田中)", placement.slot.role.title):
        assert said in letter.body
    assert "雨のとき" not in letter.body
    assert [action["label"] for action in letter.actions] == ["行けなくなった"]
    assert ActionLink.objects.get().target_id == str(placement.pk)


@pytest.mark.django_db
def test_a_worker_that_was_away_reminds_of_what_is_next(placement: Placement) -> None:
    reminders.plan(now=at(5, 7))
    assert kinds() == ["reminder_tomorrow"]


@pytest.mark.django_db
def test_who_has_just_agreed_has_just_heard_it(placement: Placement) -> None:
    Placement.objects.update(agreed_at=EARLY + HOUR)
    reminders.plan(now=EARLY + 2 * HOUR)
    assert kinds() == []
    reminders.plan(now=EVE)
    assert kinds() == ["reminder_tomorrow"]


@pytest.mark.django_db
def test_nobody_is_reminded_of_what_they_do_not_come_to(placement: Placement) -> None:
    called_off = PlacementFactory(slot__cancelled_at=NOW)
    placements.cancel(placement=placement, now=NOW, actor=None)
    assert reminders.plan(now=EARLY) == 0
    assert not Notification.objects.filter(user=called_off.volunteer.user).exists()


@pytest.mark.django_db
def test_a_letter_on_its_way_stops_where_they_step_back(placement: Placement) -> None:
    reminders.plan(now=EARLY)
    placements.cancel(placement=placement, now=EARLY, actor=None)
    outbox.deliver_due(now=EARLY, still_right=reminders.STILL_RIGHT)
    assert Notification.objects.get(kind="reminder_soon").status == "dropped"


@pytest.mark.django_db
def test_of_another_time_people_are_reminded_again_and_not_of_the_old_one(placement: Placement) -> None:
    reminders.plan(now=EARLY)
    later = EARLY + HOUR
    Slot.objects.update(starts_at=at(5, 13), ends_at=at(5, 15), moved_at=later, sequence=1)
    letter = Notification.objects.get()
    assert not reminders.STILL_RIGHT[letter.kind](letter, later)
    for now in (EARLY + 5 * HOUR, EARLY + 6 * HOUR):
        reminders.plan(now=now)
    assert kinds() == ["reminder_soon"] * 2
    last = Notification.objects.latest("created_at")
    assert reminders.STILL_RIGHT[last.kind](last, last.created_at)
    assert "13:00" in last.body


@pytest.mark.django_db
def test_the_young_are_reminded_by_a_coordinator() -> None:
    young = JuniorFactory()
    ContactPoint.objects.create(user=young.user, channel=Channel.EMAIL, address="j@yaritai.example", verified_at=NOW)
    PlacementFactory(volunteer=young)
    reminders.plan(now=EARLY)
    letter = Notification.objects.get()
    assert letter.channel == Channel.CALL_LIST
    assert letter.actions == []


@pytest.mark.django_db(transaction=True)
def test_many_workers_at_once_remind_once() -> None:
    for volunteer in VolunteerFactory.create_batch(5):
        PlacementFactory(volunteer=volunteer, slot=SlotFactory())
    ended = together(6, lambda _number: reminders.plan(now=EARLY))
    assert not [one for one in ended if isinstance(one, Exception)]
    assert Notification.objects.filter(kind="reminder_soon").count() == 5
