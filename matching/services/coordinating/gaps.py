"""Where wishes and needs do not meet: for each district and activity, what is wished, needed or offered in vain.

What everybody may read (``public``) is coarser. There is one number for a district, a field of activities and a
column, and no total of any. Each is rounded on its own by a key that nobody outside knows, to 0 or a multiple of five,
from how many people it is about: somebody with several wishes of a field counts once there. A filter only chooses
among these cells. So whatever two filters show, what one has more than the other is again whole cells, each 0 or at
least 5; there is no sum over several cells from which the others could be taken away. That one person came or went
shows in a cell only where the count crosses a step, and where the steps lie is not known.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np
from django.utils.timezone import localdate
from scipy import sparse
from scipy.spatial.distance import cdist

from matching import reports
from matching.dataset import vocabulary
from matching.dataset.asked import LEAD
from matching.dataset.rows import columns, positions
from matching.dataset.vocabulary import Ids, Vocabulary
from matching.engine.geodesy import cartesian_km, way_km
from matching.engine.problem import Bool, Float
from matching.engine.tree import with_descendants
from matching.services.explaining import counts
from matching.services.running import runs
from organisations.models import Need, Offer, Role, Slot
from organisations.models.cooperation import CooperationStatus
from organisations.services.offers import available

COLUMNS = ("wishes", "needs", "roles", "offers")
Key = tuple[int | None, int | None]
Things = dict[str, dict[Key, set[int]]]

_WISHES = """
    SELECT v.id::int8, v.town_id::int8, i.activity_id::int8, v.takes_online::int::int8, v.is_home_only::int::int8,
        v.travel_limit_km::float8
    FROM volunteers_volunteer_interests i
    JOIN volunteers_volunteer v ON v.id = i.volunteer_id JOIN accounts_user u ON u.id = v.user_id
    WHERE u.is_active AND (v.paused_until IS NULL OR v.paused_until < %s)
"""
_TOWNS = """
    SELECT id::int8, coalesce(district_id, -1)::int8, coalesce(lat, 'NaN')::float8, coalesce(lng, 'NaN')::float8
    FROM organisations_town ORDER BY id
