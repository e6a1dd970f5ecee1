from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from organisations.services import own
from tests.factories import NOW, MembershipFactory, RoleFactory, SlotFactory, at

pytestmark = pytest.mark.django_db


def test_counts_what_lies_ahead_and_is_not_called_off() -> None:
    member = MembershipFactory()
    role, empty = (RoleFactory(organisation=member.organisation) for _ in range(2))
    RoleFactory()
    SlotFactory(role=role, capacity=3, taken=1)
    SlotFactory(role=role, capacity=5, starts_at=at(6, 9))
    SlotFactory(role=role, starts_at=at(-3, 9))
    SlotFactory(role=role, cancelled_at=NOW)
    (found,) = own.of(member.user, now=NOW)
    roles: list[Any] = list(found.roles.all())
    assert [(each.pk, each.ahead, each.left) for each in roles] == [(empty.pk, 0, 0), (role.pk, 2, 7)]


def test_who_may_not_sign_in_has_none() -> None:
    member = MembershipFactory(user__is_active=False)
    assert not own.of(member.user, now=NOW)
    assert not own.of(AnonymousUser(), now=NOW)
