"""What is written as arrays stands in the table."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import numpy as np
import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from matching.dataset.lines import Bytes, Field, Many, One, Same, packed
from matching.dataset.rows import lists as read_lists

NOW = dt.datetime(2027, 3, 1, 10, 0, 0, 123456, tzinfo=dt.UTC)
COLUMNS = """
    id bigint, run bigint, roles bigint[], km real[], parts double precision[], names varchar(20)[], w real[],
    at timestamptz
"""
WEIGHTS = np.array([0.25, 1e-7], dtype=np.float32)
Lists = list[list[int]]


def written(lists: Lists, besides: Lists, run: int | None = None) -> list[tuple[Any, ...]]:
    roles, km = (np.array([item for one in some for item in one], dtype=np.int64) for some in (lists, besides))
    start, other = (np.cumsum([0] + [len(one) for one in some]) for some in (lists, besides))
    fields: list[Field] = [
        One(np.arange(len(lists))),
        Same(run),
        Many(roles, start),
        Many(km.astype(np.float32), other),
        Many(np.stack([roles / 8, -roles / 8], axis=1), start),
        Same(("interest", "こころ")),
        Same(WEIGHTS),
        Same(NOW),
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE written ({COLUMNS})")
        with cursor.copy("COPY written FROM STDIN (FORMAT binary)") as copy:
            for block in packed(fields, len(lists)):
                copy.write(block)
        cursor.execute("SELECT * FROM written ORDER BY id")
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        cursor.execute("DROP TABLE written")
    return rows


@pytest.mark.django_db
@settings(max_examples=50, derandomize=True, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), lists=st.lists(st.lists(st.integers(-(2**40), 2**40), max_size=4), max_size=12))
def test_lists_of_any_length(data: st.DataObject, lists: Lists) -> None:
    small = st.lists(st.integers(-1000, 1000), max_size=3)
    besides = data.draw(st.lists(small, min_size=len(lists), max_size=len(lists)))
    for number, (row, roles, km) in enumerate(zip(written(lists, besides), lists, besides, strict=True)):
        parts = [share for role in roles for share in (role / 8, -role / 8)]
        assert row == (number, None, roles, km, parts, ["interest", "こころ"], [0.25, 1e-7], NOW)


@pytest.mark.django_db
def test_a_number_for_all_and_one_that_is_none() -> None:
    assert written([[1]], [[]], run=7)[0][1] == 7


@pytest.mark.django_db
@settings(max_examples=20, derandomize=True, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(numbers=arrays(np.float64, 3))
def test_every_number_comes_back(numbers: np.ndarray) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE written (x double precision)")
        with cursor.copy("COPY written FROM STDIN (FORMAT binary)") as copy:
            copy.write(b"".join(packed([One(numbers)], 3)))
        cursor.execute("SELECT x FROM written")
        back = [row[0] for row in cursor.fetchall()]
        cursor.execute("DROP TABLE written")
    assert all(a == b or (math.isnan(a) and math.isnan(b)) for a, b in zip(back, numbers.tolist(), strict=True))


@pytest.mark.django_db
def test_numbers_in_one_value_come_back() -> None:
    start = np.array([0, 2, 2, 3])
    roles, km = np.array([7, 2**40, -1]), np.array([0.25, np.nan, 1e-7], dtype=np.float32)
    parts = np.arange(6, dtype=np.float32).reshape(3, 2)
    fields: list[Field] = [One(np.array([5, 6, 8])), Many(roles, start), Bytes(km, start), Bytes(parts, start)]
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE written (id bigint, roles bigint[], km bytea, parts bytea)")
        with cursor.copy("COPY written FROM STDIN (FORMAT binary)") as copy:
            copy.write(b"".join(packed(fields, 3)))
        whose, lengths, items = read_lists("SELECT * FROM written ORDER BY id", ints=("role",), reals=("km", "parts"))
        cursor.execute("DROP TABLE written")
    assert (whose.tolist(), lengths.tolist(), items["role"].tolist()) == ([5, 6, 8], [2, 0, 1], roles.tolist())
    np.testing.assert_array_equal(items["km"], km)
    np.testing.assert_array_equal(items["parts"].reshape(-1, 2), parts)