"""


@dataclass(frozen=True, slots=True)
class Cell:
    """What does not meet in a district, about an activity; None stands for no district, or for no activity named.

    Parameters
    ----------
    wishes : people who would like it, and have no open role of it within their way.
    needs : open needs that nobody within their way would like.
    roles : open roles to which fewer people could come than ``reports.FEW``; shut_out : what keeps most others away,
        most frequent first.
    offers : offers to be had that nobody has made use of yet.
    need_ids, role_ids, offer_ids : which they are, for coordinators alone.
    """

    district_id: int | None
    activity_id: int | None
    wishes: int = 0
    needs: int = 0
    roles: int = 0
    offers: int = 0
    shut_out: tuple[str, ...] = ()
    need_ids: tuple[int, ...] = ()
    role_ids: tuple[int, ...] = ()
    offer_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Ground:
    """Towns and activities by their rows; ``below[a, b]``: activity *b* is *a* or lies below it."""

    words: Vocabulary
    town_ids: Ids
    district: Ids
    points: Float
    below: Bool

    def districts(self, town_ids: Ids) -> list[int | None]:
        found = self.district[positions(self.town_ids, town_ids)].tolist()
        return [None if district < 0 else district for district in found]

    def meant(self, activity_ids: Iterable[int]) -> Bool:
        """Return which activities one may wish for to mean one of these, bool (activities,)."""
        at = positions(self.words.activities, np.array(list(activity_ids), dtype=np.int64))
        return np.asarray(self.below[:, at[at >= 0]].any(axis=1))


@dataclass(frozen=True, slots=True)
class _Wishes:
    """Whom each wish is of, about what, from where and how far (w rows); ``town`` and ``activity`` are rows."""

    person: Ids
    town: Ids
    activity: Ids
    takes_online: Bool
    is_home_only: Bool
    limit_km: Float


@dataclass(frozen=True, slots=True)
class _Counts:
    """How many there are of each."""

    things: Things

    def of(self, name: str, key: Key) -> int:
        return len(self.things[name].get(key, ()))


class _Coarse(_Counts):
    """The same for everybody, each cell rounded on its own."""

    def of(self, name: str, key: Key) -> int:
        return counts.rounded(super().of(name, key), of=f"gaps {name} {key[0]} {key[1]}")


@dataclass
class _Found:
    """What was found, by district and activity: who or which, so that each counts once."""

    things: Things = field(default_factory=lambda: {name: defaultdict(set) for name in COLUMNS})
    binding: dict[Key, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def of(self, name: str, cell: Cell) -> tuple[int, ...]:
        return tuple(sorted(self.things[name].get((cell.district_id, cell.activity_id), ())))


def cells(*, now: dt.datetime) -> list[Cell]:
    """Return everything that does not meet, by district and activity. For coordinators alone."""
    found = _find(_ground(), now)
    keys = {key for of_column in found.things.values() for key in of_column}
    shown = [_cell(key, _Counts(found.things), found.binding[key]) for key in sorted(keys, key=str)]
    return [
        replace(
            cell,
            need_ids=found.of("needs", cell),
            role_ids=found.of("roles", cell),
            offer_ids=found.of("offers", cell),
        )
        for cell in shown
    ]


def public(*, now: dt.datetime) -> list[Cell]:
    """Return the same for everybody: by district and field, each number 0 or at least 5, cells of zeros left out."""
    ground = _ground()
    found, top = _find(ground, now), _fields(ground.words)
    merged: Things = {name: defaultdict(set) for name in COLUMNS}
    for name, of_column in found.things.items():
        for (district, activity), things in of_column.items():
            if district is not None and activity is not None:
                merged[name][district, top[activity]] |= things
    keys = {key for of_column in merged.values() for key in of_column}
    shown = [_cell(key, _Coarse(merged), Counter()) for key in sorted(keys, key=str)]
    return [cell for cell in shown if cell.wishes or cell.needs or cell.roles or cell.offers]


def _cell(key: Key, counted: _Counts, binding: Counter[str]) -> Cell:
    return Cell(
        *key,
        wishes=counted.of("wishes", key),
        needs=counted.of("needs", key),
        roles=counted.of("roles", key),
        offers=counted.of("offers", key),
        shut_out=tuple(word for word, _count in binding.most_common()),
    )


def _fields(words: Vocabulary) -> dict[int, int]:
    """Return activity id → the id of the field it belongs to."""
    top = {}
    for row, id_ in enumerate(words.activities.tolist()):
        at = row
        while words.parent[at] >= 0:
            at = int(words.parent[at])
        top[id_] = int(words.activities[at])
    return top


def _find(ground: _Ground, now: dt.datetime) -> _Found:
    found, wishes = _Found(), _wishes(ground, localdate(now))
    _add_wishes(found, ground, wishes, now)
    _add_needs(found, ground, wishes, localdate(now))
    _add_roles(found, ground)
    _add_offers(found, ground, now)
    return found


def _ground() -> _Ground:
    words = vocabulary.read()
    towns = columns(_TOWNS, ints=("id", "district"), floats=("lat", "lng"))
    each = sparse.csr_array(sparse.eye_array(len(words.activities)))
    below = with_descendants(each, words.parent).toarray() > 0
    return _Ground(words, towns["id"], towns["district"], cartesian_km(towns["lat"], towns["lng"]), below)


def _wishes(ground: _Ground, today: dt.date) -> _Wishes:
    ints = ("person", "town", "activity", "online", "home")
    rows = columns(_WISHES, (today,), ints=ints, floats=("limit",))
    activity = positions(ground.words.activities, rows["activity"])
    known = activity >= 0
    return _Wishes(
        person=rows["person"][known],
        town=positions(ground.town_ids, rows["town"][known]),
        activity=activity[known],
        takes_online=rows["online"][known] > 0,
        is_home_only=rows["home"][known] > 0,
        limit_km=rows["limit"][known],
    )


def _add_wishes(found: _Found, ground: _Ground, wishes: _Wishes, now: dt.datetime) -> None:
    free = Slot.objects.free(now + LEAD).values("role")
    roles = Role.objects.open().filter(pk__in=free).select_related("venue").prefetch_related("role_activities")
    nearest = np.full(ground.below.shape[:1] + ground.town_ids.shape, np.inf)
    at_home = np.zeros(len(ground.below), dtype=np.bool_)
    for role in roles:
        meant = ground.meant(one.activity_id for one in role.role_activities.all())
        if role.is_online:
            at_home |= meant
        elif role.venue is not None:
            way = _way(ground, role.venue.lat, role.venue.lng)
            nearest[meant] = np.fmin(nearest[meant], way)
    goes = (nearest[wishes.activity, wishes.town] <= wishes.limit_km) & ~wishes.is_home_only
    missed = np.flatnonzero(~(goes | (at_home[wishes.activity] & wishes.takes_online)))
    districts = ground.districts(ground.town_ids[wishes.town[missed]])
    activities = ground.words.activities[wishes.activity[missed]].tolist()
    for district, activity, person in zip(districts, activities, wishes.person[missed].tolist(), strict=True):
        found.things["wishes"][district, activity].add(person)


def _add_needs(found: _Found, ground: _Ground, wishes: _Wishes, today: dt.date) -> None:
    furthest = np.full((len(ground.below), len(ground.town_ids)), -np.inf)
    goes = ~wishes.is_home_only
    np.maximum.at(furthest, (wishes.activity[goes], wishes.town[goes]), wishes.limit_km[goes])
    needs = Need.objects.open().filter(wanted_until__gte=today).select_related("town")
    for need in needs.prefetch_related("activities", "district__towns"):
        towns = [need.town] if need.town else list(need.district.towns.all()) if need.district else []
        ticked = [activity.pk for activity in need.activities.all()]
        ways = [_way(ground, town.lat, town.lng) for town in towns if town.lat is not None and town.lng is not None]
        near = np.fmin.reduce([np.full(len(ground.town_ids), np.inf), *ways])
        if not (furthest[ground.meant(ticked)] >= near).any():
            district = need.district_id or (need.town.district_id if need.town else None)
            _add(found, "needs", district, ticked, need.pk)


def _add_roles(found: _Found, ground: _Ground) -> None:
    run = runs.latest()
    if run is None:
        return
    thin = reports.scarce().filter(run=run, role__in=Role.objects.open())
    for report in thin.select_related("role__organisation", "role__venue").prefetch_related("role__role_activities"):
        role, one = report.role, reports.of_report(report)
        town = role.venue.town_id if role.venue else role.organisation.town_id
        (district,) = ground.districts(np.array([town]))
        ticked = [named.activity_id for named in role.role_activities.all()]
        for key in _add(found, "roles", district, ticked, role.pk):
            found.binding[key].update([one.binding] if one.binding else [])


def _add_offers(found: _Found, ground: _Ground, now: dt.datetime) -> None:
    used = (CooperationStatus.AGREED, CooperationStatus.DONE)
    unused: Iterable[Offer] = (
        available.to_be_had(now=now).exclude(cooperations__status__in=used).prefetch_related("activities")
    )
    for offer in unused:
        (district,) = ground.districts(np.array([offer.town_id]))
        _add(found, "offers", district, [activity.pk for activity in offer.activities.all()], offer.pk)


def _add(found: _Found, name: str, district: int | None, activities: list[int], thing: int) -> list[Key]:
    keys: list[Key] = [(district, activity) for activity in activities] or [(district, None)]
    for key in keys:
        found.things[name][key].add(thing)
    return keys


def _way(ground: _Ground, lat: float, lng: float) -> Float:
    """Return the way from every town to a point, float64 (towns,), km; NaN from towns without a point."""
    return way_km(cdist(cartesian_km(np.array([lat]), np.array([lng])), ground.points)[0])
