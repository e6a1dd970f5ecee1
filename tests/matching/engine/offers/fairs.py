"""Offers and wants written by hand, or drawn by chance: one room and one salon that fit, unless changed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from random import Random
from typing import Any

import numpy as np
from scipy import sparse

from matching.engine.offers.market import ANY_TIME, NO_END, Kind, Market, Occasions, Offers, Wants

ACTIVITIES, TERMS = 5, 4
FIRST_WEEKDAY = 3
NOBODY = -1
ANYWHERE = math.inf
NO_POINT = (math.nan, math.nan)
PLACES = ((35.475339, 139.549581), (35.460687, 139.508768), (35.503989, 139.498487), (35.461251, 139.533833))

Facts = dict[str, Any]


def at(*times: str) -> int:
    """Return rough times like "sat-am" as bits."""
    days, parts = ("mon", "tue", "wed", "thu", "fri", "sat", "sun"), ("am", "pm", "eve")
    named = [time.split("-") for time in times]
    return sum(1 << 3 * days.index(day) + parts.index(part) for day, part in named)


def offer(**changes: Any) -> Facts:
    return {
        "number": 0,
        "owner": 1,
        "kind": Kind.ROOM,
        "at": PLACES[0],
        "within_km": 3.0,
        "amount": 20,
        "week": at("sat-am", "sat-pm"),
        "days": (0, NO_END),
        "activities": {0: 1.0},
        "text": {0: 1.0},
    } | changes


def want(**changes: Any) -> Facts:
    return {
        "number": 0,
        "owner": NOBODY,
        "helps": {Kind.ROOM: 1.0},
        "at": PLACES[0],
        "people": 10,
        "things": 1,
        "activities": {0: 1.0},
        "text": {0: 1.0},
        "occasions": [(0, 60, at("sat-am"))],
    } | changes


def market(offers: Sequence[Facts], wants: Sequence[Facts], closed: Iterable[tuple[int, int]] = ()) -> Market:
    """Put offers and wants into arrays; the first day is a Thursday."""
    table = np.zeros((len(offers), len(wants)), dtype=np.bool_)
    for pair in closed:
        table[pair] = True
    occasions = [(number, *when) for number, one in enumerate(wants) for when in one["occasions"]]
    columns = np.array(occasions, dtype=np.int64).reshape(-1, 4).T
    return Market(_offers(offers), _wants(wants), Occasions(*columns), FIRST_WEEKDAY, table)


def _offers(rows: Sequence[Facts]) -> Offers:
    lat, lng = _points(rows)
    return Offers(
        number=_whole(rows, "number"),
        owner=_whole(rows, "owner"),
        kind=_whole(rows, "kind"),
        lat=lat,
        lng=lng,
        within_km=np.array([one["within_km"] for one in rows], dtype=np.float64),
        amount=_whole(rows, "amount"),
        week=_whole(rows, "week"),
        first_day=np.array([one["days"][0] for one in rows], dtype=np.int64),
        last_day=np.array([one["days"][1] for one in rows], dtype=np.int64),
        activities=sparse.csr_array(_table(rows, "activities", ACTIVITIES)),
        text=np.rint(_table(rows, "text", TERMS) * 127).astype(np.int8),
    )


def _wants(rows: Sequence[Facts]) -> Wants:
    lat, lng = _points(rows)
    return Wants(
        number=_whole(rows, "number"),
        owner=_whole(rows, "owner"),
        helps=_table(rows, "helps", len(Kind)),
        lat=lat,
        lng=lng,
        people=_whole(rows, "people"),
        things=_whole(rows, "things"),
        activities=sparse.csr_array(_table(rows, "activities", ACTIVITIES)),
        text=np.rint(_table(rows, "text", TERMS) * 127).astype(np.int8),
    )


def _whole(rows: Sequence[Facts], name: str) -> np.ndarray:
    return np.array([one[name] for one in rows], dtype=np.int64)


def _points(rows: Sequence[Facts]) -> np.ndarray:
    return np.array([one["at"] for one in rows], dtype=np.float64).reshape(-1, 2).T


def _table(rows: Sequence[Facts], name: str, width: int) -> np.ndarray:
    table = np.zeros((len(rows), width))
    for number, one in enumerate(rows):
        for column, value in one[name].items():
            table[number, column] = value
    return table


class Dice:
    """Draws facts by chance, each the usual one most of the time, so that a good part of the pairs fits."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def facts(self) -> tuple[list[Facts], list[Facts], list[tuple[int, int]]]:
        """Return offers, wants and closed pairs."""
        offers = [self._offer(number) for number in range(self._random.randint(1, 5))]
        wants = [self._want(number) for number in range(self._random.randint(1, 6))]
        pairs = [(self._random.randrange(len(offers)), self._random.randrange(len(wants))) for _ in range(2)]
        return offers, wants, [pair for pair in pairs if self._random.random() < 0.3]

    def _offer(self, number: int) -> Facts:
        first = self._mostly(0, 5, 20)
        return {
            "number": 100 - number,
            "owner": self._mostly(1, 2, 3),
            "kind": self._random.choice(list(Kind)),
            "at": self._mostly(self._random.choice(PLACES), NO_POINT),
            "within_km": self._random.choice((ANYWHERE, 0.0, 2.0, 5.0, 9.0)),
            "amount": self._mostly(20, 0, 3, NO_END),
            "week": self._mostly(ANY_TIME, at("sat-am", "sat-pm"), at("mon-am"), at("thu-pm", "fri-eve")),
            "days": (first, first + self._mostly(NO_END, 0, 2, 9)),
            "activities": self._weights(ACTIVITIES, (1.0, 0.5, 0.15)),
            "text": self._text(),
        }

    def _want(self, number: int) -> Facts:
        return {
            "number": 50 - number,
            "owner": self._mostly(NOBODY, 1, 2),
            "helps": {kind: self._mostly(1.0, 0.5, 0.0) for kind in Kind},
            "at": self._mostly(self._random.choice(PLACES), NO_POINT),
            "people": self._mostly(4, 1, 30),
            "things": self._mostly(1, 12, 50),
            "activities": self._weights(ACTIVITIES, (1.0, 0.6)),
            "text": self._text(),
            "occasions": [self._occasion() for _ in range(self._mostly(1, 0, 2, 3))],
        }

    def _occasion(self) -> tuple[int, int, int]:
        first = self._random.randint(0, 9)
        week = self._mostly(ANY_TIME, at("sat-am"), at("mon-am", "thu-pm"), at("sun-eve"))
        return first, first + self._mostly(30, 0, 3), week

    def _mostly(self, usual: Any, *others: Any) -> Any:
        return usual if self._random.random() < 0.75 else self._random.choice(others)

    def _weights(self, columns: int, values: Sequence[float]) -> dict[int, float]:
        chosen = self._random.sample(range(columns), self._random.randint(0, 3))
        return {column: self._random.choice(values) for column in chosen}

    def _text(self) -> dict[int, float]:
        row = self._weights(TERMS, (1.0, 0.5, 0.2))
        length = math.sqrt(sum(value**2 for value in row.values())) or 1.0
        return {column: value / length for column, value in row.items()}
