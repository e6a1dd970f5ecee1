"""What an allocation decided → rows: who is put before what, each role's price, and how it came about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from django.db import connection

from matching.dataset import findings, listed
from matching.dataset.lines import Bytes, Field, Many, One, Same, packed
from matching.dataset.listed import Items
from matching.dataset.rows import positions
from matching.engine.allocation import pages, sign_ups
from matching.engine.allocation.allocate import FLOOR
from matching.engine.allocation.market import Long
from matching.engine.allocation.outcome import Allocation, Why
from matching.engine.problem import Bool, Float
from matching.models import Allotment, Run, Shortlist
from matching.services.listing import weights
from matching.services.listing.lists import held
from matching.services.sharing import due
from matching.services.sharing.market import Market
from organisations.models import Role
from volunteers.models import Volunteer

DECIMALS = 6
_COLUMNS = "run_id, volunteer_id, roles, slots, scores, km, parts"


def write(market: Market, allocation: Allocation, *, run: Run) -> None:
    """Write what everybody is allotted, and the roles' prices, inside the caller's transaction, which holds the run.

    What was taken from a list since the market was read, because the person changed something, is left out: it may not
    fit any more. So is who is gone.
    """
    whose = np.repeat(np.arange(len(market.volunteer_ids)), np.diff(allocation.start))
    items, holds = _items(market, whose, allocation.position, run)
    at = np.flatnonzero(holds & held(Volunteer, market.volunteer_ids)[whose])
    people, lengths = np.unique(whose[at], return_counts=True)
    start = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    fields: list[Field] = [
        Same(run.pk),
        One(market.volunteer_ids[people]),
        Many(items.role[at], start),
        Many(items.slot[at], start),
        Bytes(items.score[at], start),
        Bytes(items.km[at], start),
        Bytes(items.parts[at], start),
    ]
    sql = f"COPY matching_allotment ({_COLUMNS}) FROM STDIN (FORMAT binary)"
    with connection.cursor() as cursor, cursor.copy(sql) as copy:
        for block in packed(fields, len(people)):
            copy.write(block)
    _write_prices(market, allocation, run.pk)


def _items(market: Market, whose: Long, position: Long, run: Run) -> tuple[Items, Bool]:
    """Return all that is said of the candidates in these places, and whether lists and reserves hold them still."""
    by = weights.of(run.weight_set)
    is_reserve, item = market.is_reserve[position], market.item[position]
    has_another, others = listed.beside(run.pk, by)
    is_as_written = (positions(has_another, market.volunteer_ids) < 0)[whose] & (item >= 0) & ~is_reserve
    chosen = Items(
        market.volunteer_ids[whose],
        market.role_ids[market.candidates.role[position]],
        market.slot_ids[position],
        market.candidates.score[position],
        *findings.read_details(run.pk, np.where(is_as_written, item, -1), len(by.names)),
    )
    at = np.flatnonzero(is_reserve)
    _fill(chosen, at, findings.read_reserves(run.pk, len(by.names)), item[at])
    elsewhere = np.flatnonzero(~is_as_written & ~is_reserve)
    found = _same(others, chosen, elsewhere)
    _fill(chosen, elsewhere[found >= 0], others, found[found >= 0])
    holds = np.ones(len(position), np.bool_)
    holds[elsewhere[found < 0]] = False
    return chosen, holds


def _fill(chosen: Items, at: Long, source: Items, item: Long) -> None:
    for name in ("score", "km", "parts"):
        getattr(chosen, name)[at] = getattr(source, name)[item]


def _same(others: Items, chosen: Items, at: Long) -> Long:
    """Return where each of *chosen* stands in lists that were written meanwhile, -1 where it does not."""
    columns = ("volunteer", "role", "slot")
    place = {
        key: row for row, key in enumerate(zip(*(getattr(others, name).tolist() for name in columns), strict=True))
    }
    wanted = zip(*(getattr(chosen, name)[at].tolist() for name in columns), strict=True)
    return np.array([place.get(key, -1) for key in wanted], dtype=np.int64)


def _write_prices(market: Market, allocation: Allocation, run_id: int) -> None:
    candidates, m = market.candidates, len(market.role_ids)
    given = np.bincount(candidates.role[allocation.floor_given], minlength=m)
    has_any = np.flatnonzero((np.bincount(candidates.role, minlength=m) > 0) & held(Role, market.role_ids))
    rows = zip(
        market.role_ids[has_any].tolist(),
        allocation.price[has_any].astype(np.float64).tolist(),
        market.places.need[has_any].tolist(),
        allocation.expected[has_any].round(DECIMALS).tolist(),
        allocation.shown_to[has_any].tolist(),
        given[has_any].tolist(),
        strict=True,
    )
    sql = "COPY matching_roleprice (run_id, role_id, price, need, expected, shown, given) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(sql) as copy:
        copy.write("\n".join(f"{run_id}\t" + "\t".join(map(str, row)) for row in rows).encode())


def trace(market: Market, allocation: Allocation) -> dict[str, Any]:
    """Return how it came about, as a coordinator may look at it; `before` is the same without prices and floors."""
    candidates = market.candidates
    limit = np.minimum(market.asks.left, due.PICKS)
    plain = pages.choose(candidates, candidates.score, limit, market.asks.priority(), market.places.may_ask, due.PICKS)
    is_asked = np.repeat(limit > 0, np.diff(candidates.start))
    could_hear = np.minimum(np.bincount(candidates.role[is_asked], minlength=candidates.n_roles), market.places.may_ask)
    rounds, under = allocation.trace.rounds, allocation.trace.under
    return {
        "people": len(market.volunteer_ids),
        "asked": int((limit > 0).sum()),
        "candidates": len(candidates.role),
        "reserves": int(market.is_reserve.sum()),
        "roles": int((market.places.need > 0).sum()),
        "floor": FLOOR,
        "could_be_served": int((could_hear > 0).sum()),
        "could_reach": int((could_hear >= FLOOR).sum()),
        "before": _totals(market, plain[plain >= 0], sign_ups.expected(candidates, plain), could_hear),
        "after": _totals(market, allocation.position, allocation.expected, could_hear),
        "rounds": {
            "below": rounds.below.tolist(),
            "overload": rounds.overload.round(DECIMALS).tolist(),
            "useful": rounds.useful.round(DECIMALS).tolist(),
            "change": rounds.change.round(DECIMALS).tolist(),
        },
        "under": [
            {"role": role, "shown_to": shown_to, "fit": fit, "why": Why(why).name.lower()}
            for role, shown_to, fit, why in zip(
                market.role_ids[under.role].tolist(),
                under.shown_to.tolist(),
                under.fit.tolist(),
                under.why.tolist(),
                strict=True,
            )
        ],
    }


def _totals(market: Market, position: Long, expected: Float, could_hear: Long) -> dict[str, float]:
    """Sum up some pages.

    Scores and items; roles put before `FLOOR` people ("reached"), or before all that *could_hear* of them where these
    are fewer ("served"); and sign-ups, in all and up to the need ("useful").
    """
    candidates = market.candidates
    shown_to = np.bincount(candidates.role[position], minlength=candidates.n_roles)
    return {
        "score": round(float(candidates.score[np.sort(position)].sum(dtype=np.float64)), DECIMALS),
        "items": len(position),
        "reached": int((shown_to >= FLOOR).sum()),
        "served": int(((shown_to >= np.minimum(could_hear, FLOOR)) & (could_hear > 0)).sum()),
        "expected": round(float(expected.sum()), DECIMALS),
        "useful": round(float(np.minimum(expected, market.places.need).sum()), DECIMALS),
    }


def of(run: Run, volunteer_ids: Sequence[int]) -> Iterator[Shortlist]:
    """Yield what the run allotted to these people, each as a list that is not written down."""
    by = weights.of(run.weight_set)
    values = _rounded(by.values.tolist())
    for row in Allotment.objects.filter(run=run, volunteer__in=volunteer_ids):
        yield Shortlist(
            volunteer_id=row.volunteer_id,
            roles=row.roles,
            slots=row.slots,
            scores=_rounded(row.scores),
            km=_rounded(row.km),
            parts=_rounded(row.parts),
            signals=list(by.names),
            weights=values,
        )


def _rounded(numbers: Sequence[float]) -> list[float]:
    return [round(number, DECIMALS) for number in numbers]
