"""Offers, needs and open roles → the arrays that offers are matched in, and the rows that these stand for."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from dateutil.relativedelta import relativedelta
from django.utils.timezone import localdate, localtime

from matching.dataset import vocabulary, wording
from matching.dataset.asked import LEAD
from matching.dataset.traits import BESIDES, MAIN
from matching.dataset.vocabulary import Ticks, Vocabulary
from matching.engine.offers.market import ANY_TIME, NO_END, PARTS_OF_DAY, Kind, Long, Market, Occasions, Offers, Wants
from matching.engine.problem import Bool
from matching.engine.text import Vectors
from matching.engine.tree import spread
from organisations.models import Cooperation, Need, Offer, Role, Slot, Town
from organisations.models.offer import Help
from organisations.models.pattern import When
from organisations.services.cooperations import sides
from organisations.services.offers import available, food

# To a room people come on foot or by bus, whoever offers it.
ROOM_KM = 3.0
# Nobody said that it would help; it may.
MAY = 0.5
_FOR_A_ROLE = {Kind.KNOW_HOW: MAY, Kind.VEHICLE: MAY, Kind.GOODS: MAY}
_PART_BEGINS = (0, 12, 17, 24)

Want = Need | Role


@dataclass(frozen=True, slots=True)
class Fair:
    """A market, and what its rows stand for; ``slots`` has the slot of an occasion, None for a need's."""

    market: Market
    offers: list[Offer]
    wants: list[Want]
    slots: list[Slot | None]


def read(now: dt.datetime) -> Fair:
    """Return the offers that can be had, the open needs, the open roles with places free; ten queries."""
    words, today = vocabulary.read(), localdate(now)
    given = list(
        available.to_be_had(now=now)
        .select_related("organisation__town", "town", "venue")
        .prefetch_related("activities")
        .order_by("pk")
    )
    needs, (roles, slots) = _needs(today), _roles(now)
    wants: list[Want] = [*needs, *roles]
    times = [*_of_needs(needs, today), *_of_slots(slots, roles, len(needs), today)]
    columns = np.array([row for row, _slot in times], dtype=np.int64).reshape(-1, 4).T
    market = Market(
        offers=_offers(given, today, words),
        wants=_wants(needs, roles, slots, words),
        occasions=Occasions(*columns),
        first_weekday=today.weekday(),
        closed=_closed(given, wants),
    )
    return Fair(market, given, wants, [slot for _row, slot in times])


def host_of(want: Want) -> int:
    """Return the id of the organisation that would receive it."""
    return sides.host_of(want).pk if isinstance(want, Need) else want.organisation_id


def times_of_week(named: Sequence[str]) -> int:
    """Return rough times as bits; all where none is named."""
    order = list(When.values)
    return sum(1 << order.index(one) for one in named) or ANY_TIME


def _needs(today: dt.date) -> list[Need]:
    open_now = Need.objects.open().filter(wanted_until__gte=today)
    related = open_now.select_related("town", "district", "host__town", "desk__organisation__town")
    return list(related.prefetch_related("activities", "district__towns").order_by("pk"))


def _roles(now: dt.datetime) -> tuple[list[Role], dict[int, list[Slot]]]:
    """Return the open roles that are done somewhere and have places free, and their free slots."""
    free: dict[int, list[Slot]] = {}
    asked = Role.objects.open().filter(is_online=False)
    for slot in Slot.objects.free(now + LEAD).filter(role__in=asked).order_by("starts_at", "pk"):
        free.setdefault(slot.role_id, []).append(slot)
    rows = Role.objects.filter(pk__in=free).select_related("organisation__town", "venue__town")
    return list(rows.prefetch_related("role_activities").order_by("pk")), free


def _offers(given: list[Offer], today: dt.date, words: Vocabulary) -> Offers:
    places = np.array([_of_offer(one) for one in given], dtype=np.float64).reshape(-1, 2)
    ticked = [_known([activity.pk for activity in one.activities.all()], words) for one in given]
    return Offers(
        number=_whole(one.pk for one in given),
        owner=_whole(one.organisation_id for one in given),
        kind=_whole(Kind[Help(one.kind).name] for one in given),
        lat=places[:, 0],
        lng=places[:, 1],
        within_km=np.array([_within_km(one) for one in given], dtype=np.float64),
        amount=_whole(_amount(one) for one in given),
        week=_whole(times_of_week(one.when) for one in given),
        first_day=_whole(max(_days(one.starts_on, today, 0), one.notice_days) for one in given),
        last_day=_whole(_last_day(one, today) for one in given),
        activities=spread(_ticks(ticked).matrix(words.activities), words.parent),
        text=_vectors(given, ticked, words),
    )


def _wants(needs: list[Need], roles: list[Role], slots: dict[int, list[Slot]], words: Vocabulary) -> Wants:
    ticked = [_known([activity.pk for activity in need.activities.all()], words) for need in needs]
    ticked += [_known([named.activity_id for named in role.role_activities.all()], words) for role in roles]
    weights = [MAIN for tags in ticked[: len(needs)] for _tag in tags]
    weights += [BESIDES if place else MAIN for tags in ticked[len(needs) :] for place, _tag in enumerate(tags)]
    places = np.array([*map(_of_need, needs), *map(_of_role, roles)], dtype=np.float64).reshape(-1, 2)
    wants: list[Want] = [*needs, *roles]
    return Wants(
        number=_whole(2 * one.pk + isinstance(one, Role) for one in wants),
        owner=_whole(host_of(one) for one in wants),
        helps=np.array([*map(_helps_need, needs), *map(_helps_role, roles)]).reshape(-1, len(Kind)),
        lat=places[:, 0],
        lng=places[:, 1],
        people=_whole([*(need.people for need in needs), *(_places_left(slots[role.pk]) for role in roles)]),
        things=_whole([*(need.quantity or 1 for need in needs), *(1 for _role in roles)]),
        activities=_ticks(ticked).matrix(words.activities, np.array(weights, dtype=np.float64)),
        text=_vectors(wants, ticked, words),
    )


