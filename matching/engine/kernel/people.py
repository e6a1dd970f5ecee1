"""People as the kernel wants them: in blocks of 64 neighbours, so that one look shuts out what is far from all."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.engine.compiled import LANES, compiled
from matching.engine.distinct import distinct
from matching.engine.geodesy import chord_km
from matching.engine.hands import hands
from matching.engine.kernel.packing import boxes, packed_by
from matching.engine.problem import Bits, Bool, Float, Int, Volunteers
from matching.engine.signals.wish import says_anything

CLASSES, LEAST_KM = 2, 0.1
"""People are sorted by how far they go in steps of √2; up to here it makes no difference."""

Starts = npt.NDArray[np.int64]


class People(NamedTuple):
    """The volunteers by block; rows are filled up to a multiple of 64 (k rows, b = k / 64 blocks).

    What every block copies into tables of its own anyway is left in the order of the problem, and found by ``number``.

    Parameters
    ----------
    number : int32 (k,), row in the problem; -1 for a row that only fills up.
    place : float64 (3, k), km; reach : float64 (k,), km, the longest straight line; limit_km : float64 (k,)
    age, party : int32 (k,); guardian, contact, takes_online, home_only, wrote : bool (k,)
    qualifications, needs : uint64 (k,)
    middle : float64 (b, 3), km; radius, farthest : float64 (b,), km; everything is near where a place
        is not known.
    weekly : uint64 (n, 7), as in the problem.
    exception_start : int64 (n + 1,); exception_day : int32; exception_free : uint64, by person.
    interest_start, avoid_start, skill_start : (n + 1,); interest, avoid, skill : columns, also more than once; an
        interest may be one of 0
    interest_weight : float64
    wish : int8 (n, dims), as in the problem.
    """

    number: Int
    place: Float
    reach: Float
    limit_km: Float
    age: Int
    party: Int
    guardian: Bool
    contact: Bool
    takes_online: Bool
    home_only: Bool
    wrote: Bool
    qualifications: Bits
    needs: Bits
    middle: Float
    radius: Float
    farthest: Float
    weekly: Bits
    exception_start: Starts
    exception_day: Int
    exception_free: Bits
    interest_start: Int
    interest: Int
    interest_weight: Float
    avoid_start: Int
    avoid: Int
    skill_start: Int
    skill: Int
    wish: npt.NDArray[np.int8]


def blocks(volunteers: Volunteers, place: Float) -> People:
    """Sort people into blocks.

    Parameters
    ----------
    volunteers : n people.
    place : float64 (n, 3), km, where they live; NaN where that is not known.
    """
    return in_blocks(volunteers, place, _neighbours(place, volunteers.travel_limit_km))


def in_blocks(volunteers: Volunteers, place: Float, order: npt.NDArray[np.int64]) -> People:
    """Put people into blocks in this *order*, int64 (n,)."""
    number = _filled(order)
    row, real = np.maximum(number, 0), number >= 0
    wish = np.ascontiguousarray(volunteers.wish)
    of_their_own = hands().submit(_of_their_own, volunteers, wish, row, real)
    where = _where(volunteers, place, row, real)
    interests, avoids, skills = volunteers.interests, _chosen(volunteers.avoids), _chosen(volunteers.skills)
    return People(
        number=number,
        **where,
        **of_their_own.result(),
        weekly=np.ascontiguousarray(volunteers.weekly),
        interest_start=interests.indptr.astype(np.int32, copy=False),
        interest=interests.indices.astype(np.int32, copy=False),
        interest_weight=interests.data.astype(np.float64, copy=False),
        avoid_start=avoids.indptr.astype(np.int32, copy=False),
        avoid=avoids.indices.astype(np.int32, copy=False),
        skill_start=skills.indptr.astype(np.int32, copy=False),
        skill=skills.indices.astype(np.int32, copy=False),
        wish=wish,
    )


def _chosen(matrix: sparse.csr_array) -> sparse.csr_array:
    """Return the same without what is 0: it need not be asked then, for each person from another place of memory."""
    if matrix.data.all():
        return matrix
    chosen = matrix.copy()
    chosen.eliminate_zeros()
    return chosen


def _where(volunteers: Volunteers, place: Float, row: Int, real: Bool) -> dict[str, Any]:
    """Return where those in each row live and how far they go, and the outlines of the blocks."""
    there = np.take(place.T, row, axis=1)
    there[:, ~real] = np.nan
    limit = np.where(real, volunteers.travel_limit_km[row], 0.0)
    reach = chord_km(limit)
    middle, radius, farthest = _outline(there, reach, real)
    return {
        "place": there,
        "reach": reach,
        "limit_km": limit,
        "middle": middle,
        "radius": radius,
        "farthest": farthest,
    }


def _of_their_own(volunteers: Volunteers, wish: npt.NDArray[np.int8], row: Int, real: Bool) -> dict[str, Any]:
    """Return what else is known of those in each row, and the exceptions."""
    start, day, free = _exceptions(volunteers)
    return {
        "age": volunteers.age[row],
        "party": volunteers.party_size[row],
        "guardian": volunteers.has_guardian[row],
        "contact": volunteers.can_contact[row] & real,
        "takes_online": volunteers.takes_online[row],
        "home_only": volunteers.is_home_only[row],
        "wrote": _who_wrote(wish)[row],
        "qualifications": volunteers.qualifications[row],
        "needs": volunteers.access_needs[row],
        "exception_start": start,
        "exception_day": day,
        "exception_free": free,
    }


def _who_wrote(wish: npt.NDArray[np.int8]) -> Bool:
    wrote = np.empty(len(wish), dtype=np.bool_)
    _mark_who_wrote(wish, wrote)
    return wrote


@compiled
def _mark_who_wrote(wish: npt.NDArray[np.int8], wrote: Bool) -> None:
    for person in range(len(wish)):
        wrote[person] = says_anything(wish[person])


def _neighbours(place: Float, limit: Float) -> npt.NDArray[np.int64]:
    """Return an order in which those stand together who go about as far and live close: few roles are near such 64.

    Parameters
    ----------
    place : float64 (n, 3), km; NaN where it is not known; limit : float64 (n,), km
    """
    reach = np.round(CLASSES * np.log2(np.maximum(limit, LEAST_KM)))
    reach[np.isnan(place[:, 0])] = np.inf  # who may live anywhere is kept out of the others' blocks
    alike = [np.flatnonzero(reach == one) for one in distinct(reach)]
    packed = list(hands().map(lambda some: some[packed_by(place[some], LANES)], alike))
    return np.concatenate([np.empty(0, dtype=np.int64), *packed])


def _filled(order: npt.NDArray[np.int64]) -> Int:
    number = np.full(-(-len(order) // LANES) * LANES, -1, dtype=np.int32)
    number[: len(order)] = order
    return number


def _exceptions(volunteers: Volunteers) -> tuple[Starts, Int, Bits]:
    order = np.argsort(volunteers.exception_volunteer, kind="stable")
    people = volunteers.exception_volunteer[order]
    start = np.searchsorted(people, np.arange(len(volunteers) + 1)).astype(np.int64)
    return start, volunteers.exception_day[order], volunteers.exception_free[order]


def _outline(place: Float, reach: Float, real: Bool) -> tuple[Float, Float, Float]:
    """Return each block's middle, radius and farthest reach; of endless radius where a place is not known."""
    inside = place.reshape(3, -1, LANES)
    known: Bool = ~np.isnan(inside[0])
    middle, radius = boxes(inside)
    radius[(real.reshape(known.shape) & ~known).any(axis=1)] = np.inf
    return middle, radius, np.where(known, reach.reshape(known.shape), 0.0).max(axis=1, initial=0.0)
