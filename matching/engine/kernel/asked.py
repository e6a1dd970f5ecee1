"""Roles and their slots as the kernel wants them: in tiles of neighbours, equal conditions and equal times once."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.engine.kernel.packing import boxes, packed_by
from matching.engine.kernel.people import Starts
from matching.engine.problem import Bits, Bool, Float, Int, Problem, Slots

A_TILE = 16
ALL_OVER = np.inf
_DAY = np.uint64(48)


class Asked(NamedTuple):
    """The roles by tile (m rows), and what is equal in many of them once.

    Parameters
    ----------
    number : int32 (m,), row in the problem; row_of : int32 (m,), the other way round.
    place : float64 (m, 3), km; online, is_open : bool (m,)
    takes_groups : bool (m,)
    ages, skilled, open_to : int32 (m,), row of ``age_limits``, of ``qualifications``, of ``access``.
    age_limits : int32 (a, 3), from, to, guardian under; qualifications : uint64 (q,); access : uint64 (c,), with what
        staying at home meets.
    activity_start, skill_start : int64 (m + 1,); activity, skill : int32 columns
    activity_weight, skill_weight : float64
    skill_total : float64 (m,), the weights of a role's skills together.
    text : int8 (m, dims); says : bool (m,), whether there is any.
    tile_start, tile_end : int64 (t,), the rows of a tile; tile_middle : float64 (t, 3), km; tile_radius : float64 (t,),
        km, infinite for roles done from home, or where the place of one is not known.
    slot_start : int64 (m + 1,), the slots of a row, in the order in which they are tried: by start, then by number.
    slot, room, time : int32 (s,), number in the problem; row of ``places``; row of ``way_start``.
    places : int32, the different numbers of places left.
    way_start : int64 (times + 1,), the ways of the different times; way_day : int32; way_mask : uint64
    """

    number: Int
    row_of: Int
    place: Float
    online: Bool
    is_open: Bool
    takes_groups: Bool
    ages: Int
    skilled: Int
    open_to: Int
    age_limits: Int
    qualifications: Bits
    access: Bits
    activity_start: Starts
    activity: Int
    activity_weight: Float
    skill_start: Starts
    skill: Int
    skill_weight: Float
    skill_total: Float
    text: npt.NDArray[np.int8]
    says: Bool
    tile_start: Starts
    tile_end: Starts
    tile_middle: Float
    tile_radius: Float
    slot_start: Starts
    slot: Int
    room: Int
    time: Int
    places: Int
    way_start: Starts
    way_day: Int
    way_mask: Bits


def tiles(problem: Problem, place: Float) -> Asked:
    """Sort the roles into tiles.

    Parameters
    ----------
    problem : m roles.
    place : float64 (m, 3), km, where they take place; NaN where that is not known.
    """
    roles = problem.roles
    there = np.where(roles.is_online[:, None], np.nan, place)
    # From home first: their tiles are everybody's.
    order = packed_by(there, A_TILE)
    order = order[np.argsort(~roles.is_online[order], kind="stable")]
    row_of = np.empty(len(roles), dtype=np.int32)
    row_of[order] = np.arange(len(roles), dtype=np.int32)
    activities, skills = _rows(roles.activities, order), _rows(roles.skills, order)
    limits = np.column_stack([roles.min_age, roles.max_age, roles.guardian_under])[order]
    ages, first = _alike(limits)
    text = roles.text[order]
    at_home = np.where(roles.is_online, np.uint64(problem.place_access), np.uint64(0))
    qualifications, skilled = np.unique(roles.qualifications[order], return_inverse=True)
    access, open_to = np.unique((roles.access | at_home)[order], return_inverse=True)
    return Asked(
        number=order.astype(np.int32),
        row_of=row_of,
        place=there[order],
        online=roles.is_online[order],
        is_open=roles.is_approved[order],
        takes_groups=roles.takes_groups[order],
        ages=ages.astype(np.int32),
        skilled=skilled.astype(np.int32),
        open_to=open_to.astype(np.int32),
        age_limits=limits[first].astype(np.int32),
        qualifications=qualifications,
        access=access,
        activity_start=activities.indptr.astype(np.int64),
        activity=activities.indices.astype(np.int32),
        activity_weight=activities.data,
        skill_start=skills.indptr.astype(np.int64),
        skill=skills.indices.astype(np.int32),
        skill_weight=skills.data,
        skill_total=np.asarray(skills.sum(axis=1)).ravel(),
        text=text,
        says=np.asarray(text.any(axis=1)),
        **_tiles(there[order], roles.is_online[order]),
        **_times(problem.slots, row_of),
    )


def alone(asked: Asked, rows: Int) -> Asked:
    """Return the same with a tile for each of the roles in these *rows* of the problem, and none for the others."""
    row = asked.row_of[rows].astype(np.int64)
    radius = np.where(asked.online[row], ALL_OVER, 0.0)
    middle = np.where(asked.online[row, None], 0.0, asked.place[row])
    return asked._replace(tile_start=row, tile_end=row + 1, tile_middle=middle, tile_radius=radius)


def _rows(matrix: sparse.csr_array, order: npt.NDArray[np.int64]) -> sparse.csr_array:
    rows = sparse.csr_array(matrix, dtype=np.float64)[order]
    rows.sum_duplicates()
    rows.eliminate_zeros()
    return rows


def _tiles(place: Float, online: Bool) -> dict[str, Any]:
    from_home, last = int(online.sum()), len(online)
    everybody, start = np.arange(0, from_home, A_TILE), np.arange(from_home, last, A_TILE)
    filled = np.full((3, len(start) * A_TILE), np.nan)
    filled[:, : last - from_home] = place[from_home:].T
    inside = filled.reshape(3, len(start), A_TILE)
    middle, radius = boxes(inside)
    first = np.concatenate([everybody, start])
    is_role = np.arange(filled.shape[1]) < last - from_home
    radius[(np.isnan(filled[0]) & is_role).reshape(-1, A_TILE).any(axis=1)] = ALL_OVER
    return {
        "tile_start": first,
        "tile_end": np.append(first[1:], last)[: len(first)],
        "tile_middle": np.concatenate([np.zeros((len(everybody), 3)), middle]),
        "tile_radius": np.concatenate([np.full(len(everybody), ALL_OVER), radius]),
    }


def _times(slots: Slots, row_of: Int) -> dict[str, Any]:
    row = row_of[slots.role]
    order = np.lexsort((np.arange(len(slots)), slots.starts_h, row))
    places, room = np.unique(slots.places_left[order], return_inverse=True)
    times = _different_times(slots)
    return {
        "slot_start": np.searchsorted(row[order], np.arange(len(row_of) + 1)).astype(np.int64),
        "slot": order.astype(np.int32),
        "room": room.reshape(-1).astype(np.int32),
        "time": times[0][order],
        "places": places.astype(np.int32),
        "way_start": times[1],
        "way_day": times[2],
        "way_mask": times[3],
    }


def _alike(rows: Bits | Int) -> tuple[Starts, Starts]:
    """Return which of the different rows each one is, and where each of these comes first."""
    order = np.lexsort(rows.T[::-1]) if rows.shape[1] else np.arange(len(rows))
    sorted_rows = rows[order]
    is_new = np.ones(len(rows), dtype=np.bool_)
    is_new[1:] = (sorted_rows[1:] != sorted_rows[:-1]).any(axis=1)
    kind = np.empty(len(rows), dtype=np.int64)
    kind[order] = np.cumsum(is_new) - 1
    return kind, order[is_new]


def _different_times(slots: Slots) -> tuple[Int, Starts, Int, Bits]:
    """Return which of the different times each slot has, and the ways of each: Saturday 9 to 11 is asked for often."""
    by_slot = np.argsort(slots.choice_slot, kind="stable")
    keys = ((slots.choice_day.astype(np.uint64) << _DAY) | slots.choice_mask)[by_slot]
    start = np.searchsorted(slots.choice_slot[by_slot], np.arange(len(slots) + 1))
    kinds = np.zeros(len(slots), dtype=np.int32)
    ways: list[Bits] = []
    count = np.diff(start)
    for many in np.unique(count):
        some = np.flatnonzero(count == many)
        rows = keys[start[some][:, None] + np.arange(many)]
        kind, first = _alike(rows)
        kinds[some] = len(ways) + kind
        ways += list(rows[first])
    flat = np.concatenate([np.empty(0, dtype=np.uint64), *ways])
    return (
        kinds,
        np.cumsum([0, *map(len, ways)], dtype=np.int64),
        (flat >> _DAY).astype(np.int32),
        flat & np.uint64((1 << 48) - 1),
    )
