from __future__ import annotations

import pytest

from tests.factories import (
    DeskMembershipFactory,
    GuardianRequestFactory,
    MembershipFactory,
    TownFactory,
    UserFactory,
    VolunteerFactory,
)
from volunteers.services.coordinating import areas

pytestmark = pytest.mark.django_db


def test_everybody_of_ones_own_area_once_and_nobody_of_another():
    here, there = TownFactory(), TownFactory()
    coordinator = DeskMembershipFactory(desk__towns=[here, TownFactory()]).user
    DeskMembershipFactory(user=coordinator, desk__towns=[here])
    lives = VolunteerFactory(town=here).user
    acts = MembershipFactory(organisation__town=here).user
    MembershipFactory(organisation__town=here, user=lives)
    MembershipFactory(organisation__town=here, user=VolunteerFactory(town=there).user)
    asked = GuardianRequestFactory(volunteer__town=here)
    VolunteerFactory(town=there)
    MembershipFactory(organisation__town=there)
    GuardianRequestFactory(volunteer__town=there)
    UserFactory()
    assert set(areas.people_of(coordinator)) == {lives, acts, asked.guardian, asked.volunteer.user}
    assert areas.people_of(coordinator).count() == 4
    assert not areas.people_of(UserFactory()).exists()
