"""PostgreSQL → numpy: a whole column comes as one binary value, in a fiftieth of the time of rows one by one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db import connection

# The format's fixed header: signature, flags, length of an extension that is never there. Then a row begins.
HEADER_BYTES = 19
COUNT_BYTES = 2
LENGTH_BYTES = 4

# Ids that are so many times as far apart as there are numbers to look up are searched for; others stand in a table.
DENSE = 2

Columns = Mapping[str, npt.NDArray[Any]]
Params = Sequence[object] | Mapping[str, object]


def columns(sql: str, params: Params = (), *, ints: Sequence[str], floats: Sequence[str] = ()) -> Columns:
    """Return the columns of a query as arrays, first the int64 ones and then the float64 ones.

    Parameters
    ----------
    sql : a SELECT whose columns are all ``int8``, then all ``float8``, none of them ever NULL.
    ints, floats : names of the columns, in the order of the SELECT.
    """
    found = _packed(sql, params, ["int8send"] * len(ints) + ["float8send"] * len(floats))
    return {name: np.frombuffer(found[at], ">i8").astype(np.int64) for at, name in enumerate(ints)} | {
        name: np.frombuffer(found[at], ">f8").astype(np.float64) for at, name in enumerate(floats, start=len(ints))
    }


def vectors(
    sql: str, params: Sequence[object] = (), *, dims: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int8]]:
    """Return the ids of a query and int8 (n, dims).

    Parameters
    ----------
    sql : a SELECT of an ``int8`` and a ``bytea`` of *dims* bytes, neither ever NULL.
    """
    ids, said = _packed(sql, params, ["int8send", ""])
    return np.frombuffer(ids, ">i8").astype(np.int64), np.frombuffer(said, np.int8).reshape(-1, dims)


def blobs(
    sql: str, params: Sequence[object] = (), *, count: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], list[memoryview]]:
    """Return the ids of a query, how long each of its values is, and for each column its values one after the other.

    Parameters
    ----------
    sql : a SELECT of an ``int8`` and of so many ``bytea``; a NULL counts as empty.

    Returns
    -------
    ids : int64 (n,); lengths : int64 (count, n); values : (count,)
    """
    names = [f"c{number}" for number in range(count + 1)]
    lengths = ", ".join(f"coalesce(octet_length({name}), 0)" for name in names[1:])
    both = f"SELECT c0, {lengths}, {', '.join(names[1:])} FROM ({sql}) AS found ({', '.join(names)})"  # noqa: S608
    ids, *found = _packed(both, params, ["int8send", *["int4send"] * count, *[""] * count])
    long = np.array([np.frombuffer(one, ">i4") for one in found[:count]], dtype=np.int64)
    return np.frombuffer(ids, ">i8").astype(np.int64), long, found[count:]


def _packed(sql: str, params: Params, senders: Sequence[str]) -> list[memoryview]:
    """Return for each column the bytes of its values, one after the other in the order of the rows."""
    names = [f"c{number}" for number in range(len(senders))]
    strung = (f"string_agg({sender}({name}), '')" for sender, name in zip(senders, names, strict=True))
    everything = f"SELECT {', '.join(strung)} FROM ({sql}) AS q ({', '.join(names)})"  # noqa: S608
    return _values(_copied(everything, params)[HEADER_BYTES + COUNT_BYTES :], len(senders))


def _copied(sql: str, params: Params) -> memoryview:
    data = bytearray()
    # The driver's own cursor: Django's, where it keeps a log of queries, takes no parameters here.
    with connection.cursor() as cursor, cursor.cursor.copy(f"COPY ({sql}) TO STDOUT (FORMAT binary)", params) as copy:
        for block in copy:
            data += block
    return memoryview(data)


def _values(row: memoryview, count: int) -> list[memoryview]:
    values, at = [], 0
    for _ in range(count):
        length = max(int.from_bytes(row[at : at + LENGTH_BYTES], signed=True), 0)  # -1 stands for NULL: no rows at all
        at += LENGTH_BYTES
        values.append(row[at : at + length])
        at += length
    return values


def packs(sql: str, params: Sequence[object] = ()) -> list[memoryview]:
    """Return the values of a query for one ``bytea``, which may be large; none of them is NULL."""
    found, at = _copied(sql, params), HEADER_BYTES
    values = []
    while int.from_bytes(found[at : at + COUNT_BYTES], signed=True) > 0:
        values += _values(found[at + COUNT_BYTES :], 1)
        at += COUNT_BYTES + LENGTH_BYTES + len(values[-1])
    return values


def texts(sql: str, params: Sequence[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
    """Return the rows of a query that has texts in it."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def array(ids: Iterable[int]) -> str:
    """Return ids as the text of an ``int8[]``; the driver would ask of each one whether it must be quoted.

    There is nothing in it but whole numbers, whatever is given, so it may stand in a statement between quotes.
    """
    return f"{{{','.join(map(str, map(int, ids)))}}}"


def positions(ids: npt.NDArray[np.int64], wanted: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return where each of *wanted* stands in the ascending *ids*, all different, -1 where it does not."""
    if not len(ids):
        return np.full(len(wanted), -1, np.int64)
    span = int(ids[-1] - ids[0]) + 1
    if span <= DENSE * (len(ids) + len(wanted)):
        return _looked_up(ids, wanted, span)
    at = np.searchsorted(ids, wanted).clip(max=len(ids) - 1)
    return np.where(ids[at] == wanted, at, -1)


def _looked_up(ids: npt.NDArray[np.int64], wanted: npt.NDArray[np.int64], span: int) -> npt.NDArray[np.int64]:
    """Return the same by a table of all numbers from the first id to the last, and one at each end for all others."""
    before = ids[0] - 1
    table = np.full(span + 2, -1, np.int64)
    table[ids - before] = np.arange(len(ids))
    at: npt.NDArray[np.int64] = table.take(wanted - before, mode="clip")
    return at


def lists(
    sql: str, params: Sequence[object] = (), *, ints: Sequence[str], reals: Sequence[str]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], Columns]:
    """Return whose each list is, how long it is, and the items of all lists, one list after the other.

    Parameters
    ----------
    sql : a SELECT of an ``int8``, then of ``int8[]``, all arrays of a row of one length, then of ``bytea`` as a
        `RealsField` keeps them; nothing is NULL.
    ints, reals : names of the lists; the latter come as float32, of any length.
    """
    names = [f"c{number}" for number in range(1 + len(ints) + len(reals))]
    arrays = (f"substr(array_send({name}), {_ITEMS_FROM})" for name in names[1 : 1 + len(ints)])
    items = ", ".join([*arrays, *names[1 + len(ints) :]])
    parts = f"SELECT c0, cardinality(c1), {items} FROM ({sql}) AS lists ({', '.join(names)})"  # noqa: S608
    whose, lengths, *found = _packed(parts, params, ["int8send", "int4send", *[""] * len(names[1:])])
    array = np.dtype([("bytes", ">i4"), ("item", ">i8")])
    columns: dict[str, npt.NDArray[Any]] = {
        name: np.frombuffer(values, array)["item"].astype(np.int64) for name, values in zip(ints, found, strict=False)
    }
    columns |= {
        name: np.frombuffer(values, ">f4").astype(np.float32)
        for name, values in zip(reals, found[len(ints) :], strict=True)
    }
    return np.frombuffer(whose, ">i8").astype(np.int64), np.frombuffer(lengths, ">i4").astype(np.int64), columns


# What comes before them: dimensions, flags and type, then the size and the first number of the only dimension.
_ITEMS_FROM = 5 * 4 + 1
