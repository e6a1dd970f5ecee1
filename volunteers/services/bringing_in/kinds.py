"""The kinds of table there are, each with its columns, what it would do, and its rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from accounts.models import User
from organisations.services.bringing_in import organisations, roles
from organisations.services.bringing_in.columns import Column, Entry, Plan, header, required
from organisations.spreadsheets.read import Table, table
from organisations.spreadsheets.write import Cell
from volunteers.models.upload import UploadKind
from volunteers.services.bringing_in import people


@dataclass(frozen=True, slots=True)
class Kind:
    """*write* also takes the texts that people agreed to, by kind of consent."""

    columns: Callable[[User], list[Column]]
    plan: Callable[[Table, User, dt.datetime], Plan]
    write: Callable[[list[Entry], dt.datetime, User, Mapping[str, str]], None]
    rows: Callable[[User, dt.datetime], Iterable[list[Cell]]]


KINDS: Mapping[str, Kind] = {
    UploadKind.VOLUNTEERS: Kind(
        people.columns,
        lambda sheet, user, now: people.plan(table=sheet, user=user, now=now),
        lambda fine, now, actor, texts: people.write(fine=fine, now=now, actor=actor, texts=texts),
        lambda user, _now: people.rows(user),
    ),
    UploadKind.ORGANISATIONS: Kind(
        organisations.columns,
        lambda sheet, user, _now: organisations.plan(table=sheet, user=user),
        lambda fine, now, actor, _texts: organisations.write(fine=fine, now=now, actor=actor),
        lambda user, _now: organisations.rows(user),
    ),
    UploadKind.ROLES: Kind(
        roles.columns,
        lambda sheet, user, now: roles.plan(table=sheet, user=user, now=now),
        lambda fine, now, actor, _texts: roles.write(fine=fine, now=now, actor=actor),
        roles.rows,
    ),
}


def read(*, kind: str, content: bytes, user: User) -> Table:
    """Return the table that a file holds, which has at least the columns that must be filled in.

    Raises
    ------
    TooLarge, NotATable, NoHeader
    """
    return table(content, wanted=required(KINDS[kind].columns(user)))


def names(kind: str, user: User) -> Sequence[str]:
    return header(KINDS[kind].columns(user))
