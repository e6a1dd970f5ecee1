"""The sheet that lies on the table: names, and what the people there have to know."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from accounts.models.consent import GuardianScope
from organisations.models import Slot
from tests.factories import NOW, ApplicationFactory, ConsentFactory, JuniorFactory, PlacementFactory, SlotFactory
from volunteers.models.application import ApplicationStatus
from volunteers.services.who_comes import roster

pytestmark = pytest.mark.django_db


@pytest.fixture
def slot() -> Slot:
    made: Slot = SlotFactory()
    return made


def test_who_comes_by_name_with_number_and_note(slot: Slot) -> None:
    second = PlacementFactory(slot=slot, volunteer__user__name="みどり", places=3)
    first = PlacementFactory(slot=slot, volunteer__user__name="あおい")
    PlacementFactory(slot=slot, cancelled_at=NOW)
    asked = {"slot": slot, "volunteer": second.volunteer}
    ApplicationFactory(**asked, note="前に書いたこと", status=ApplicationStatus.WITHDRAWN)
    ApplicationFactory(**asked, note="車いすで行きます", status=ApplicationStatus.ACCEPTED)
    assert roster.of(slot) == [
        roster.Line(first.volunteer.user.name, 1, "", []),
        roster.Line("みどり", 3, "車いすで行きます", []),
    ]


def test_nothing_else_is_on_it() -> None:
    assert {field.name for field in dataclasses.fields(roster.Line)} == {"name", "people", "note", "scope"}


def test_what_a_guardian_allows_is_said_while_it_holds_on_that_day(slot: Slot) -> None:
    young = JuniorFactory(guardian=None)
    PlacementFactory(slot=slot, volunteer=young)
    allowed = [GuardianScope.TAKE_PART, GuardianScope.PHOTO]
    consent = ConsentFactory(user=young.user, kind="guardian", guardian_name="母", scope=allowed)
    [line] = roster.of(slot)
    assert line.scope == [
        ("ひとりで行き、ひとりで帰る", False),
        ("写真に写る", True),
        ("活動のたびに、保護者にたずねる", False),
    ]
    consent.expires_on = slot.starts_at.date() - dt.timedelta(days=1)
    consent.save()
    assert roster.of(slot)[0].scope == []
