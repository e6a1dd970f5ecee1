"""Under 16 nothing happens before a guardian agreed, by whichever way; after it, everything does."""

from __future__ import annotations

import pytest

from matching.services.answering import suggestions
from matching.services.asking import digests
from matching.services.explaining import why_not
from notifications.models import Notification
from organisations.models import Slot
from tests.factories import NOW, JuniorFactory, PlacementFactory, SlotFactory, at
from tests.matching import rows
from volunteers.models import Application, Volunteer, Waiting
from volunteers.services.attendance import recording
from volunteers.services.guardians import consenting
from volunteers.services.refusals import NeedsGuardian
from volunteers.services.taking_part import joining
from volunteers.services.waiting_lists import waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def junior() -> Volunteer:
    gardening = rows.gardening()
    found: Volunteer = JuniorFactory(guardian=None, town=rows.a_town())
    found.interests.add(gardening)
    rows.role(gardening, title="花だんの水やり")
    rows.run_once()
    return found


def agree(junior: Volunteer) -> None:
    consenting.record(
        volunteer=junior, guardian_name="母", scope=["take_part"], until=None, text="同意します。", now=NOW, actor=None
    )
    rows.run_once()


def of_the_role() -> Slot:
    return Slot.objects.get(role__title="花だんの水やり")


def full() -> Slot:
    slot: Slot = SlotFactory(capacity=1, taken=1, starts_at=at(9, 9), ends_at=at(9, 10))
    return slot


def today(junior: Volunteer) -> Slot:
    slot: Slot = SlotFactory(taken=1, starts_at=NOW, ends_at=at(0, 12))
    PlacementFactory(volunteer=junior, slot=slot)
    return slot


def suggested(junior: Volunteer) -> int:
    digests.plan(now=NOW)
    lines = Notification.objects.filter(user=junior.user, kind="digest").count()
    return lines + len(suggestions.show(volunteer=junior, now=NOW))


def test_before_it_nothing_is_suggested_joined_waited_for_or_checked_in(junior: Volunteer) -> None:
    assert suggested(junior) == 0
    said = why_not.explain(volunteer=junior, role=of_the_role().role, now=NOW)
    assert any("保護者" in sentence for sentence in said)
    with pytest.raises(NeedsGuardian):
        joining.join(volunteer=junior, slot=of_the_role(), now=NOW, actor=junior.user)
    with pytest.raises(NeedsGuardian):
        waiting.join_queue(volunteer=junior, slot=full(), now=NOW, actor=junior.user)
    with pytest.raises(recording.NotComing):
        recording.check_in(volunteer=junior, slot=today(junior), now=NOW)
    assert not Application.objects.exists()
    assert not Waiting.objects.exists()


def test_after_it_each_of_these_does_what_it_is_for(junior: Volunteer) -> None:
    agree(junior)
    assert suggested(junior) > 0
    assert joining.join(volunteer=junior, slot=of_the_role(), now=NOW, actor=junior.user).pk
    assert waiting.join_queue(volunteer=junior, slot=full(), now=NOW, actor=junior.user).pk
    assert recording.check_in(volunteer=junior, slot=today(junior), now=NOW).came
