"""Drafts are thrown away; what was public is called off while nobody comes, or over with its last time."""

from __future__ import annotations

import pytest

from organisations.models import Role
from organisations.models.role import RoleStatus
from organisations.services.roles import closing, held
from organisations.services.times import slots
from tests.factories import (
    NOW,
    RoleFactory,
    SlotFactory,
    at,
)

pytestmark = pytest.mark.django_db
PUBLISHED = {RoleStatus.OPEN, RoleStatus.FILLED, RoleStatus.RESTING}


def test_only_a_draft_is_thrown_away():
    for status in RoleStatus:
        role = SlotFactory(role__status=status).role
        if status == RoleStatus.DRAFT:
            closing.discard(role=role, now=NOW, actor=None)
            assert not Role.objects.filter(pk=role.pk).exists()
        else:
            with pytest.raises(held.WrongStatus):
                closing.discard(role=role, now=NOW, actor=None)


def test_calling_off_takes_its_empty_slots_along():
    slot = SlotFactory()
    closing.cancel(role=slot.role, now=NOW, actor=None)
    slot.refresh_from_db()
    assert slot.cancelled_at == NOW


def test_what_is_over_is_not_called_off():
    role = SlotFactory(starts_at=at(-2, 9), role__status=RoleStatus.CLOSED).role
    with pytest.raises(held.WrongStatus):
        closing.cancel(role=role, now=NOW, actor=None)


def test_a_role_that_somebody_comes_to_is_not_called_off_here():
    slot = SlotFactory(taken=1)
    with pytest.raises(slots.SomebodyComes):
        closing.cancel(role=slot.role, now=NOW, actor=None)


def test_past_roles_are_closed_and_the_others_stay():
    over = [SlotFactory(starts_at=at(-2, 9), role__status=status).role for status in PUBLISHED]
    SlotFactory(role=over[0], cancelled_at=NOW)
    SlotFactory(starts_at=at(-2, 9), role=SlotFactory().role)
    SlotFactory(starts_at=at(-2, 9), role__status=RoleStatus.DRAFT)
    SlotFactory(starts_at=at(0, 9))
    RoleFactory()
    assert closing.close_past(now=NOW) == 3
    assert set(Role.objects.filter(status=RoleStatus.CLOSED)) == set(over)
    assert closing.close_past(now=NOW) == 0
