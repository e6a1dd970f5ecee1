"""People for the roles that hardly any list holds, so that there is somebody to put them before.

A list holds somebody's best roles. A quiet one may be nobody's best and still suit many: the best few of those who may
be asked now are kept in reserve.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from matching.dataset import Dataset
from matching.dataset.listed import Items, in_millionths
from matching.dataset.scope import Who
from matching.dataset.vocabulary import Ids
from matching.engine.allocation.allocate import FLOOR as FEW
from matching.engine.fast import FastEngine
from matching.engine.outcome import Comers, Ranking, Tally
from matching.engine.parts import some_people
from matching.engine.problem import Bool, Int
from matching.engine.scoring import FLOOR, Weights
from matching.models import Run
from matching.services.listing import lists
from matching.services.sharing import due

# Twice as many as a role is put before at least: one and the same person may be the best for several such roles.
MOST = 2 * FEW
# So many roles are looked at together: memory grows with people × roles.
ROLES_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Kept:
    """Whom a part keeps in reserve, and on how many lists of people who may be asked each role (id) is there."""

    items: list[Items]
    heard: Counter[int]


@dataclass(frozen=True, slots=True)
class _Open:
    """Which pairs of rows are on no list and may be suggested: *listed* and *closed* hold the others, ascending."""

    listed: Ids
    closed: Ids
    roles: int

    def __call__(self, volunteer: Ids, role: Ids) -> Bool:
        pairs = volunteer * self.roles + role
        return ~(due.among(self.listed, pairs) | due.among(self.closed, pairs))


@lru_cache(maxsize=1)
def heard_of(run_id: int) -> Counter[int]:  # noqa: ARG001  the number tells one run from another
    """Return role id → on how many lists it is in the parts of a run that this process has done; to be added to.

    A role that is on `FEW` of these is on no fewer in all, so no other part needs to keep anybody for it. Whoever does
    not know of them keeps some in vain, and the end is the same.
    """
    return Counter()


def find(data: Dataset, engine: FastEngine, ranking: Ranking, tally: Tally, *, run: Run, weights: Weights) -> Kept:
    """Return who could come to the roles that fewer than `FEW` of the people who may be asked have on their lists."""
    left, closed = _may_be_asked(data, run)
    listed, heard = _heard(data, ranking, left, closed)
    has_more = tally.could_come > np.bincount(ranking.role, minlength=len(heard))
    elsewhere = heard_of(run.pk)
    known = heard + np.array([elsewhere[id_] for id_ in data.role_ids.tolist()], dtype=np.int64)
    roles = np.flatnonzero(has_more & (known < FEW)).astype(np.int32)
    is_open = _Open(np.sort(listed), closed, len(heard))
    items = _best_of_all(data, engine, left, roles, is_open, weights) if left.any() and len(roles) else []
    return Kept(items, Counter(dict(zip(data.role_ids.tolist(), heard.tolist(), strict=True))))


def _best_of_all(
    data: Dataset, engine: FastEngine, left: Bool, roles: Int, is_open: _Open, weights: Weights
) -> list[Items]:
    people = np.arange(len(left))
    if 2 * left.sum() < len(left):  # else to lay them out anew takes longer than to look at a few in vain
        people = np.flatnonzero(left)
        engine = FastEngine(some_people(data.problem, people.tolist()))
    parts = np.split(roles, range(ROLES_AT_ONCE, len(roles), ROLES_AT_ONCE))
    found = (engine.comers(some.tolist(), floor=FLOOR, weights=weights) for some in parts)
    return [_best(data, comers, people, left, is_open) for comers in found]


def _may_be_asked(data: Dataset, run: Run) -> tuple[Bool, Ids]:
    """Return whether each person may be asked now, (n,), and the pairs of rows that must not be suggested."""
    who = Who(ids=data.volunteer_ids.tolist())
    left = data.problem.volunteers.can_contact & due.have_asks_left(data.volunteer_ids, now=run.as_of)
    return left, due.not_now(data.volunteer_ids, data.role_ids, now=run.as_of, who=who)


def _heard(data: Dataset, ranking: Ranking, left: Bool, closed: Ids) -> tuple[Ids, Ids]:
    """Return the pairs of rows on lists, and on how many lists of people who may be asked each role is."""
    m = len(data.role_ids)
    volunteer = np.repeat(np.arange(len(left)), np.diff(ranking.start))
    listed = volunteer * m + ranking.role
    hears = left[volunteer] & ~due.among(closed, listed)
    return listed, np.bincount(ranking.role[hears], minlength=m)


def _best(data: Dataset, comers: Comers, people: Ids, left: Bool, is_open: _Open) -> Items:
    """Keep the best few of those *left* for each role, unless shut out or with it on the list; ties go by id."""
    volunteer, role = people[comers.pairs.volunteer], comers.pairs.role.astype(np.int64)
    open_ = np.flatnonzero(left[volunteer] & is_open(volunteer, role))
    kept = open_[best_of_each(role[open_], in_millionths(comers.score[open_]), volunteer[open_])]
    return Items(
        volunteer=data.volunteer_ids[volunteer[kept]],
        role=data.role_ids[role[kept]],
        slot=data.slot_ids[comers.pairs.slot[kept]],
        score=lists.rounded(comers.score[kept]),
        km=lists.rounded(comers.pairs.km[kept]),
        parts=lists.rounded(comers.parts[kept]),
    )


def best_of_each(role: Ids, score: Ids, volunteer: Ids) -> Ids:
    """Return the places of the `MOST` best of each role; of equal ones the volunteer with the lower number."""
    order = np.lexsort((volunteer, -score, role))
    role = role[order]
    place = np.arange(len(role)) - np.searchsorted(role, role)
    return order[place < MOST]
