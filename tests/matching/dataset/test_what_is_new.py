"""The looks for what is new find it by an index of its moment: else each would read all there ever was, every 10 s."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any

import pytest
from django.db import connection

from matching.dataset import looks, rows, stale
from tests.factories import NOW

pytestmark = pytest.mark.django_db

MIGRATIONS = [
    "accounts.migrations.0006_what_is_new",
    "volunteers.migrations.0006_what_is_new",
    "matching.migrations.0010_what_is_new",
]
FOR_THIS = {one.index.name for name in MIGRATIONS for one in import_module(name).Migration.operations}
OF_ROLES = "role_status_changed"
SINCE = NOW - dt.timedelta(hours=1)


def _used(sql: str, params: Sequence[object]) -> dict[str, str]:
    """Return the indexes that a plan begins at, with what it looks up in them.

    Reading a whole table is cheapest where it is as small as here, and so is sorting: both are left to where there is
    no other way.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)  # type: ignore[arg-type]
        ((((plan),),),) = (cursor.fetchall(),)
    return dict(_indexes(plan[0]["Plan"]))


def _indexes(node: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if "Index Name" in node:
        yield node["Index Name"], node.get("Index Cond", "")
    for below in node.get("Plans", ()):
        yield from _indexes(below)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, str]]:
    """What the looks use, one after the other, as they ask."""
    used: list[dict[str, str]] = []
    columns, texts = rows.columns, rows.texts

    def by_columns(sql: str, params: Sequence[object], **names: Any) -> Any:
        used.append(_used(sql, params))
        return columns(sql, params, **names)

    def by_texts(sql: str, params: Sequence[object]) -> Any:
        used.append(_used(sql, params))
        return texts(sql, params)

    monkeypatch.setattr(stale, "columns", by_columns)
    monkeypatch.setattr(looks, "texts", by_texts)
    return used


def test_what_changed_since_is_found_by_its_moment(asked: list[dict[str, str]]) -> None:
    stale.behind(since=SINCE, now=NOW, limit=9)
    (used,) = asked
    assert len(FOR_THIS) == 11
    missing = {name for name in {*FOR_THIS, OF_ROLES} if "_at >" not in used.get(name, "")}
    assert missing == set()


def test_who_came_since_is_found_by_that_moment(asked: list[dict[str, str]]) -> None:
    stale.without(since=SINCE, now=NOW, limit=9)
    (used,) = asked
    assert "changed_at >" in used.get("volunteer_changed", "")


def test_of_the_roles_those_that_are_open_are_looked_at(asked: list[dict[str, str]]) -> None:
    """Their looks are compared one by one: no moment says that a slot or a venue of theirs changed."""
    looks.changed(since=SINCE, limit=9)
    (used,) = asked
    assert "'open'" in used.get(OF_ROLES, "")
