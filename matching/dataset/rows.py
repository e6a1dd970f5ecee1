"""PostgreSQL → numpy: numbers come as a binary COPY, which costs a tenth of reading them row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db import connection

# The format's fixed header: signature, flags, length of an extension that is never there.
HEADER_BYTES = 19
TRAILER_BYTES = 2

Columns = Mapping[str, npt.NDArray[Any]]


def columns(sql: str, params: Sequence[object] = (), *, ints: Sequence[str], floats: Sequence[str] = ()) -> Columns:
    """Return the columns of a query as arrays, first the int64 ones and then the float64 ones.

    Parameters
    ----------
    sql : a SELECT whose columns are all ``int8``, then all ``float8``, none of them ever NULL.
    ints, floats : names of the columns, in the order of the SELECT.
    """
    layout = np.dtype(
        [("fields", ">i2")]
        + [part for name in ints for part in ((f"{name} bytes", ">i4"), (name, ">i8"))]
        + [part for name in floats for part in ((f"{name} bytes", ">i4"), (name, ">f8"))]
    )
    rows = np.frombuffer(_copied(sql, params), layout, offset=HEADER_BYTES)
    return {name: rows[name].astype(np.int64) for name in ints} | {
        name: rows[name].astype(np.float64) for name in floats
    }


def _copied(sql: str, params: Sequence[object]) -> memoryview:
    data = bytearray()
    with connection.cursor() as cursor, cursor.copy(f"COPY ({sql}) TO STDOUT (FORMAT binary)", params) as copy:
        for block in copy:
            data += block
    return memoryview(data)[:-TRAILER_BYTES]


def texts(sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Return the rows of a query that has texts in it."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def positions(ids: npt.NDArray[np.int64], wanted: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return where each of *wanted* stands in the ascending *ids*, -1 where it does not."""
    if not len(ids):
        return np.full(len(wanted), -1, np.int64)
    at = np.searchsorted(ids, wanted).clip(max=len(ids) - 1)
    return np.where(ids[at] == wanted, at, -1)
