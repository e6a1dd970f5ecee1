"""Why an offer is not put before somebody: the hard constraints, one bit each. They are never relaxed.

Every condition is judged on its own for every pair, so that each can be named even where another one holds too:

KIND      what is given is not among what would help
OWN       the organisation that asks is the one that gives
DISTANCE  farther than the offer comes, or one of the two places is not known and the offer does not come everywhere
DAYS      on no day of the want is the offer to be had
TIME      there are such days, but at no rough time of the week that both name. Goods are handed over before, so
          their times shut nothing out
AMOUNT    nobody comes; the room or the vehicle does not hold the people; fewer things are left than are wanted
CLOSED    the two talk about it already, or one side has said no
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntFlag
from functools import cache

import numpy as np
from scipy.spatial.distance import cdist

from matching.engine.geodesy import cartesian_km, way_km
from matching.engine.offers.market import DAYS_OF_WEEK, PARTS_OF_DAY, Kind, Long, Market
from matching.engine.problem import Bool, Float


class Against(IntFlag):
    """The conditions that shut a pair out; 0 means that the offer fits."""

    KIND = 1 << 0
    OWN = 1 << 1
    DISTANCE = 1 << 2
    DAYS = 1 << 3
    TIME = 1 << 4
    AMOUNT = 1 << 5
    CLOSED = 1 << 6


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found out about every pair.

    Parameters
    ----------
    against : int64 (a, b), an `Against`.
    km : float64 (a, b), the way between the two; NaN where one place is not known.
    shared : float64 (a, b), in [0, 1]: of the rough times of whoever names fewer, the share that both have, at the
        best occasion (the overlap coefficient [1]_); 1 for goods.

    References
    ----------
    .. [1] D. Szymkiewicz, Une contribution statistique à la géographie floristique, Acta Soc. Bot. Pol. 11, 1934.
    """

    against: Long
    km: Float
    shared: Float


def judge(market: Market) -> Judged:
    """Judge every pair."""
    offers, wants = market.offers, market.wants
    kind = offers.kind[:, None]
    way = km(market)
    has_days, shared = _times(market)
    shared[offers.kind == Kind.GOODS] = 1.0
    stays_near = np.isfinite(offers.within_km)[:, None]
    holds_for = {
        Against.KIND: wants.helps.T[offers.kind] <= 0.0,
        Against.OWN: offers.owner[:, None] == wants.owner[None, :],
        Against.DISTANCE: stays_near & ~(way <= offers.within_km[:, None]),
        Against.DAYS: ~has_days,
        Against.TIME: has_days & (shared <= 0.0),
        Against.AMOUNT: offers.amount[:, None] < _wanted(market, kind),
        Against.CLOSED: market.closed,
    }
    against = np.zeros(market.closed.shape, dtype=np.int64)
    for reason, holds in holds_for.items():
        against[holds] |= int(reason)
    return Judged(against, way, shared)


def km(market: Market) -> Float:
    """Return the way between every offer and every want, float64 (a, b), km; NaN where one place is not known."""
    ends = (cartesian_km(side.lat, side.lng) for side in (market.offers, market.wants))
    return way_km(cdist(*ends))


def _wanted(market: Market, kind: Long) -> Long:
    """Return how much an offer must hold at the least, int64 (a, b)."""
    everybody, things = market.wants.people[None, :], market.wants.things[None, :]
    least = np.where(kind == Kind.GOODS, things, np.where(kind == Kind.KNOW_HOW, 0, everybody))
    return np.asarray(np.where(kind == Kind.PEOPLE, 1, least))


def fitting(market: Market, offer: int, want: int) -> Long:
    """Return the occasions of a want at which an offer is to be had, row numbers, by their first day."""
    met, theirs = _met(market, offer)
    is_had = (theirs & market.offers.week[offer] != 0) & (market.occasions.want[met] == want)
    found = met[is_had]
    return np.asarray(found[np.argsort(market.occasions.first_day[found], kind="stable")])


def _times(market: Market) -> tuple[Bool, Float]:
    """Return whether both have a day, and what they share of the week: (a, b) each."""
    occasions = market.occasions
    has_days, shared = np.zeros((2, len(market.offers), len(market.wants)))
    for offer, week in enumerate(market.offers.week):
        met, theirs = _met(market, offer)
        fewer = np.minimum(np.bitwise_count(theirs), np.bitwise_count(week))
        has_days[offer, occasions.want[met]] = 1.0
        np.maximum.at(shared[offer], occasions.want[met], np.bitwise_count(theirs & week) / np.maximum(fewer, 1))
    return has_days > 0.0, shared


def _met(market: Market, offer: int) -> tuple[Long, Long]:
    """Return the occasions that have a day with an offer, and their rough times on such days."""
    offers, occasions = market.offers, market.occasions
    first = np.maximum(occasions.first_day, offers.first_day[offer])
    days = np.minimum(occasions.last_day, offers.last_day[offer]) - first + 1
    met = np.flatnonzero(days > 0)
    on = weekdays()[(market.first_weekday + first[met]) % DAYS_OF_WEEK, np.minimum(days[met], DAYS_OF_WEEK)]
    return met, occasions.week[met] & on


@cache
def weekdays() -> Long:
    """Return the rough times of so many days from a weekday on, int64 (7, 8): by first weekday and count of days."""
    one_day = (1 << PARTS_OF_DAY) - 1
    table = np.zeros((DAYS_OF_WEEK, DAYS_OF_WEEK + 1), dtype=np.int64)
    for first in range(DAYS_OF_WEEK):
        for count in range(1, DAYS_OF_WEEK + 1):
            last = (first + count - 1) % DAYS_OF_WEEK
            table[first, count] = table[first, count - 1] | one_day << PARTS_OF_DAY * last
    return table
