"""What an allocation decided → rows: who is put before what, each role's price, and how it came about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from django.db import connection

from matching.dataset.lines import One, packed
from matching.engine.allocation import pages, sign_ups
from matching.engine.allocation.allocate import FLOOR
from matching.engine.allocation.market import Long
from matching.engine.allocation.outcome import Allocation, Why
from matching.engine.problem import Float
from matching.models import Allotment, Run, Shortlist
from matching.services import due, weights
from matching.services.market import Market

DECIMALS = 6
_ITEM = ("volunteer_id", "place", "role_id", "slot_id", "is_reserve")
_NEW = f"CREATE TEMPORARY TABLE allotted ({', '.join(f'{name} int8' for name in _ITEM)})"
# What was taken from a list since, because the person changed something, is left out: it may not fit any more.
_PUT = """
    WITH items AS (
        SELECT a.*, l.scores[at]::float8 AS score, l.km[at]::float8 AS km,
            l.parts[(at - 1) * cardinality(l.signals) + 1 : at * cardinality(l.signals)]::float8[] AS parts
        FROM allotted a JOIN matching_shortlist l USING (volunteer_id),
        LATERAL (SELECT array_position(l.roles, a.role_id) AS at) found
        WHERE a.is_reserve = 0 AND l.slots[at] = a.slot_id
        UNION ALL
        SELECT a.*, r.score, r.km, r.parts FROM allotted a
        JOIN matching_reserve r ON r.run_id = %s AND r.volunteer_id = a.volunteer_id AND r.role_id = a.role_id
        WHERE a.is_reserve = 1
    )
    INSERT INTO matching_allotment (run_id, volunteer_id, roles, slots, scores, km, parts)
    SELECT %s, volunteer_id, array_agg(role_id ORDER BY place), array_agg(slot_id ORDER BY place),
        array_agg(score ORDER BY place), array_agg(km ORDER BY place),
        ARRAY(SELECT unnest(array_agg(parts ORDER BY place)))
    FROM items GROUP BY volunteer_id ORDER BY volunteer_id
"""


def write(market: Market, allocation: Allocation, *, run: Run) -> None:
    """Write what everybody is allotted, and the roles' prices, inside the caller's transaction."""
    volunteer = np.repeat(np.arange(len(market.volunteer_ids)), np.diff(allocation.start))
    at = allocation.position
    items = [
        market.volunteer_ids[volunteer],
        np.arange(len(at)),
        market.role_ids[market.candidates.role[at]],
        market.slot_ids[at],
        market.is_reserve[at].astype(np.int64),
    ]
    with connection.cursor() as cursor:
        cursor.execute(_NEW)
        with cursor.copy("COPY allotted FROM STDIN (FORMAT binary)") as copy:
            for block in packed([One(column) for column in items], len(at)):
                copy.write(block)
        cursor.execute("ANALYZE allotted")
        cursor.execute(_PUT, [run.pk, run.pk])
        cursor.execute("DROP TABLE allotted")
    _write_prices(market, allocation, run.pk)


def _write_prices(market: Market, allocation: Allocation, run_id: int) -> None:
    candidates, m = market.candidates, len(market.role_ids)
    given = np.bincount(candidates.role[allocation.floor_given], minlength=m)
    has_any = np.flatnonzero(np.bincount(candidates.role, minlength=m))
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
