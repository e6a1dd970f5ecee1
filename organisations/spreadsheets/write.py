"""Tables for those who live in spreadsheets. No cell is ever a formula, whoever typed it."""

from __future__ import annotations

import codecs
import datetime as dt
import io
import unicodedata
from collections.abc import Iterable, Sequence
from csv import writer
from typing import TypeAlias

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

# Times are local and without a zone, as a spreadsheet knows no other.
Cell: TypeAlias = str | int | float | dt.date | None
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")

_PLAINER = "yaritai.plainer"


def _without_accents(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    plain = ["".join(part for part in unicodedata.normalize("NFKD", sign) if part.isascii()) for sign in lacking]
    return "".join(one or "?" for one in plain), error.end


codecs.register_error(_PLAINER, _without_accents)


def csv(header: Sequence[str], rows: Iterable[Sequence[Cell]], encoding: str = "utf-8-sig") -> bytes:
    """Return a CSV file; text that a spreadsheet would compute begins with an apostrophe.

    *encoding* is ``utf-8-sig`` or ``cp932``; a letter that it lacks loses its accent, another sign becomes a question
    mark.
    """
    file = io.StringIO(newline="")
    lines = writer(file)
    lines.writerow([_harmless(one) for one in header])
    lines.writerows([_harmless(one) for one in row] for row in rows)
    return file.getvalue().encode(encoding, errors=_PLAINER)


def xlsx(title: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return an Excel workbook of one sheet, the header kept in view."""
    book = Workbook(write_only=True)
    sheet: WriteOnlyWorksheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    sheet.append([_cell(sheet, one) for one in header])
    for row in rows:
        sheet.append([_cell(sheet, one) for one in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def computes(value: Cell) -> bool:
    # A Japanese Excel takes the wide signs for the narrow ones.
    return isinstance(value, str) and unicodedata.normalize("NFKC", value[:1]).startswith(_BEGINS_A_FORMULA)


def _harmless(value: Cell) -> Cell:
    return f"'{value}" if computes(value) else value


def _cell(sheet: WriteOnlyWorksheet, value: Cell) -> SheetCell | Cell:
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", value))
    cell.data_type = "s"
    # Stays text also after somebody has opened the cell and pressed Enter.
    cell.quotePrefix = computes(value)
    return cell
