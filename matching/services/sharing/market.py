"""Lists, reserves, people's asks and roles' places as the market that the allocation shares out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from django.db.models import F

from matching.dataset import findings, listed
from matching.dataset.asked import LEAD
from matching.dataset.listed import MILLION, Items, Listed
from matching.dataset.rows import positions
from matching.dataset.vocabulary import Ids
from matching.engine.allocation.allocate import FLOOR
from matching.engine.allocation.market import Asks, Candidates, Places
from matching.engine.distinct import distinct
from matching.engine.problem import Bool, Int
from matching.models import Run
from matching.services.listing import weights
from matching.services.sharing import due, reserves
from organisations.models import Role, Slot


@dataclass(frozen=True, slots=True)
class Market:
    """What `allocate` takes, and whose rows its numbers stand for (n volunteers, m roles, p pairs).

    Parameters
    ----------
    slot_ids : int64 (p,), the slot of each candidate.
    is_reserve : bool (p,), whether it is no candidate of a list.
    item : int64 (p,), the number of it among the reserves or in the lists that the run wrote, see `findings`; -1 where
        something else wrote the list.
    readers : int32 (n,), see `allocate`.
    """

    candidates: Candidates
    asks: Asks
    places: Places
    readers: Int
    volunteer_ids: Ids
    role_ids: Ids
    slot_ids: Ids
    is_reserve: Bool
    item: Ids


@dataclass(frozen=True, slots=True)
class _Free:
    """The slots that can still be joined, by id, and the rows of their roles."""

    slot_ids: Ids
    left: Ids
    role_ids: Ids
    role: Ids


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Candidates as rows of volunteers, roles and free slots, score in millionths, `Market.item`; int64 (p,) each."""

    volunteer: Ids
    role: Ids
    slot: Ids
    score: Ids
    item: Ids

    def some(self, which: Ids | Bool) -> _Pairs:
        if which.dtype == np.bool_ and which.all():
            return self
        return _Pairs(*(getattr(self, name)[which] for name in self.__slots__))


def read(run: Run) -> Market:
    """Return the market of *run*: of all who may be asked at all, and the open roles with places free."""
    people, free = due.read(now=run.as_of), _free(run)
    closed = due.not_now(people.id, free.role_ids, now=run.as_of)
    lists = _possible(*_listed(run), people, free, closed)
    reserved, item = _reserved(run)
    kept = _kept(_possible(reserved, item, people, free, closed), lists, people.asks_left, len(free.role_ids))
    pairs = _joined(lists, kept)
    order = _best_first(pairs.volunteer, pairs.score, pairs.role, len(free.role_ids))
    lengths = np.bincount(pairs.volunteer, minlength=len(people))
    need = np.bincount(free.role, free.left, minlength=len(free.role_ids)).astype(np.int64)
    return Market(
        candidates=Candidates(
            start=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
            role=pairs.role[order].astype(np.int32),
            score=(pairs.score[order] / MILLION).astype(np.float32),
            n_roles=len(need),
        ),
        asks=Asks(left=people.asks_left, order=people.last_asked, number=people.id),
        places=Places(need=need.astype(np.int32), may_ask=need * due.ASKED_PER_PLACE),
        readers=np.full(len(people), due.PICKS, dtype=np.int32),
        volunteer_ids=people.id,
        role_ids=free.role_ids,
        slot_ids=free.slot_ids[pairs.slot[order]],
        is_reserve=order >= len(lists.role),
        item=pairs.item[order],
    )


def _listed(run: Run) -> tuple[Listed, Ids]:
    """Return everybody's list as it is now, and the items' numbers: what the parts of the run wrote, and the others."""
    wrote = findings.read_lists(run.pk)
    has_another, beside = listed.beside(run.pk, weights.of(run.weight_set))
    if not len(has_another):  # so it mostly is, and there are millions of items
        return wrote, np.arange(len(wrote.role))
    others, item = _of(beside), np.flatnonzero(positions(has_another, wrote.volunteer) < 0)
    names = Listed.__slots__
    both = Listed(*(np.concatenate([getattr(wrote, name)[item], getattr(others, name)]) for name in names))
    return both, np.concatenate([item, np.full(len(others.role), -1)])


def _reserved(run: Run) -> tuple[Listed, Ids]:
    found = _of(findings.read_reserves(run.pk, len(weights.of(run.weight_set).names)))
    return found, np.arange(len(found.role))


def _of(items: Items) -> Listed:
    return Listed(items.volunteer, items.role, items.slot, listed.in_millionths(items.score))


def _joined(one: _Pairs, other: _Pairs) -> _Pairs:
    return _Pairs(*(np.concatenate([getattr(one, name), getattr(other, name)]) for name in _Pairs.__slots__))


def _free(run: Run) -> _Free:
    free = Slot.objects.free(run.as_of + LEAD).filter(role__in=Role.objects.open()).order_by("pk")
    found = due.whole_numbers(
        free.annotate(left=F("capacity") - F("taken")).values_list("pk", "role_id", "left"), "id", "role", "left"
    )
    role_ids, role = np.unique(found["role"], return_inverse=True)
    return _Free(found["id"], found["left"], role_ids, role)


def _possible(some: Listed, item: Ids, people: due.People, free: _Free, closed: Ids) -> _Pairs:
    """Leave out whoever is not to be asked at all, roles that were closed or filled, and what is not for now."""
    pairs = _Pairs(
        positions(people.id, some.volunteer),
        positions(free.role_ids, some.role),
        positions(free.slot_ids, some.slot),
        some.score,
        item,
    )
    is_known = (pairs.volunteer >= 0) & (pairs.role >= 0) & (pairs.slot >= 0)
    if not is_known.any():
        return pairs.some(is_known)
    has_room = free.left[pairs.slot] >= people.party_size[pairs.volunteer]  # says nothing where one is not known
    is_closed = due.among(closed, pairs.volunteer * len(free.role_ids) + pairs.role)
    return pairs.some(is_known & has_room & ~is_closed)


def _kept(reserved: _Pairs, lists: _Pairs, asks_left: Int, m: int) -> _Pairs:
    """Keep the best of those whose role is on too few lists in all, so that it does not matter how a run was cut."""
    is_asked = asks_left[lists.volunteer] > 0
    is_scarce = np.bincount(lists.role[is_asked], minlength=m) < FLOOR
    near = is_scarce[lists.role]
    taken = distinct(lists.volunteer[near] * m + lists.role[near])
    is_new = is_scarce[reserved.role] & ~due.among(taken, reserved.volunteer * m + reserved.role)
    some = reserved.some(is_new)
    return some.some(reserves.best_of_each(some.role, some.score, some.volunteer))


def _best_first(volunteer: Ids, score: Ids, role: Ids, m: int) -> Ids:
    """Return the order by volunteer, then best first, then by role: by one whole number, which sorts in no time."""
    return np.argsort((volunteer * (MILLION + 1) + (MILLION - score)) * m + role, kind="stable")
