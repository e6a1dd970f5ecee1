"""Points in an order in which every few of them lie close together."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from matching.engine.problem import Float

Order = npt.NDArray[np.intp]


def packed_by(place: Float, holds: int) -> Order:
    """Return an order of which each *holds* in a row lie in a small box: sort-tile-recursive packing.

    All are cut into strips along the widest side, each strip along the second widest: where many live the boxes are
    small. A place that is not known comes last.

    Parameters
    ----------
    place : float64 (n, 3), km; NaN where it is not known.
    holds : how many a box holds.

    References
    ----------
    Leutenegger, Lopez, Edgington: STR, a simple and efficient algorithm for R-tree packing, ICDE 1997.
    """
    is_known = ~np.isnan(place[:, 0])
    known = np.flatnonzero(is_known)
    if not len(known):
        return np.arange(len(place))
    there = np.ascontiguousarray(place[known].T)
    low, high = there.min(axis=1), there.max(axis=1)
    second, widest = np.argsort(high - low, kind="stable")[1:]
    strips = math.ceil(math.sqrt(len(known) / holds))
    a_strip = holds * math.ceil(len(known) / (holds * strips))
    strip = np.empty(len(known), dtype=np.int64)
    strip[np.argsort(there[widest])] = np.arange(len(known)) // a_strip
    # Every second strip is walked backwards, so that neighbours in the order are neighbours on the map.
    length, along = high[second] - low[second], there[second] - low[second]
    walked = strip * (2.0 * length + 1.0) + np.where(strip % 2, length - along, along)
    return np.concatenate([known[np.argsort(walked)], np.flatnonzero(~is_known)])


def boxes(place: Float) -> tuple[Float, Float]:
    """Return the middle of each box, float64 (b, 3), and how far from it the farthest of its points is, (b,), km.

    Parameters
    ----------
    place : float64 (3, b, holds), km; NaN where it is not known. A box of none that is known is at 0, and a point.
    """
    middle = np.nan_to_num((np.fmin.reduce(place, axis=2) + np.fmax.reduce(place, axis=2)) / 2)
    square = np.square(place - middle[:, :, None]).sum(axis=0)
    return np.ascontiguousarray(middle.T), np.sqrt(np.fmax.reduce(square, axis=1, initial=0.0))
