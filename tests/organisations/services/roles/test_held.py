"""A role goes from one status to the next by its steps alone."""

from __future__ import annotations

import datetime as dt

import pytest

from organisations.models import Role
from organisations.models.role import RoleStatus
from organisations.services.roles import approval, closing, held, writing
from tests.factories import (
    NOW,
    SlotFactory,
)

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(minutes=5)
PUBLISHED = {RoleStatus.OPEN, RoleStatus.FILLED, RoleStatus.RESTING}
STEPS = {
    approval.submit: {RoleStatus.DRAFT},
    approval.send_back: {RoleStatus.WAITING},
    approval.publish: {RoleStatus.WAITING},
    closing.close: PUBLISHED,
    approval.withdraw: {RoleStatus.WAITING},
    closing.cancel: {*PUBLISHED, RoleStatus.CLOSED},
    writing.change: {RoleStatus.DRAFT, RoleStatus.WAITING, *PUBLISHED},
}


@pytest.mark.parametrize("status", RoleStatus.values)
@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__)
def test_every_step_from_every_status(step, status):
    role = SlotFactory(role__status=status).role
    if status in STEPS[step]:
        step(role=role, now=LATER, actor=None)
        assert Role.objects.get().changed_at == LATER
    else:
        with pytest.raises(held.WrongStatus):
            step(role=role, now=LATER, actor=None)
        assert Role.objects.get().status == status
