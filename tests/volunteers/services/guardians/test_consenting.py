from __future__ import annotations

import datetime as dt

import pytest

from notifications.models import Notification
from tests.factories import (
    NOW,
    DeskMembershipFactory,
    JuniorFactory,
    PlacementFactory,
    SlotFactory,
    SupportDeskFactory,
    at,
)
from tests.volunteers.services.guardians.given import EACH, TEXT, answer, ask, consent_of
from volunteers.models import Application, Placement
from volunteers.services.attendance import recording
from volunteers.services.guardians import consenting
from volunteers.services.refusals import NeedsGuardian
from volunteers.services.taking_part import joining

pytestmark = pytest.mark.django_db


def test_a_paper_is_as_good(junior):
    coordinator = DeskMembershipFactory().user
    consenting.record(
        volunteer=junior, guardian_name="母", scope=["take_part"], until=None, text=TEXT, now=NOW, actor=coordinator
    )
    assert consent_of(junior).recorded_by == coordinator


def test_nobody_under_16_joins_before_and_everybody_may_ask_after(junior):
    slot = SlotFactory()
    with pytest.raises(NeedsGuardian):
        joining.join(volunteer=junior, slot=slot, now=NOW, actor=junior.user)
    answer(ask(junior))
    asked = joining.join(volunteer=junior, slot=slot, now=NOW, actor=junior.user)
    assert (type(asked), asked.released_at) == (Application, None)


def test_nobody_checks_in_after_the_consent_is_gone(junior):
    slot = SlotFactory(taken=1, starts_at=NOW, ends_at=at(0, 12))
    PlacementFactory(volunteer=junior, slot=slot)
    with pytest.raises(recording.NotComing):
        recording.check_in(volunteer=junior, slot=slot, now=NOW)
    answer(ask(junior))
    assert recording.check_in(volunteer=junior, slot=slot, now=NOW).came


def test_at_sixteen_who_is_asked_each_time_is_still_looked_at_first():
    junior = JuniorFactory(guardian=None, born_on=dt.date(2010, 9, 1))
    answer(ask(junior), scope=EACH)
    assert isinstance(joining.join(volunteer=junior, slot=SlotFactory(), now=NOW, actor=junior.user), Application)
    other = JuniorFactory(guardian=None, born_on=dt.date(2010, 9, 1))
    answer(ask(other))
    assert isinstance(joining.join(volunteer=other, slot=SlotFactory(), now=NOW, actor=other.user), Placement)


def test_the_desk_of_the_area_is_told_of_each_question_of_the_young(junior):
    desk = SupportDeskFactory(towns=[junior.town])
    coordinator = DeskMembershipFactory(desk=desk).user
    answer(ask(junior))
    joining.join(volunteer=junior, slot=SlotFactory(), now=NOW, actor=junior.user)
    assert Notification.objects.filter(user=coordinator, kind="application_to_check").count() == 1
