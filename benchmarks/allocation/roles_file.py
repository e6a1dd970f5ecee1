"""Roles out of a CSV, as spreadsheets write it: UTF-8 with or without a mark, or cp932."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import dataclass
from pathlib import Path

ENCODINGS = ("utf-8-sig", "cp932")
COLUMNS = ("title", "description", "lat", "lng", "need")
MOST_NEEDED = 10_000


class BadFile(Exception):
    """A file of roles that cannot be read; says in which row, and why."""


@dataclass(frozen=True)
class Row:
    """One role. ``lat`` and ``lng`` are degrees, or NaN where both are empty: done from home."""

    text: str
    lat: float
    lng: float
    need: int


def read(path: Path) -> list[Row]:
    """Return the roles of the file.

    Raises
    ------
    BadFile
        Where it cannot be read; the header is row 1, and empty rows count.
    """
    try:
        cells = list(csv.reader(io.StringIO(_text(path), newline="")))
    except csv.Error as wrong:
        raise BadFile(str(wrong)) from wrong
    header = [name.strip() for name in cells[0]] if cells else []
    if missing := [name for name in COLUMNS if name not in header]:
        raise BadFile(f"row 1: no column {', '.join(missing)}")
    rows = [
        _numbered(number, dict(zip(header, row, strict=False))) for number, row in enumerate(cells[1:], 2) if any(row)
    ]
    if not rows:
        raise BadFile("row 2: no role at all")
    return rows


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as wrong:
        raise BadFile(wrong.strerror or str(wrong)) from wrong
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadFile("neither UTF-8 nor cp932")


def _numbered(number: int, cells: dict[str, str]) -> Row:
    try:
        return _row({name: cells[name].strip() for name in COLUMNS})
    except KeyError as wrong:
        raise BadFile(f"row {number}: {wrong.args[0]} is missing") from wrong
    except ValueError as wrong:
        raise BadFile(f"row {number}: {wrong}") from wrong


def _row(cells: dict[str, str]) -> Row:
    if not cells["title"]:
        raise ValueError("title is empty")
    lat, lng = math.nan, math.nan
    if cells["lat"] or cells["lng"]:
        lat, lng = _number(cells, "lat", -90, 90), _number(cells, "lng", -180, 180)
    need = _number(cells, "need", 1, MOST_NEEDED)
    if need != int(need):
        raise ValueError(f"need {cells['need']!r} is not a whole number")
    return Row(f"{cells['title']} {cells['description']}", lat, lng, int(need))


def _number(cells: dict[str, str], name: str, least: float, most: float) -> float:
    try:
        number = float(cells[name])
    except ValueError:
        raise ValueError(f"{name} {cells[name]!r} is not a number") from None
    if not least <= number <= most:
        raise ValueError(f"{name} {cells[name]!r} is not between {least:g} and {most:g}")
    return number
