"""Small needs within a walk of each other, and on the same half day, make one visit.

``group`` is pure: it knows no rows and no clock, and gives the same visits whatever the order of what it gets.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from accounts.models import User
from organisations.models import Need
from organisations.models.offer import Help
from organisations.models.pattern import When
from organisations.services.needs import finding
from organisations.services.places.geocoding import apart_km
from organisations.services.times.rough_times import length_min, next_day

SMALL_MIN, SMALL_PEOPLE = 45, 2
WALK_KM = 1.0
# Between two stops that lie a kilometre apart as the crow flies.
WALK_MIN = 15
MOST_STOPS = 6
# Somebody looks the role through, and people hear of it: sooner than that nobody could come.
DAYS_AHEAD = 3
MOST_NEEDS = 300


@dataclass(frozen=True, slots=True)
class Stop:
    """A small need: the point of its town in degrees, its rough times (none: any), minutes, people, last day."""

    need: int
    lat: float
    lng: float
    when: frozenset[str]
    minutes: int
    people: int
    until: dt.date


@dataclass(frozen=True, slots=True)
class Visit:
    """Two stops or more on one half day, in the order in which one walks; ``minutes`` with the ways between."""

    stops: tuple[Stop, ...]
    on: dt.date
    when: When

    @property
    def minutes(self) -> int:
        return _minutes(self.stops)

    @property
    def people(self) -> int:
        return max(stop.people for stop in self.stops)


@dataclass(frozen=True, slots=True)
class Proposal:
    visit: Visit
    needs: list[Need]


def propose(*, user: User, now: dt.datetime) -> list[Proposal]:
    """Return the visits that could be made of the small needs of the desks of *user*, each need in one at most."""
    today = timezone.localdate(now)
    small = finding.wanted(today).filter(
        pk__in=Need.objects.in_area_of(user).values("pk"),
        role=None,
        helps__contains=[Help.PEOPLE],
        minutes__lte=SMALL_MIN,
        people__lte=SMALL_PEOPLE,
        town__lat__isnull=False,
    )
    rows = {need.pk: need for need in small.select_related("town", "desk__organisation").order_by("pk")[:MOST_NEEDS]}
    by_desk: dict[int, list[Stop]] = {}
    for need in rows.values():
        by_desk.setdefault(need.desk_id, []).append(_stop(need))
    found = [visit for stops in by_desk.values() for visit in group(stops, first=_first(now))]
    return [Proposal(visit, [rows[stop.need] for stop in visit.stops]) for visit in found]


def of(needs: Iterable[Need], *, now: dt.datetime) -> Visit | None:
    """Return the visit that *needs* make all together, if they do."""
    stops = [_stop(need) for need in needs if need.town is not None and need.town.has_point and need.minutes]
    found = group(stops, first=_first(now))
    return next((visit for visit in found if len(visit.stops) == len(stops)), None)


def group(stops: Iterable[Stop], *, first: dt.date) -> list[Visit]:
    """Return visits of two stops or more, no stop in two of them.

    Parameters
    ----------
    first : the earliest day; a visit takes place within a week from then.

    Notes
    -----
    Stops are taken in the order of their ids. Each begins the best visit it can: the most stops, then the least way,
    then the earliest half day. Whoever is in it lies within ``WALK_KM`` of everybody else in it.
    """
    left = sorted(stops, key=lambda stop: stop.need)
    visits: list[Visit] = []
    while left:
        seed, *others = left
        best = min((_visit(seed, others, when, first) for when in When), key=_rank)
        taken = set(best.stops)
        if len(taken) > 1:
            visits.append(best)
        left = [stop for stop in others if stop not in taken]
    return visits


def _visit(seed: Stop, others: list[Stop], when: When, first: dt.date) -> Visit:
    """Return all that fits with *seed* on the next *when*; nothing but it where it cannot be itself then."""
    on = next_day(when, first)
    stops = [seed]
    if _can_be(seed, when, on):
        for stop in sorted(others, key=lambda one: (_km(seed, one), one.need)):
            near = all(_km(stop, one) <= WALK_KM for one in stops)
            is_short = len(stops) < MOST_STOPS and _minutes([*stops, stop]) <= length_min(when)
            if near and is_short and _can_be(stop, when, on):
                stops.append(stop)
    return Visit(tuple(stops), on, when)


def _rank(visit: Visit) -> tuple[int, float, dt.date, int]:
    way = sum(_km(one, other) for one, other in zip(visit.stops, visit.stops[1:], strict=False))
    return -len(visit.stops), way, visit.on, list(When).index(visit.when)


def _first(now: dt.datetime) -> dt.date:
    return timezone.localdate(now) + dt.timedelta(DAYS_AHEAD)


def _can_be(stop: Stop, when: When, on: dt.date) -> bool:
    return on <= stop.until and (not stop.when or when in stop.when)


def _minutes(stops: Iterable[Stop]) -> int:
    each = [stop.minutes for stop in stops]
    return sum(each) + WALK_MIN * (len(each) - 1)


def _km(one: Stop, other: Stop) -> float:
    return math.hypot(*apart_km(one.lat, one.lng, other.lat, other.lng))


def _stop(need: Need) -> Stop:
    town = need.town
    assert town is not None  # noqa: S101  asked for above
    point = (town.lat or 0.0, town.lng or 0.0)
    return Stop(need.pk, *point, frozenset(need.when), need.minutes or 0, need.people, need.wanted_until)
