"""Half hours as bits: what goes in comes out, and nothing else gets in."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import NOW, VolunteerFactory
from volunteers.models import AvailabilityException
from volunteers.models.availability import ALL_DAY
from volunteers.services.people import availability

LATER = NOW + dt.timedelta(hours=1)
minutes = st.integers(0, 1440)
masks = st.integers(0, ALL_DAY)


@given(masks)
def test_a_day_is_the_sum_of_its_stretches(mask):
    spans = availability.ranges(mask)
    assert sum(availability.bits(*span) for span in spans) == mask


@given(masks)
def test_stretches_are_in_order_and_never_touch(mask):
    edges = [edge for span in availability.ranges(mask) for edge in span]
    assert edges == sorted(set(edges))
    assert all(edge % 30 == 0 for edge in edges)


@given(minutes, minutes)
def test_a_half_hour_counts_only_where_it_is_free_from_end_to_end(one, other):
    start, end = sorted((one, other))
    if start == end:
        with pytest.raises(availability.BadTime):
            availability.bits(start, end)
        return
    mask = availability.bits(start, end)
    for half_hour in range(48):
        is_inside = start <= half_hour * 30 and half_hour * 30 + 30 <= end
        assert bool(mask >> half_hour & 1) == is_inside


@pytest.mark.parametrize(("start", "end"), [(540, 539), (-1, 60), (0, 1441), (1440, 1440)])
def test_times_that_are_none_are_refused(start, end):
    with pytest.raises(availability.BadTime):
        availability.bits(start, end)


@pytest.mark.parametrize("mask", [-1, ALL_DAY + 1])
def test_bits_beyond_a_day_are_refused(mask):
    with pytest.raises(availability.BadWeek):
        availability.ranges(mask)


@pytest.mark.django_db
def test_the_week_is_kept_and_the_profile_is_newer():
    volunteer, week = VolunteerFactory(), [availability.bits(540, 720)] * 5 + [0, ALL_DAY]
    kept = availability.set_weekly(volunteer=volunteer, weekly=week, now=LATER, actor=volunteer.user)
    kept.refresh_from_db()
    volunteer.refresh_from_db()
    assert (kept.weekly, volunteer.changed_at) == (week, LATER)


@pytest.mark.django_db
@pytest.mark.parametrize("week", [[], [0] * 6, [0] * 8, [0] * 6 + [ALL_DAY + 1], [-1] + [0] * 6])
def test_a_week_that_is_none_is_refused(week):
    with pytest.raises(availability.BadWeek):
        availability.set_weekly(volunteer=VolunteerFactory(), weekly=week, now=NOW, actor=None)


@pytest.mark.django_db
def test_one_day_differs_changes_and_is_as_usual_again():
    volunteer, day = VolunteerFactory(), dt.date(2027, 3, 6)
    for free in (0, ALL_DAY):
        availability.set_day(volunteer=volunteer, on=day, free=free, now=LATER, actor=None)
        assert AvailabilityException.objects.get().free == free
    availability.set_day(volunteer=volunteer, on=day, free=None, now=LATER, actor=None)
    assert not AvailabilityException.objects.exists()
    volunteer.refresh_from_db()
    assert volunteer.changed_at == LATER


@pytest.mark.django_db
def test_today_can_still_be_set_and_yesterday_not():
    volunteer = VolunteerFactory()
    early = dt.datetime(2027, 2, 28, 15, 30, tzinfo=dt.UTC)  # half past midnight on 1 March in Japan
    availability.set_day(volunteer=volunteer, on=dt.date(2027, 3, 1), free=0, now=early, actor=None)
    with pytest.raises(availability.DayInPast):
        availability.set_day(volunteer=volunteer, on=dt.date(2027, 2, 28), free=0, now=early, actor=None)


@pytest.mark.django_db
@pytest.mark.parametrize("free", [-1, ALL_DAY + 1])
def test_a_day_that_is_none_is_refused(free):
    with pytest.raises(availability.BadWeek):
        availability.set_day(volunteer=VolunteerFactory(), on=NOW.date(), free=free, now=NOW, actor=None)
