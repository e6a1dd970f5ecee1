"""Offers, needs and open roles → the arrays that offers are matched in, and the rows that these stand for."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from dateutil.relativedelta import relativedelta
from django.utils.timezone import localdate
from scipy import sparse

from matching.dataset import fair_roles, vocabulary, wording
from matching.dataset.fair_roles import AskedFor
from matching.dataset.traits import MAIN
from matching.dataset.vocabulary import Ids, Ticks, Vocabulary
from matching.engine.offers.market import ANY_TIME, NO_END, Kind, Long, Market, Occasions, Offers, Wants
from matching.engine.problem import Bool
from matching.engine.text import Vectors
from matching.engine.tree import spread
from organisations.models import Cooperation, Need, Offer, Town
from organisations.models.offer import Help
from organisations.models.pattern import When
from organisations.services.cooperations import sides
from organisations.services.offers import available, food

# To a room people come on foot or by bus, whoever offers it.
ROOM_KM = 3.0


@dataclass(frozen=True, slots=True)
class Fair:
    """A market, and what its rows stand for: the wants are the needs and then the roles, and so are the occasions.

    ``slot_ids`` has the slot of each occasion of a role. Roles and slots are not here as rows: a few of them are asked
    for, and a city has many.
    """

    market: Market
    offers: list[Offer]
    needs: list[Need]
    role_ids: Ids
    slot_ids: Ids

    def need(self, want: int) -> Need | None:
        """Return the need in this row of the wants; None where it is a role."""
        return self.needs[want] if want < len(self.needs) else None

    def role_id(self, want: int) -> int:
        """Return the id of the role in this row of the wants."""
        return int(self.role_ids[want - len(self.needs)])

    def slots_of(self, occasions: Long) -> list[int]:
        """Return the ids of the slots of these occasions; a need has none."""
        return [int(self.slot_ids[row]) for row in (occasions - len(self.needs)).tolist() if row >= 0]


def read(now: dt.datetime) -> Fair:
    """Return the offers that can be had, the open needs, the open roles with places free."""
    words, today = vocabulary.read(), localdate(now)
    given = list(
        available.to_be_had(now=now)
        .select_related("organisation__town", "town", "venue")
        .prefetch_related("activities")
        .order_by("pk")
    )
    needs, roles = _needs(today), fair_roles.read(now, words)
    market = Market(
        offers=_offers(given, today, words),
        wants=_wants(needs, roles, words),
        occasions=_occasions(needs, roles, today),
        first_weekday=today.weekday(),
        closed=_closed(given, needs, roles.ids),
    )
    return Fair(market, given, needs, roles.ids, roles.slot_ids)


def times_of_week(named: Sequence[str]) -> int:
    """Return rough times as bits; all where none is named."""
    order = list(When.values)
    return sum(1 << order.index(one) for one in named) or ANY_TIME


def _needs(today: dt.date) -> list[Need]:
    open_now = Need.objects.open().filter(wanted_until__gte=today)
    related = open_now.select_related("town", "district", "host__town", "desk__organisation__town")
    return list(related.prefetch_related("activities", "district__towns").order_by("pk"))


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


def _wants(needs: list[Need], roles: AskedFor, words: Vocabulary) -> Wants:
    ticked = [_known([activity.pk for activity in need.activities.all()], words) for need in needs]
    ticks = _ticks(ticked)
    activities = [ticks.matrix(words.activities, np.full(len(ticks.rows), MAIN))]
    activities += [roles.ticks.matrix(words.activities, roles.weights)]
    places = np.array([_of_need(need) for need in needs], dtype=np.float64).reshape(-1, 2)
    ours = np.array([(2 * need.pk, sides.host_of(need).pk, need.people, need.quantity or 1) for need in needs])
    number, owner, people, things = ours.astype(np.int64).reshape(-1, 4).T
    helps = np.array([_helps(need) for need in needs], dtype=np.float64).reshape(-1, len(Kind))
    return Wants(
        number=np.concatenate([number, 2 * roles.ids + 1]),
        owner=np.concatenate([owner, roles.owner]),
        helps=np.concatenate([helps, roles.helps]),
        lat=np.concatenate([places[:, 0], roles.lat]),
        lng=np.concatenate([places[:, 1], roles.lng]),
        people=np.concatenate([people, roles.people]),
        things=np.concatenate([things, np.ones(len(roles.ids), dtype=np.int64)]),
        activities=sparse.csr_array(sparse.vstack(activities)),
        text=np.concatenate([_vectors(needs, ticked, words), roles.text]),
    )


def _occasions(needs: list[Need], roles: AskedFor, today: dt.date) -> Occasions:
    """Return one occasion of each need, from today on, and then those of the roles."""
    until = _whole((need.wanted_until - today).days for need in needs)
    week = _whole(times_of_week(need.when) for need in needs)
    return Occasions(
        want=np.concatenate([np.arange(len(needs)), roles.occasions.want + len(needs)]),
        first_day=np.concatenate([np.zeros_like(until), roles.occasions.first_day]),
        last_day=np.concatenate([until, roles.occasions.last_day]),
        week=np.concatenate([week, roles.occasions.week]),
    )


def _closed(given: list[Offer], needs: list[Need], role_ids: Ids) -> Bool:
    """Mark the pairs that were ever brought together: what one side did not want is not proposed again."""
    at = {offer.pk: row for row, offer in enumerate(given)}
    need_at = {need.pk: row for row, need in enumerate(needs)}
    role_at = {role: row for row, role in enumerate(role_ids.tolist(), start=len(needs))}
    table = np.zeros((len(given), len(needs) + len(role_ids)), dtype=np.bool_)
    for offer, need, role in Cooperation.objects.filter(offer__in=at).values_list("offer", "need", "role"):
        for row in (need_at.get(need), role_at.get(role)):
            if row is not None:
                table[at[offer], row] = True
    return table


def _helps(need: Need) -> list[float]:
    return [1.0 if Help[kind.name] in need.helps else 0.0 for kind in Kind]


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


def _point(towns: list[Town]) -> tuple[float, float]:
    """Return the middle of the towns whose point is known."""
    known = [(town.lat, town.lng) for town in towns if town.lat is not None and town.lng is not None]
    if not known:
        return math.nan, math.nan
    return sum(lat for lat, _lng in known) / len(known), sum(lng for _lat, lng in known) / len(known)


def _vectors(rows: Sequence[Offer | Need], ticked: list[list[int]], words: Vocabulary) -> Vectors:
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
