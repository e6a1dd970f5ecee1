"""Tables for tests, without the way through a file."""

from __future__ import annotations

from organisations.spreadsheets.read import Row, Table


def sheet(*lines: dict[str, str]) -> Table:
    """The first line has the number 2, below the header."""
    return Table(tuple(Row(number, line) for number, line in enumerate(lines, start=2)))
