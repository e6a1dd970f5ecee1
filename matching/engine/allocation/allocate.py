"""The whole allocation: prices, choice under caps, floors."""

from __future__ import annotations

import numpy as np

from matching.engine.allocation import floors, pages, prices, sign_ups
from matching.engine.allocation.market import Asks, Candidates, Long, Places, check
from matching.engine.allocation.outcome import Allocation, Trace, Under, Why
from matching.engine.problem import Int

FLOOR = 5
"""To so many people a role is shown, where so many fit."""


def allocate(
    candidates: Candidates,
    asks: Asks,
    places: Places,
    *,
    shown: int,
    floor: int = FLOOR,
    readers: Int | None = None,
) -> Allocation:
    """Decide what everybody is shown, so that no need is left behind.

    The same market gives the same result, in whichever order its people and roles are numbered; only where two
    scores of one person, or the turns of two people, are equal do numbers decide.

    Parameters
    ----------
    candidates : n volunteers, m roles, p pairs.
    asks : how often and in which order people are asked.
    places : what the roles need.
    shown : how many items a person is shown at most, 1 or more.
    floor : to how many people a role is shown, where so many fit, may be asked, and are wanted.
    readers : int32 (n,), how many items each person may come to see, asked or by looking for themselves; not below
        what they may be asked. Prices are settled among these, so that a round in which few are asked does not
        forget how crowded a role is. By default those who are asked.

    Raises
    ------
    ValueError
        Where the parts do not fit together, see `market.check`.
    """
    check(candidates, asks, places)
    limit, turn = np.minimum(asks.left, shown), asks.priority()
    reads = limit if readers is None else np.minimum(np.maximum(readers, limit), shown)
    fit, can_be_asked = _people(candidates, np.ones_like(limit)), _people(candidates, limit)
    sought = _wanted(_people(candidates, reads), places, floor)
    price, rounds = prices.settle(candidates, reads, places.need, sought, shown)
    wanted = _wanted(can_be_asked, places, floor)
    worth = pages.adjusted(candidates, price)
    chosen = pages.choose(candidates, worth, limit, turn, places.may_ask, shown)
    page = floors.give(candidates, worth, chosen, limit, turn, wanted)
    page[:, 1:] = pages.in_order(candidates, worth, page[:, 1:])
    shown_to = pages.counts(candidates, page)
    is_shown = page >= 0
    return Allocation(
        start=np.concatenate([[0], np.cumsum(is_shown.sum(axis=1))]).astype(np.int64),
        position=page[is_shown],
        price=price,
        expected=sign_ups.expected(candidates, page),
        shown_to=shown_to,
        floor_given=np.flatnonzero(pages.marked(candidates, page) & ~pages.marked(candidates, chosen)),
        trace=Trace(rounds, _under(shown_to, fit, can_be_asked, places, floor)),
    )


def _people(candidates: Candidates, limit: Int) -> Int:
    """Count, int32 (m,), the people of a limit above 0 who have the role among their candidates."""
    can_be_asked = np.repeat(limit > 0, np.diff(candidates.start))
    return np.bincount(candidates.role[can_be_asked], minlength=candidates.n_roles).astype(np.int32)


def _wanted(people: Int, places: Places, floor: int) -> Int:
    """Return to how many of so many *people* each role should be shown, int32 (m,)."""
    return np.minimum(np.minimum(floor, people), places.may_ask).astype(np.int32)


def _under(shown_to: Int, fit: Int, can_be_asked: Int, places: Places, floor: int) -> Under:
    role = np.flatnonzero((shown_to < floor) & (places.need > 0)).astype(np.int32)
    reached: list[tuple[Why, Int | Long]] = [
        (Why.FEW_FIT, fit),
        (Why.FEW_PLACES, places.may_ask),
        (Why.ASKS_USED_UP, can_be_asked),
    ]
    why = np.select([(shown_to == bound)[role] for _, bound in reached], [why for why, _ in reached], Why.NO_SWAP)
    return Under(role, shown_to[role], fit[role], why.astype(np.int8))
