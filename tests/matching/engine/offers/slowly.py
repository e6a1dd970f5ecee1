"""The slow twin: the same contract in plain Python, from the facts and not from the arrays."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from geopy.distance import geodesic

from matching.engine.offers.conditions import Against
from matching.engine.offers.market import ANY_TIME, Kind
from matching.engine.offers.scoring import ANYWHERE_KM, BELIEF, FLOOR, UNKNOWN_WAY, WEIGHTS
from matching.engine.signals.interest import STEEPNESS
from matching.engine.signals.wish import NOISE, STEP
from tests.matching.engine.offers.fairs import FIRST_WEEKDAY, Facts

Pair = tuple[int, int]


def against(offer: Facts, want: Facts, *, closed: bool) -> Against:
    """Return everything that shuts a pair out."""
    way, kind = km(offer, want), offer["kind"]
    days = [day for first, last, _week in want["occasions"] for day in _days(offer, first, last)]
    found = Against(0)
    if want["helps"].get(kind, 0.0) == 0.0:
        found |= Against.KIND
    if offer["owner"] == want["owner"]:
        found |= Against.OWN
    if offer["within_km"] < math.inf and (way is None or way > offer["within_km"]):
        found |= Against.DISTANCE
    if not days:
        found |= Against.DAYS
    elif kind != Kind.GOODS and _shared(offer, want) == 0.0:
        found |= Against.TIME
    least = {Kind.PEOPLE: 1, Kind.KNOW_HOW: 0, Kind.GOODS: want["things"]}.get(kind, want["people"])
    if offer["amount"] < least:
        found |= Against.AMOUNT
    return found | Against.CLOSED if closed else found


def parts(offer: Facts, want: Facts) -> dict[str, float]:
    """Return what each signal says, not weighted."""
    scale = offer["within_km"] if offer["within_km"] < math.inf else ANYWHERE_KM
    way = km(offer, want)
    alike = _rounded(offer["text"], want["text"])
    shared = sum(value * want["activities"].get(number, 0.0) for number, value in offer["activities"].items())
    hands = min(offer["amount"] / want["people"], 1.0)
    return {
        "words": 1.0 - math.exp(-max(alike - NOISE, 0.0) / STEP),
        "tags": 1.0 - math.exp(-STEEPNESS * shared),
        "kind": want["helps"].get(offer["kind"], 0.0),
        "distance": UNKNOWN_WAY if way is None else math.exp(-way / scale) if scale else 1.0,
        "time": 1.0 if offer["kind"] == Kind.GOODS else _shared(offer, want),
        "amount": hands if offer["kind"] == Kind.PEOPLE else 1.0,
    }


def score(offer: Facts, want: Facts) -> float:
    said = parts(offer, want)
    return sum(weight * said[name] for name, weight in WEIGHTS.items())


def is_relevant(offer: Facts, want: Facts) -> bool:
    said = parts(offer, want)
    doubt = (1 - said["words"]) * (1 - said["tags"]) * (1 - BELIEF[offer["kind"]] * said["kind"])
    return 1 - doubt >= FLOOR


def share(
    offers: Sequence[Facts],
    wants: Sequence[Facts],
    scores: dict[Pair, float],
    *,
    per_offer: int,
    per_want: int,
    per_owner: int,
) -> list[Pair]:
    """Return the proposals in their order: the want that was given least, then has fewest to choose from, first."""
    offers_left, wants_left = [per_offer] * len(offers), [per_want] * len(wants)
    given, rest, chosen = [0] * len(wants), dict(scores), []
    owners_left = {one["owner"]: per_owner for one in (*offers, *wants)}

    def owners(pair: Pair) -> tuple[int, int]:
        return offers[pair[0]]["owner"], wants[pair[1]]["owner"]

    def has_room(pair: Pair) -> bool:
        return all((offers_left[pair[0]], wants_left[pair[1]], *(owners_left[owner] for owner in owners(pair))))

    while live := [pair for pair in rest if has_room(pair)]:

        def turn(pair: Pair, live: list[Pair] = live) -> tuple[Any, ...]:
            choices = sum(want == pair[1] for _offer, want in live)
            below_1 = 1_000_000 - round(rest[pair] * 1_000_000)
            return given[pair[1]], choices, below_1, wants[pair[1]]["number"], offers[pair[0]]["number"]

        best = min(live, key=turn)
        chosen.append(best)
        del rest[best]
        offers_left[best[0]] -= 1
        wants_left[best[1]] -= 1
        given[best[1]] += 1
        for owner in owners(best):
            owners_left[owner] -= 1
    return chosen


def km(offer: Facts, want: Facts) -> float | None:
    known = not any(math.isnan(one["at"][0]) for one in (offer, want))
    return geodesic(offer["at"], want["at"]).km if known else None


def _days(offer: Facts, first: int, last: int) -> range:
    return range(max(first, offer["days"][0]), min(last, offer["days"][1]) + 1)


def _times(bits: int) -> set[int]:
    return {bit for bit in range(ANY_TIME.bit_length()) if bits >> bit & 1}


def _shared(offer: Facts, want: Facts) -> float:
    best, has = 0.0, _times(offer["week"])
    for first, last, week in want["occasions"]:
        weekdays = {(FIRST_WEEKDAY + day) % 7 for day in _days(offer, first, last)}
        asks = {time for time in _times(week) if time // 3 in weekdays}
        if has and asks:
            best = max(best, len(has & asks) / min(len(has), len(asks)))
    return best


def _rounded(one: dict[int, float], other: dict[int, float]) -> float:
    return sum(round(value * 127) * round(other.get(term, 0.0) * 127) for term, value in one.items()) / 127**2
