"""A table's columns, and what reading its lines by them gives: entries, and faults by line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.services.errors import DomainError
from organisations.spreadsheets.read import Row, Table


@dataclass(frozen=True, slots=True)
class Column:
    """A column, and how its cells are read.

    Parameters
    ----------
    name : the header, always Japanese: files go from one office to the next.
    field : the name of the value.
    read : text → value; raises a DomainError that says what is wrong.
    is_required : whether an empty cell is a fault; else it gives ``empty``.
    hint : how it is filled in, for people.
    """

    name: str
    field: str
    read: Callable[[str], Any]
    hint: str | Promise
    is_required: bool = False
    empty: Any = None


@dataclass(frozen=True, slots=True)
class Entry:
    number: int
    values: dict[str, Any]


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """*row* is the number at the side of the spreadsheet."""

    row: int
    column: str
    sentence: str = field(compare=False)


@dataclass(slots=True)
class Plan:
    """What would be written, what is there already and stays as it is, and what is wrong."""

    fine: list[Entry] = field(default_factory=list)
    known: list[Entry] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def header(columns: Iterable[Column]) -> list[str]:
    return [column.name for column in columns]


def required(columns: Iterable[Column]) -> list[str]:
    return [column.name for column in columns if column.is_required]


def entries(table: Table, columns: Sequence[Column]) -> tuple[list[Entry], list[Fault]]:
    """Return the lines that can be read whole, and what is wrong in the others."""
    found: list[Entry] = []
    faults: list[Fault] = []
    for row in table.rows:
        values, wrong = _read(row, columns)
        faults += wrong
        if not wrong:
            found.append(Entry(row.number, values))
    return found, faults


def _read(row: Row, columns: Sequence[Column]) -> tuple[dict[str, Any], list[Fault]]:
    values: dict[str, Any] = {}
    wrong: list[Fault] = []
    for column in columns:
        text = row.cells.get(column.name, "")
        try:
            if text:
                values[column.field] = column.read(text)
            elif column.is_required:
                wrong.append(Fault(row.number, column.name, str(_("空いています。書いてください。"))))
            else:
                values[column.field] = column.empty
        except DomainError as refused:
            wrong.append(Fault(row.number, column.name, str(refused)))
    return values, wrong
