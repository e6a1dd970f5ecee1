"""Small needs near each other and at the same time make one visit."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organisations.models.offer import Help
from organisations.models.pattern import When
from organisations.services.taking_up import visits
from organisations.services.taking_up.visits import Stop
from organisations.services.times.rough_times import length_min, next_days
from tests.factories import NOW, DeskMembershipFactory, NeedFactory, RoleFactory, TownFactory

MONDAY = dt.date(2027, 3, 1)
SATURDAY, SUNDAY = dt.date(2027, 3, 6), dt.date(2027, 3, 7)
KM = 1 / 111.2
BULB = Stop(1, 35.47, 139.54, frozenset({When.SAT_AM}), 30, 1, dt.date(2027, 4, 1))


def stop(need: int, *, north_km: float = 0.0, **fields: object) -> Stop:
    return replace(BULB, need=need, lat=35.47 + north_km * KM, **fields)  # type: ignore[arg-type]


def needs_of(found: list[visits.Visit]) -> list[list[int]]:
    return [[one.need for one in visit.stops] for visit in found]


def test_what_lies_within_a_walk_on_the_same_half_day_is_one_visit() -> None:
    (visit,) = visits.group([stop(1), stop(2, north_km=0.4), stop(3, north_km=0.9)], first=MONDAY)
    assert needs_of([visit]) == [[1, 2, 3]]
    assert (visit.on, visit.when, visit.minutes, visit.people) == (SATURDAY, When.SAT_AM, 120, 1)


def test_everybody_lies_within_a_walk_of_everybody() -> None:
    line = [stop(1), stop(2, north_km=0.8), stop(3, north_km=1.6)]
    assert needs_of(visits.group(line, first=MONDAY)) == [[1, 2]]
    assert visits.group([stop(1), stop(2, north_km=1.1)], first=MONDAY) == []


def test_times_must_meet_and_no_time_given_meets_any() -> None:
    sunday = stop(2, when=frozenset({When.SUN_PM}))
    assert visits.group([stop(1), sunday], first=MONDAY) == []
    (visit,) = visits.group([sunday, stop(3, when=frozenset())], first=MONDAY)
    assert (visit.on, visit.when) == (SUNDAY, When.SUN_PM)


def test_a_day_after_the_last_day_of_one_of_them_is_no_day() -> None:
    ends_before = stop(2, until=dt.date(2027, 3, 5))
    assert visits.group([stop(1), ends_before], first=MONDAY) == []


def test_a_visit_is_no_longer_than_its_half_day_and_has_so_many_stops() -> None:
    long = [stop(n, minutes=45) for n in range(1, 5)]
    assert needs_of(visits.group(long, first=MONDAY)) == [[1, 2, 3]]
    short = [stop(n, minutes=5) for n in range(1, 9)]
    assert needs_of(visits.group(short, first=MONDAY)) == [[1, 2, 3, 4, 5, 6], [7, 8]]


@given(
    st.lists(
        st.tuples(
            st.floats(-2, 2),
            st.frozensets(st.sampled_from(list(When)), max_size=3),
            st.integers(5, 45),
            st.integers(0, 9),
        ),
        max_size=12,
    ),
    st.integers(0, 99),
)
def test_the_order_of_what_comes_in_changes_nothing_and_every_visit_keeps_the_rules(
    drawn: list[tuple[float, frozenset[str], int, int]], seed: int
) -> None:
    stops = [
        stop(n, north_km=north, when=when, minutes=minutes, until=MONDAY + dt.timedelta(days=days))
        for n, (north, when, minutes, days) in enumerate(drawn)
    ]
    found = visits.group(stops, first=MONDAY)
    shuffled = list(stops)
    random.Random(seed).shuffle(shuffled)
    assert visits.group(shuffled, first=MONDAY) == found
    everybody = [one.need for visit in found for one in visit.stops]
    assert len(everybody) == len(set(everybody))
    for visit in found:
        assert len(visit.stops) >= 2
        assert visit.minutes <= length_min(visit.when)
        assert MONDAY <= visit.on < MONDAY + dt.timedelta(days=7)
        for one in visit.stops:
            assert visit.on <= one.until
            assert not one.when or visit.when in one.when
            assert all(abs(one.lat - other.lat) <= visits.WALK_KM * KM * 1.001 for other in visit.stops)


def test_the_next_day_of_each_rough_time_in_their_order() -> None:
    wanted = [When.SUN_AM, When.MON_PM, When.SAT_AM, When.MON_AM]
    assert next_days(wanted, first=MONDAY, last=SATURDAY) == [
        (MONDAY, When.MON_AM),
        (MONDAY, When.MON_PM),
        (SATURDAY, When.SAT_AM),
    ]


@pytest.mark.django_db
def test_only_small_needs_of_ones_own_desk_without_a_role_are_proposed() -> None:
    membership = DeskMembershipFactory()
    town = TownFactory()
    small = {"desk": membership.desk, "town": town, "minutes": 30}
    wanted = [NeedFactory(**small), NeedFactory(**small)]
    NeedFactory(**{**small, "minutes": 46})
    NeedFactory(**{**small, "minutes": None})
    NeedFactory(**small, people=3)
    NeedFactory(**small, helps=[Help.ROOM])
    NeedFactory(**small, role=RoleFactory())
    NeedFactory(**small, status="draft")
    NeedFactory(town=town, minutes=30)
    (proposal,) = visits.propose(user=membership.user, now=NOW)
    assert proposal.needs == wanted
    assert proposal.visit.on >= NOW.date() + dt.timedelta(days=visits.DAYS_AHEAD)