def _of_needs(needs: list[Need], today: dt.date) -> list[tuple[tuple[int, int, int, int], Slot | None]]:
    return [
        ((row, 0, (need.wanted_until - today).days, times_of_week(need.when)), None) for row, need in enumerate(needs)
    ]


def _of_slots(
    slots: dict[int, list[Slot]], roles: list[Role], first_row: int, today: dt.date
) -> list[tuple[tuple[int, int, int, int], Slot | None]]:
    return [
        ((first_row + row, *_stretch(slot, today)), slot) for row, role in enumerate(roles) for slot in slots[role.pk]
    ]


def _stretch(slot: Slot, today: dt.date) -> tuple[int, int, int]:
    """Return first and last day, and the rough times of the week that a slot touches; of a longer window all."""
    start, end = localtime(slot.starts_at), localtime(slot.ends_at - dt.timedelta(microseconds=1))
    days = (start.date() - today).days, (end.date() - today).days
    if days[0] != days[1]:
        return *days, ANY_TIME
    touched = [
        part for part in range(PARTS_OF_DAY) if start.hour < _PART_BEGINS[part + 1] and end.hour >= _PART_BEGINS[part]
    ]
    return *days, sum(1 << PARTS_OF_DAY * start.weekday() + part for part in touched)


def _closed(given: list[Offer], wants: list[Want]) -> Bool:
    """Mark the pairs that were ever brought together: what one side did not want is not proposed again."""
    at = {offer.pk: row for row, offer in enumerate(given)}
    need_at = {want.pk: row for row, want in enumerate(wants) if isinstance(want, Need)}
    role_at = {want.pk: row for row, want in enumerate(wants) if isinstance(want, Role)}
    table = np.zeros((len(given), len(wants)), dtype=np.bool_)
    for offer, need, role in Cooperation.objects.filter(offer__in=at).values_list("offer", "need", "role"):
        for row in (need_at.get(need), role_at.get(role)):
            if row is not None:
                table[at[offer], row] = True
    return table


def _helps_need(need: Need) -> list[float]:
    return [1.0 if Help[kind.name] in need.helps else 0.0 for kind in Kind]


def _helps_role(role: Role) -> list[float]:
    """A role has its place; hands come as a group, where it takes such."""
    helps = {Kind.PEOPLE: 1.0 if role.takes_groups else 0.0, Kind.ROOM: 0.0, **_FOR_A_ROLE}
    return [helps[kind] for kind in Kind]


def _places_left(slots: list[Slot]) -> int:
    return max(slot.places_left for slot in slots)


def _within_km(offer: Offer) -> float:
    if offer.kind == Help.ROOM:
        return ROOM_KM
    return math.inf if offer.within_km is None else offer.within_km


def _amount(offer: Offer) -> int:
    most = offer.left if offer.kind == Help.GOODS else offer.people
    return NO_END if most is None else most


def _last_day(offer: Offer, today: dt.date) -> int:
    keeps = offer.best_before - relativedelta(months=food.MONTHS_TO_SHOW) if offer.best_before else None
    return min(_days(offer.ends_on, today, NO_END), _days(keeps, today, NO_END))


def _days(on: dt.date | None, today: dt.date, otherwise: int) -> int:
    return otherwise if on is None else (on - today).days


def _of_offer(offer: Offer) -> tuple[float, float]:
    return (offer.venue.lat, offer.venue.lng) if offer.venue else _point([offer.town])


def _of_need(need: Need) -> tuple[float, float]:
    return _point([need.town] if need.town else list(need.district.towns.all()) if need.district else [])


def _of_role(role: Role) -> tuple[float, float]:
    return (role.venue.lat, role.venue.lng) if role.venue else _point([role.organisation.town])


def _point(towns: list[Town]) -> tuple[float, float]:
    """Return the middle of the towns whose point is known."""
    known = [(town.lat, town.lng) for town in towns if town.lat is not None and town.lng is not None]
    if not known:
        return math.nan, math.nan
    return sum(lat for lat, _lng in known) / len(known), sum(lng for _lat, lng in known) / len(known)


def _vectors(rows: Sequence[Offer | Want], ticked: list[list[int]], words: Vocabulary) -> Vectors:
    """Return the vectors of all that is said about each, with all that its activities are called."""
    named = dict(zip(words.activities.tolist(), words.names, strict=True))
    said = [
        " ".join([row.title, row.title_en, row.summary, row.summary_en, *(name for tag in tags for name in named[tag])])
        for row, tags in zip(rows, ticked, strict=True)
    ]
    return wording.model_of(words).vectors(said)


def _known(ticked: list[int], words: Vocabulary) -> list[int]:
    """Leave out what came into the vocabulary after that was read."""
    return [term for term in ticked if term in words.activities]


def _ticks(rows: list[list[int]]) -> Ticks:
    pairs = [(row, term) for row, terms in enumerate(rows) for term in terms]
    columns = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return Ticks(columns[:, 0], columns[:, 1], len(rows))


def _whole(values: Iterable[int]) -> Long:
    return np.array(list(values), dtype=np.int64)
