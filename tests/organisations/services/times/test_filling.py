from __future__ import annotations

import pytest

from organisations.models import Role
from organisations.models.role import RoleStatus
from organisations.services.times import filling
from tests.factories import NOW, SlotFactory

pytestmark = pytest.mark.django_db


def test_taking_and_giving_back_moves_the_role_to_full_and_back():
    slot = SlotFactory(capacity=2)
    assert filling.take(slot=slot, places=1, now=NOW).status == RoleStatus.OPEN
    assert filling.take(slot=slot, places=1, now=NOW).status == RoleStatus.FILLED
    with pytest.raises(filling.SlotFull):
        filling.take(slot=slot, places=1, now=NOW)
    filling.give_back(slot=slot, places=2, now=NOW)
    slot.refresh_from_db()
    assert slot.taken == 0
    assert Role.objects.get().status == RoleStatus.OPEN


def test_more_than_are_left_cannot_be_taken_at_once():
    slot = SlotFactory(capacity=3, taken=1)
    with pytest.raises(filling.SlotFull):
        filling.take(slot=slot, places=3, now=NOW)


@pytest.mark.parametrize("status", [RoleStatus.DRAFT, RoleStatus.WAITING, RoleStatus.CLOSED, RoleStatus.CANCELLED])
def test_only_open_roles_become_full(status):
    slot = SlotFactory(capacity=1, role__status=status)
    assert filling.take(slot=slot, places=1, now=NOW).status == status
