"""numpy → PostgreSQL: rows with lists in them as a binary COPY, all lists of one length at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

START, END = b"PGCOPY\n\xff\r\n\x00" + bytes(8), b"\xff\xff"
COUNT_BYTES = 2
EPOCH = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
_OIDS = {"i8": 20, "f4": 700, "f8": 701}
_TEXT_OID = 1043

Numbers = npt.NDArray[np.generic]


@dataclass(frozen=True, slots=True)
class Same:
    """One value for all rows: None, a whole number, a time, a list of texts or of floats."""

    value: int | dt.datetime | Sequence[str] | npt.NDArray[np.floating] | None

    def packed(self) -> bytes:
        match self.value:
            case None:
                return _number(-1)
            case int():
                return _counted(self.value.to_bytes(8, signed=True))
            case dt.datetime():
                return _counted(((self.value - EPOCH) // dt.timedelta(microseconds=1)).to_bytes(8, signed=True))
            case np.ndarray():
                alike = Many(self.value, np.array([0, len(self.value)]))
                row = np.zeros(1, _layout([alike], 0))
                _fill(row, "0", alike, np.array([0]))
                return row.tobytes()[COUNT_BYTES:]
            case _:
                return _counted(_list(_TEXT_OID, [text.encode() for text in self.value]))


@dataclass(frozen=True, slots=True)
class One:
    """A number for each row: (n,)."""

    numbers: Numbers


@dataclass(frozen=True, slots=True)
class Many:
    """A list for each row: (p,), or (p, width) where each item has several numbers.

    The items of row *i* are ``start[i]:start[i + 1]``, int64 (n + 1,).
    """

    numbers: Numbers
    start: npt.NDArray[np.int64]

    @property
    def width(self) -> int:
        return self.numbers.shape[1] if self.numbers.ndim > 1 else 1


@dataclass(frozen=True, slots=True)
class Bytes(Many):
    """The same as float32 numbers in one value, see `RealsField`."""


Field = Same | One | Many
_Given = bytes | One | Many


def packed(fields: Sequence[Field], count: int) -> Iterator[bytes]:
    """Yield what ``COPY … (FORMAT binary)`` reads, the rows by the lengths of their lists.

    Parameters
    ----------
    fields : in the order of the columns; int64 is ``int8`` there, float32 ``float4``, float64 ``float8``.
    count : how many rows there are.
    """
    yield START
    given = [field.packed() if isinstance(field, Same) else field for field in fields]
    lengths = np.zeros(count, np.int64)
    for start in {id(field.start): field.start for field in fields if isinstance(field, Many)}.values():
        of_list = np.diff(start)
        lengths = lengths * (of_list.max(initial=0) + 1) + of_list  # one number for all lengths of a row
    order = np.argsort(lengths, kind="stable")
    for rows in np.split(order, np.flatnonzero(np.diff(lengths[order])) + 1):
        if len(rows):
            yield _alike(given, rows).tobytes()
    yield END


def _alike(fields: Sequence[_Given], rows: npt.NDArray[np.intp]) -> npt.NDArray[np.void]:
    """Return rows whose lists have the same lengths."""
    table = np.empty(len(rows), _layout(fields, int(rows[0])))
    table["fields"] = len(fields)
    for number, field in enumerate(fields):
        _fill(table, str(number), field, rows)
    return table


def _layout(fields: Sequence[_Given], row: int) -> np.dtype[np.void]:
    """Return the layout of one row, and of all that are like it."""
    parts: list[tuple[str, object]] = [("fields", ">i2")]
    for number, field in enumerate(fields):
        match field:
            case bytes():
                parts.append((f"{number}", f"V{len(field)}"))
            case One():
                parts += [(f"{number} bytes", ">i4"), (f"{number}", f">{_kind(field.numbers)}")]
            case Bytes():
                count = int(field.start[row + 1] - field.start[row]) * field.width
                parts += [(f"{number} bytes", ">i4"), (f"{number}", (">f4", (count,)))]
            case Many():
                count = int(field.start[row + 1] - field.start[row]) * field.width
                item = np.dtype([("bytes", ">i4"), ("number", f">{_kind(field.numbers)}")])
                parts += [(f"{number} head", f"V{len(_head(field, count))}"), (f"{number}", (item, (count,)))]
    return np.dtype(parts)


def _fill(table: npt.NDArray[np.void], name: str, field: _Given, rows: npt.NDArray[np.intp]) -> None:
    match field:
        case bytes():
            table[name] = np.void(field)
        case One():
            table[f"{name} bytes"] = field.numbers.itemsize
            table[name] = field.numbers[rows]
        case Many():
            length = field.start[rows[0] + 1] - field.start[rows[0]]
            items = field.start[rows][:, None] + np.arange(length)
            numbers = field.numbers[items].reshape(len(rows), length * field.width)
            if isinstance(field, Bytes):
                table[f"{name} bytes"] = numbers.shape[1] * numbers.itemsize
                table[name] = numbers
                return
            table[f"{name} head"] = np.void(_head(field, numbers.shape[1]))
            table[name]["bytes"] = numbers.itemsize
            table[name]["number"] = numbers


def _head(field: Many, count: int) -> bytes:
    """Return what comes before the items of a list: its length in bytes, then as `_list` says."""
    head = _list_head(_OIDS[_kind(field.numbers)], count)
    return _number(len(head) + (4 + field.numbers.itemsize) * count) + head


def _kind(numbers: Numbers) -> str:
    return f"{numbers.dtype.kind}{numbers.itemsize}"


def _list(kind: int, items: Sequence[bytes]) -> bytes:
    return _list_head(kind, len(items)) + b"".join(map(_counted, items))


def _list_head(kind: int, count: int) -> bytes:
    """How many dimensions, whether there are NULLs, of which type; and of a dimension its size and first number."""
    dimensions = [count, 1] if count else []
    return b"".join(map(_number, [len(dimensions) // 2, 0, kind, *dimensions]))


def _counted(value: bytes) -> bytes:
    return _number(len(value)) + value


def _number(value: int) -> bytes:
    return value.to_bytes(4, signed=True)
