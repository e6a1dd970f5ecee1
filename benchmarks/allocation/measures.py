"""What is good and bad about pages, for people and for roles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from benchmarks.allocation.people import City, Pairs
from matching.engine.allocation import pages, prices, sign_ups
from matching.engine.allocation.market import Candidates, Long
from matching.engine.allocation.outcome import Allocation
from matching.engine.problem import Bool, Float, Int


@dataclass(frozen=True)
class Market:
    """What pages are measured by. ``may_ask`` int64 (m,): before how many people a role may be put."""

    city: City
    pairs: Pairs
    candidates: Candidates
    need: Int
    may_ask: Long
    shown: int
    floor: int


def measure(market: Market, page: Long, plain: Long) -> dict[str, float]:
    """Return the measures of a page per person against those of *plain* top-K.

    utility_kept : scores shown, summed, relative to plain.
    p5_kept : the same per person; 5 % of the people keep less.
    first_kept : share of people whose first item is the one they fit best; first_score is its score relative to the
        best, on average, and less strict.
    covered_5 : of the roles that five people or more fit and want, the share shown to five or more; 1 where there is
        none.
    useful : expected sign-ups up to the need of each role, summed, relative to plain.
    signups_ge1 : share of all roles with one expected sign-up or more.
    gini : of people shown to per place, over the roles that anybody fits and wants.
    violations : see `violations`.
    """
    score = _scores(market.candidates, page)
    best = _scores(market.candidates, plain)
    people = best[:, 0] > 0
    own = score.sum(axis=1)[people] / best.sum(axis=1)[people]
    expected, before = (_expected(market, pages) for pages in (page, plain))
    shown_to = _shown_to(market, page)
    fit = np.bincount(market.pairs.role, minlength=len(market.need))
    return {
        "utility_kept": float(score.sum() / best.sum()),
        "p5_kept": float(np.percentile(own, 5)),
        "first_kept": float((page[people, 0] == plain[people, 0]).mean()),
        "first_score": float((score[people, 0] / best[people, 0]).mean()),
        "covered_5": _share(shown_to[fit >= market.floor] >= market.floor),
        "useful": float(np.minimum(expected, market.need).sum() / np.minimum(before, market.need).sum()),
        "signups_ge1": float((expected >= 1).mean()),
        "gini": _gini(shown_to[fit > 0] / market.need[fit > 0]),
        "violations": violations(market, page),
    }


def violations(market: Market, page: Long) -> int:
    """Count what must never be: pairs that do not fit, a role twice on a page, a role before too many people."""
    volunteer, place = np.nonzero(page >= 0)
    at = page[volunteer, place]
    role = market.candidates.role[at].astype(np.int64)
    theirs = (market.candidates.start[volunteer] <= at) & (at < market.candidates.start[volunteer + 1])
    twice = len(at) - len(np.unique(volunteer * len(market.need) + role))
    too_many = np.maximum(_shown_to(market, page) - market.may_ask, 0)
    wrong = ~theirs | ~market.city.fits(volunteer, role)
    return int(wrong.sum()) + twice + int(too_many.sum())


def broken_promises(market: Market, allocation: Allocation, page: Long) -> int:
    """Count what our allocation promises besides: bounded prices, and first suggestions that no floor changes.

    Where a role may be put before everybody, somebody's first is what they would see alone.
    """
    first = page[page[:, 0] >= 0, 0]
    broken = int((np.abs(allocation.price) > prices.LIMIT).sum()) + int(np.isin(allocation.floor_given, first).sum())
    if (market.may_ask >= len(page)).all():
        n, worth = len(page), pages.adjusted(market.candidates, allocation.price)
        alone = pages.best(market.candidates, worth, np.ones(n, dtype=np.int32), 1)
        broken += int((alone[:, 0] != page[:, 0]).sum())
    return broken


def _scores(candidates: Candidates, page: Long) -> Float:
    """Return the score of each item, float64 (n, shown), 0 where nothing is shown."""
    return np.where(page >= 0, candidates.score[page], 0.0).astype(np.float64)


def _expected(market: Market, page: Long) -> Float:
    return sign_ups.expected(market.candidates, page)


def _shown_to(market: Market, page: Long) -> Long:
    return np.bincount(market.candidates.role[page[page >= 0]], minlength=len(market.need))


def _share(holds: Bool) -> float:
    return float(holds.mean()) if len(holds) else 1.0


def _gini(values: Float) -> float:
    ordered = np.sort(values)
    rank = np.arange(1, len(ordered) + 1)
    return float((2 * rank - len(ordered) - 1) @ ordered / (len(ordered) * ordered.sum()))
