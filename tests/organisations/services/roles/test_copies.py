"""A copy says the same and begins anew."""

from __future__ import annotations

import pytest

from accounts.models import AuditEntry
from organisations.models import Role
from organisations.models.role import RoleStatus
from organisations.services.roles import copies, writing
from tests.factories import (
    NOW,
    AccessFeatureFactory,
    ActivityFactory,
    QualificationFactory,
    ReviewFactory,
    RoleFactory,
    SkillFactory,
    SlotFactory,
)

pytestmark = pytest.mark.django_db


def copied(role: Role) -> Role:
    return Role.objects.get(pk=copies.copy(role=role, now=NOW, actor=None).pk)


def test_all_that_was_said_is_said_again() -> None:
    role = RoleFactory(
        title_en="Flowers", title_easy="花に 水を やる", cost="無料", bring="帽子", min_age=15, is_with_children=True
    )
    for position, activity in enumerate(reversed(ActivityFactory.create_batch(3))):
        role.role_activities.create(activity=activity, position=position)
    role.skills.add(SkillFactory())
    role.qualifications.add(QualificationFactory())
    role.access.add(AccessFeatureFactory())
    made = copied(role)
    assert made.pk != role.pk
    assert made.organisation == role.organisation
    for name in writing.CHANGEABLE:
        assert getattr(made, name) == getattr(role, name), name
    for name in writing.LISTS:
        assert list(getattr(made, name).all()) == list(getattr(role, name).all()) != []
    in_order = [list(one.role_activities.values_list("activity", "position")) for one in (made, role)]
    assert in_order[0] == in_order[1] != []


@pytest.mark.parametrize("status", RoleStatus)
def test_a_copy_begins_as_a_draft_whatever_became_of_the_first(status: str) -> None:
    role = SlotFactory(role__status=status, role__submitted_at=NOW).role
    ReviewFactory(role=role)
    made = copied(role)
    assert (made.status, made.submitted_at, made.published_at) == (RoleStatus.DRAFT, None, None)
    assert (made.created_at, made.changed_at) == (NOW, NOW)
    assert not made.slots.exists()
    assert not made.reviews.exists()
    role.refresh_from_db()
    assert (role.status, role.slots.count()) == (status, 1)


def test_the_trail_says_of_what_it_is_a_copy_and_the_search_finds_it() -> None:
    role = RoleFactory(title="花だんの水やり")
    made = copied(role)
    assert AuditEntry.objects.get(action="role.copy").detail == {"copy_of": role.pk}
    assert made.search_text


def test_a_half_written_draft_can_be_copied() -> None:
    role = RoleFactory(status=RoleStatus.DRAFT, published_at=None, summary="", venue=None)
    assert copied(role).summary == ""
