"""What comes round no more calls off the times ahead that nobody comes to."""

from __future__ import annotations

import pytest
from django.db.models import F

from notifications.models import Notification
from organisations.models import Repeat, Role, Slot
from organisations.models.role import RoleStatus
from organisations.services.times import repeats
from organisations.services.times.weekly import Weekly
from tests.factories import NOW, ApplicationFactory, PlacementFactory, RoleFactory, SlotFactory, at
from volunteers.models.application import ApplicationStatus
from volunteers.services.changing import repeat_ends

pytestmark = pytest.mark.django_db


def comes_round(status: str = RoleStatus.OPEN) -> tuple[Repeat, list[Slot]]:
    repeat = repeats.begin(
        role=RoleFactory(status=status),
        weekly=Weekly(frozenset({5}), count=4),
        starts_at=at(5, 9),
        ends_at=at(5, 11),
        capacity=3,
        now=NOW,
        actor=None,
    )
    return repeat, list(repeat.slots.order_by("starts_at"))


def end(repeat: Repeat, day: int = 0) -> int:
    return repeat_ends.end(repeat=repeat, now=at(day, 10), actor=None)


def still_on(role: Role) -> list[int]:
    return list(role.slots.filter(cancelled_at=None).order_by("starts_at").values_list("pk", flat=True))


def test_only_what_is_ahead_and_empty_goes() -> None:
    repeat, times = comes_round()
    other = SlotFactory(role=repeat.role, starts_at=at(8, 9))
    PlacementFactory(slot=times[2])
    Slot.objects.filter(pk=times[2].pk).update(taken=F("taken") + 1)
    assert repeat_ends.empty(repeat, now=at(6, 10)) == 2
    assert end(repeat, day=6) == 2
    assert still_on(repeat.role) == [times[0].pk, other.pk, times[2].pk]
    assert Slot.objects.filter(role=repeat.role).count() == 5
    repeat.refresh_from_db()
    assert repeat.ended_at == at(6, 10)


def test_a_draft_keeps_no_trace_of_it() -> None:
    repeat, _times = comes_round(RoleStatus.DRAFT)
    assert end(repeat) == 4
    assert not Slot.objects.exists()


def test_a_time_that_somebody_asked_for_stays_until_they_are_answered() -> None:
    repeat, times = comes_round()
    ApplicationFactory(slot=times[1], released_at=NOW)
    ApplicationFactory(slot=times[2], released_at=NOW, status=ApplicationStatus.WITHDRAWN)
    assert end(repeat) == 3
    assert still_on(repeat.role) == [times[1].pk]


def test_what_the_organisation_does_not_know_of_keeps_no_time_and_is_told() -> None:
    repeat, times = comes_round()
    asked = ApplicationFactory(slot=times[1], released_at=None)
    assert end(repeat) == 4
    asked.refresh_from_db()
    assert asked.status == ApplicationStatus.DECLINED
    assert Notification.objects.filter(user=asked.volunteer.user).exists()


def test_once_is_enough() -> None:
    repeat, _times = comes_round()
    end(repeat)
    with pytest.raises(repeats.RepeatIsOver):
        end(repeat)
