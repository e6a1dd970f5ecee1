"""A table as bytes, column by column: whole numbers in as few bytes as hold them, counts without the zeros."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Column = npt.NDArray[Any]
Place = npt.NDArray[np.uint32]  # in which to divide takes a third of the time that it takes in 64 bits


def packed(columns: Sequence[Column]) -> bytes:
    """Return what `unpacked` makes the same columns of, of any lengths; each says itself of which kind it is.

    Whole numbers are counted from the least of their column.
    """
    file = io.BytesIO()
    least = np.array([column.min() if _is_whole(column) else 0 for column in columns], dtype=np.int64)
    for one in (least, *map(_narrow, columns, least.tolist())):
        np.save(file, one, allow_pickle=False)
    return file.getvalue()


def unpacked(table: memoryview) -> list[Column]:
    """Return the columns; whole numbers as int64, all others as they were."""
    least, *columns = _saved(table)
    return [
        np.add(column, first, dtype=np.int64) if column.dtype.kind in "iu" else column
        for column, first in zip(columns, least.tolist(), strict=True)
    ]


def without_zeros(counts: npt.NDArray[np.integer]) -> tuple[npt.NDArray[np.uint8], Column]:
    """Return of (k, width) counts which are not zero, as bits, and these, row by row."""
    is_there = counts != 0
    return np.packbits(is_there, axis=1), counts.ravel()[np.flatnonzero(is_there)]  # half the time of counts[is_there]


def places(bits: Column, width: int) -> tuple[Place, Place]:
    """Return the row and the column of each count that is not zero, as `without_zeros` says them."""
    is_there = np.unpackbits(bits.astype(np.uint8), axis=1, count=width).astype(np.bool_)
    row, column = np.divmod(np.flatnonzero(is_there).astype(np.uint32), np.uint32(width))
    return row, column


def _is_whole(column: Column) -> bool:
    return column.dtype.kind in "iu" and column.size > 0


def _narrow(column: Column, least: int) -> Column:
    if not _is_whole(column):
        return column
    kind = np.min_scalar_type(int(column.max()) - least)
    return np.subtract(column, least, dtype=np.int64).astype(kind)


def _saved(table: memoryview) -> Iterator[Column]:
    file = io.BytesIO(table)
    while file.tell() < len(table):
        yield np.load(file, allow_pickle=False)
