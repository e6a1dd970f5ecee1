"""Tables out of Excel workbooks and CSV files, every cell as the text that people see."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from accounts.services.errors import DomainError
from organisations.spreadsheets.write import computes

MOST_BYTES = 10_000_000
MOST_UNPACKED = 50_000_000
MOST_ROWS = 5_000
MOST_COLUMNS = 60
LONGEST_CELL = 5_000
# Titles and remarks may stand above the names of the columns.
HEADER_WITHIN = 10


class TooLarge(DomainError):
    code = "sheet_too_large"
    message = _("表が大きすぎます。10MB、5,000行までに分けて、もう一度お出しください。")


class NotATable(DomainError):
    code = "not_a_table"
    message = _("表として読めませんでした。Excel(.xlsx)か、CSVで保存しなおして、もう一度お出しください。")


class NoHeader(DomainError):
    code = "sheet_has_no_header"

    def __init__(self, names: Iterable[str]) -> None:
        super().__init__(names)
        self.message = _("見出しの行が見つかりません。「%(names)s」の見出しがある表をお出しください。") % {
            "names": "」「".join(names)
        }


@dataclass(frozen=True, slots=True)
class Row:
    """*number* is the one that a spreadsheet shows at its side; *cells* are by the name of the column."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """Every row has the same columns."""

    rows: tuple[Row, ...]


def table(content: bytes, *, wanted: Iterable[str]) -> Table:
    """Return the first sheet of a workbook, or a CSV file in UTF-8, UTF-16 or the code page of Japanese Windows.

    The header is the first of the topmost rows that holds all *wanted* names. Rows without any text are left out. Of a
    formula the value counts that was computed last.

    Raises
    ------
    TooLarge, NotATable, NoHeader
    """
    if len(content) > MOST_BYTES:
        raise TooLarge
    lines = _workbook(content) if content.startswith(b"PK") else _csv(content)
    names = list(wanted)
    header: list[str] = []
    rows: list[Row] = []
    for number, line in enumerate(lines, start=1):
        cells = [cell.strip() for cell in line]
        if header:
            if any(cells):
                rows.append(
                    Row(
                        number,
                        {name: cell for name, cell in zip_longest(header, cells[: len(header)], fillvalue="") if name},
                    )
                )
        elif set(names) <= set(cells):
            header = cells
        elif number >= HEADER_WITHIN:
            break
        if len(rows) > MOST_ROWS:
            raise TooLarge
    if not header:
        raise NoHeader(names)
    return Table(tuple(rows))


def packed(found: Table) -> bytes:
    """Return *found* in short, to be kept; ``unpacked`` gives it back."""
    lines = [[row.number, *row.cells.values()] for row in found.rows]
    return json.dumps({"columns": [*found.rows[0].cells] if found.rows else [], "lines": lines}).encode()


def unpacked(content: bytes) -> Table:
    kept = json.loads(content)
    names = kept["columns"]
    return Table(tuple(Row(number, dict(zip(names, cells, strict=True))) for number, *cells in kept["lines"]))


def _workbook(content: bytes) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            # A small file may unpack to gigabytes: what it says of itself is looked at before anything is read.
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise TooLarge
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        for line in sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True):
            yield [_text(cell) for cell in line]
    except (zipfile.BadZipFile, InvalidFileException, KeyError, IndexError, ValueError, SyntaxError, EOFError) as error:
        raise NotATable from error


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, dt.datetime):
        return f"{cell:%Y-%m-%d}" if cell.time() == dt.time() else f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, dt.date):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, dt.time):
        return f"{cell:%H:%M}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)[:LONGEST_CELL]


def _csv(content: bytes) -> Iterator[list[str]]:
    text = _decoded(content)
    first = text.partition("\n")[0]
    lines = csv.reader(io.StringIO(text, newline=""), delimiter="\t" if "\t" in first and "," not in first else ",")
    try:
        for line in lines:
            yield [_as_typed(cell)[:LONGEST_CELL] for cell in line[:MOST_COLUMNS]]
    except csv.Error as error:
        raise NotATable from error


def _decoded(content: bytes) -> str:
    utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if utf16 else ("utf-8-sig", "cp932"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise NotATable


def _as_typed(cell: str) -> str:
    """Our own CSV files put an apostrophe before what a spreadsheet would compute."""
    return cell[1:] if cell.startswith("'") and computes(cell[1:]) else cell
