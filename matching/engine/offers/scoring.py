"""From what two sides say to one score: the table of weights, and the parts that add up.

The weights sum to 1, so a score lies in [0, 1]. That the conditions are kept does not depend on any of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.engine.offers.conditions import Judged, judge
from matching.engine.offers.market import Kind, Long, Market
from matching.engine.problem import Bool, Float, Single
from matching.engine.signals.interest import STEEPNESS
from matching.engine.signals.wish import NOISE, SAME, STEP

WEIGHTS = {
    "words": 0.28,  # both sides write whole sentences about one thing
    "tags": 0.26,  # the same activity, or a relative of it
    "kind": 0.16,  # what was said to help, before what only may
    "distance": 0.14,  # the limit has been kept already; but a room round the corner is worth more
    "time": 0.08,  # one shared morning is enough, all of them are easier to agree on
    "amount": 0.08,  # all the hands that are wanted, before a few of them
}
"""Signal → weight; the sum is 1."""

BELIEF = {Kind.PEOPLE: 0.25, Kind.KNOW_HOW: 0.0, Kind.ROOM: 0.6, Kind.VEHICLE: 0.6, Kind.GOODS: 0.0}
"""How far the kind alone says that it would help: any room is a room, but water is no substitute for vegetables."""

FLOOR = 0.55
"""The relevance below which nothing is proposed. A room or a vehicle for who asked for one is above it, and so is a
shared activity; for hands, know-how and goods the words have to be about the same. It is higher than for a person's
suggestion: three sides are bothered at once, and goods of another kind come to .51 by their words."""

ANYWHERE_KM = 10.0
"""The scale of distances for what comes anywhere."""

UNKNOWN_WAY = 0.5


@dataclass(frozen=True, slots=True)
class Fits:
    """Pairs that nothing shuts out and that are above the floor, by offer and then by want (p pairs).

    Parameters
    ----------
    offer, want : int64 (p,), row numbers of the market.
    score : float32 (p,), in [0, 1]; parts : float32 (p, weights), which add up to it, in the order of `WEIGHTS`.
    km : float64 (p,), NaN where a place is not known.
    """

    offer: Long
    want: Long
    score: Single
    parts: Single
    km: Float

    def __len__(self) -> int:
        return len(self.offer)


def fits(market: Market) -> Fits:
    """Return the pairs that may be proposed."""
    judged = judge(market)
    values = signals(market, judged)
    told = relevance(market, values)
    offer, want = np.nonzero((judged.against == 0) & (told >= FLOOR))
    parts = np.column_stack([weight * values[name][offer, want] for name, weight in WEIGHTS.items()])
    score = np.clip(parts.sum(axis=1), 0.0, 1.0).astype(np.float32)
    return Fits(offer, want, score, parts.astype(np.float32), judged.km[offer, want])


def signals(market: Market, judged: Judged) -> dict[str, Float]:
    """Return what each signal says of every pair, in [0, 1], float64 (a, b) each.

    words : 1 − e^(−(cosine − `NOISE`) / `STEP`), as a person's wish and a role. tags : 1 − e^(−2x) as an interest,
    x the product of the activities. kind : how far it was said to help. distance : e^(−km / limit). time : what both
    share of the week. amount : of the hands that are wanted, the share that comes.
    """
    offers, wants = market.offers, market.wants
    said = offers.text.astype(np.float64) @ wants.text.astype(np.float64).T / SAME
    shared = np.asarray((offers.activities @ wants.activities.T).toarray())
    scale = np.where(np.isfinite(offers.within_km), offers.within_km, ANYWHERE_KM)[:, None]
    share = np.divide(judged.km, scale, out=np.zeros_like(judged.km), where=scale > 0.0)
    hands = np.minimum(offers.amount[:, None] / wants.people[None, :], 1.0)
    return {
        "words": 1.0 - np.exp(-np.maximum(said - NOISE, 0.0) / STEP),
        "tags": 1.0 - np.exp(-STEEPNESS * shared),
        "kind": wants.helps.T[offers.kind],
        "distance": np.where(np.isnan(share), UNKNOWN_WAY, np.exp(-share)),
        "time": judged.shared,
        "amount": np.where(_is(market, Kind.PEOPLE), hands, 1.0),
    }


def relevance(market: Market, values: dict[str, Float]) -> Float:
    """Return 1 − (1 − words)(1 − tags)(1 − belief · kind), float64 (a, b) in [0, 1]: reasons add up."""
    belief = np.array([BELIEF[kind] for kind in Kind])[market.offers.kind][:, None]
    doubt = (1.0 - values["words"]) * (1.0 - values["tags"]) * (1.0 - belief * values["kind"])
    return np.asarray(1.0 - doubt)


def _is(market: Market, kind: Kind) -> Bool:
    return np.asarray(market.offers.kind == kind)[:, None]
