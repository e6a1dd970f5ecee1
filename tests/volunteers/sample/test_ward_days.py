from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from organisations.models import Slot
from volunteers.models import Volunteer
from volunteers.sample import ward


@pytest.mark.django_db
def test_it_loads_in_the_last_minute_of_a_leap_day() -> None:
    now = dt.datetime(2028, 2, 29, 23, 59, tzinfo=timezone.get_default_timezone())
    loaded = ward.load(now=now)
    assert (
        Slot.objects.filter(role__status="open", starts_at__gt=now, ends_at__lt=now + dt.timedelta(days=29)).count()
        == loaded.slots
    )
    assert Volunteer.objects.get(pk=loaded.volunteer_ids["umeno"]).age(now.date()) == 75
    connection.check_constraints()
