"""The best few of many keys. Keys differ, so which ones they are does not depend on the order they came in."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from matching.engine.compiled import compiled

Keys = npt.NDArray[np.int64]


@compiled
def keep_best(keys: Keys, size: int, most: int) -> None:
    """Bring the *most* highest of the first *size* keys to the front, in any order (Hoare's selection).

    Parameters
    ----------
    keys : int64 (at least size,), all different; most < size.
    """
    first, last = 0, size - 1
    while first < last:
        middle = keys[(first + last) // 2]
        up, down = first, last
        while up <= down:
            while keys[up] > middle:
                up += 1
            while keys[down] < middle:
                down -= 1
            if up <= down:
                keys[up], keys[down] = keys[down], keys[up]
                up += 1
                down -= 1
        if most - 1 <= down:
            last = down
        elif most - 1 >= up:
            first = up
        else:
            return


@compiled
def put_in_order(keys: Keys, size: int) -> None:
    """Sort the first *size* keys, the highest first, by insertion: they are few."""
    for at in range(1, size):
        key, hole = keys[at], at
        while hole > 0 and keys[hole - 1] < key:
            keys[hole] = keys[hole - 1]
            hole -= 1
        keys[hole] = key
