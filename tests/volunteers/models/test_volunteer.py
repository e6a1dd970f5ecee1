"""Ages, breaks, and who is active."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.factories import NOW, DeskMembershipFactory, UserFactory, VolunteerFactory
from volunteers.models import Volunteer

TODAY = NOW.date()


@pytest.mark.parametrize(
    ("born_on", "on", "age"),
    [
        (dt.date(2011, 3, 1), dt.date(2027, 2, 28), 15),
        (dt.date(2011, 3, 1), dt.date(2027, 3, 1), 16),
        (dt.date(2008, 2, 29), dt.date(2027, 2, 28), 18),
        (dt.date(2008, 2, 29), dt.date(2027, 3, 1), 19),
        (dt.date(1926, 12, 31), dt.date(2027, 1, 1), 100),
    ],
)
def test_age_is_whole_years(born_on, on, age):
    assert Volunteer(born_on=born_on).age(on) == age


@pytest.mark.django_db
def test_active_people_have_an_account_and_take_no_break():
    here = VolunteerFactory()
    back = VolunteerFactory(paused_until=TODAY - dt.timedelta(days=1))
    VolunteerFactory(paused_until=TODAY)
    VolunteerFactory(user__is_active=False)
    assert set(Volunteer.objects.active(TODAY)) == {here, back}
    assert here.is_paused(TODAY) is False


@pytest.mark.django_db
def test_a_coordinator_finds_the_people_of_their_towns():
    here = VolunteerFactory()
    VolunteerFactory()
    user = DeskMembershipFactory(desk__towns=[here.town]).user
    assert list(Volunteer.objects.in_area_of(user)) == [here]
    assert not Volunteer.objects.in_area_of(UserFactory()).exists()
