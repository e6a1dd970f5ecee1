"""Sets of people as bits, eight to a byte: what is true of whom is counted and combined a byte at a time.

In here alone the people come last: row *r* of a plane is the set of people for whom something holds of role (or
slot, or way) *r*. Numbers of people are made up to a multiple of eight; the bits beyond are never set.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from matching.engine.problem import Bool, Int

Plane = npt.NDArray[np.uint8]
Rows = npt.NDArray[np.signedinteger]


def pack(members: Bool) -> Plane:
    """Turn bool (rows, people) into a plane, uint8 (rows, ceil(people / 8))."""
    return np.packbits(members, axis=-1, bitorder="little")


def everybody(people: int) -> Plane:
    """Return the set of all, uint8 (ceil(people / 8),)."""
    return pack(np.ones(people, dtype=np.bool_))


def count(plane: Plane) -> Int:
    """Return how many people each row holds, int32 (...,)."""
    return np.asarray(np.bitwise_count(plane).sum(axis=-1, dtype=np.int32))


def members(plane: Plane) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return the rows and the people of all set bits, each (bits,), row by row."""
    rows, people = np.nonzero(np.unpackbits(plane, axis=-1, bitorder="little"))
    return rows, people


def union_by(group: Rows, plane: Plane, groups: int) -> Plane:
    """Join the rows of each group.

    Parameters
    ----------
    group : int (rows,), ascending, each in [0, groups).
    plane : uint8 (rows, bytes).

    Returns
    -------
    uint8 (groups, bytes); a group without rows is empty.
    """
    joined = np.zeros((groups, plane.shape[1]), dtype=np.uint8)
    if len(group):
        starts = np.flatnonzero(np.diff(group, prepend=-1))
        joined[group[starts]] = np.bitwise_or.reduceat(plane, starts, axis=0)
    return joined
