from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from organisations.models.review import ReviewOutcome
from organisations.services.hosts import own
from tests.factories import (
    NOW,
    MembershipFactory,
    OrganisationFactory,
    ReviewFactory,
    RoleFactory,
    SlotFactory,
    at,
)

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


def test_what_was_last_asked_for_is_said() -> None:
    organisation, role = OrganisationFactory(), RoleFactory()
    assert (own.asked_for(organisation), own.asked_for(role)) == ("", "")
    back = {"outcome": ReviewOutcome.SENT_BACK}
    ReviewFactory(role=None, organisation=organisation, reason="電話を書いてください。", **back)
    ReviewFactory(role=role, reason="あとの方", at=at(1, 9), **back)
    ReviewFactory(role=role, reason="先の方", **back)
    ReviewFactory(role=role, reason="よいと思います。", at=at(2, 9))
    assert (own.asked_for(organisation), own.asked_for(role)) == ("電話を書いてください。", "あとの方")
