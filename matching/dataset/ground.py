"""Where people live: towns in an order in which neighbours stand together, and parts of about the same size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matching.dataset.rows import columns

Ids = npt.NDArray[np.int64]
Degrees = npt.NDArray[np.float64]

# The curve has 2 to this power of steps along either side of a square of 64 degrees: one of 100 m or less.
ORDER = 16
SIDE_DEGREES = 64.0
CORNER = (0.0, 110.0)

_PIECES = """
    SELECT town_id::int8, part::int8, min(id)::int8, max(id)::int8, count(*)::int8, coalesce(min(lat), 'NaN')::float8,
        coalesce(min(lng), 'NaN')::float8
    FROM (
        SELECT v.id, v.town_id, t.lat, t.lng,
            (row_number() OVER (PARTITION BY v.town_id ORDER BY v.id) - 1) / %s AS part
        FROM volunteers_volunteer v JOIN organisations_town t ON t.id = v.town_id
    ) numbered GROUP BY town_id, part
"""


class Piece(NamedTuple):
    """The people of a town, or, where it has too many, those of them with first ≤ id ≤ last."""

    town: int
    first: int
    last: int
    people: int
    is_whole: bool


def pieces(size: int) -> list[Piece]:
    """Return everybody in pieces of at most *size* people, neighbouring towns after one another."""
    rows = columns(_PIECES, (size,), ints=("town", "part", "first", "last", "people"), floats=("lat", "lng"))
    order = np.lexsort((rows["part"], rows["town"], along(rows["lat"], rows["lng"])))
    _, town, count = np.unique(rows["town"], return_inverse=True, return_counts=True)
    values = zip(
        *(rows[name][order].tolist() for name in ("town", "first", "last", "people")),
        (count[town] == 1)[order].tolist(),
        strict=True,
    )
    return [Piece(*row) for row in values]


def parts(pieces: Iterable[Piece], size: int) -> Iterator[list[Piece]]:
    """Yield the pieces, in their order, put together to at most *size* people; what is no whole town stays alone."""
    part: list[Piece] = []
    for piece in pieces:
        is_full = sum(one.people for one in part) + piece.people > size
        if part and (is_full or not piece.is_whole or not part[-1].is_whole):
            yield part
            part = []
        part.append(piece)
    if part:
        yield part


def far_apart(count: int) -> list[int]:
    """Return the numbers below *count* in an order in which no few of them that follow each other lie side by side.

    It is that of their binary digits read backwards [1]_.

    References
    ----------
    .. [1] J. G. van der Corput, Verteilungsfunktionen, Proc. Akad. Amsterdam 38, 1935.
    """
    digits = max(count - 1, 0).bit_length()
    return sorted(range(count), key=lambda number: f"{number:0{digits}b}"[::-1])


def along(lat: Degrees, lng: Degrees) -> Ids:
    """Return how far along Hilbert's curve points lie: near ones are mostly near on it, too [1]_.

    Parameters
    ----------
    lat, lng : float64 (n,), degrees; a point that is not known (NaN) lies behind all others.

    Returns
    -------
    int64 (n,)

    References
    ----------
    .. [1] D. Hilbert, Ueber die stetige Abbildung einer Linie auf ein Flächenstück, Math. Ann. 38, 1891.
    """
    known = ~(np.isnan(lat) | np.isnan(lng))
    x, y = (
        ((np.where(known, degrees, 0.0) - corner) / SIDE_DEGREES * (1 << ORDER))
        .astype(np.int64)
        .clip(0, (1 << ORDER) - 1)
        for degrees, corner in zip((lng, lat), reversed(CORNER), strict=True)
    )
    distance = np.zeros(len(lat), dtype=np.int64)
    for bit in reversed(range(ORDER)):
        right, up = (x >> bit) & 1, (y >> bit) & 1
        distance += ((3 * right) ^ up) << (2 * bit)
        # Each quarter of the curve is the curve again, turned: the lower ones are mirrored.
        turned = np.where((up == 0) & (right == 1), ~x, x), np.where((up == 0) & (right == 1), ~y, y)
        x, y = np.where(up == 0, turned[1], turned[0]), np.where(up == 0, turned[0], turned[1])
    return np.where(known, distance, np.iinfo(np.int64).max)
