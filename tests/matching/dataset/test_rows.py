"""Ids reach the database as text that holds nothing but whole numbers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

import numpy as np
import pytest

from matching.dataset.rows import array, columns, positions
from matching.dataset.scope import Who
from tests.factories import TownFactory
from tests.matching import rows

BIGGEST = 2**63 - 1


@pytest.mark.parametrize(
    "ids",
    [[3, -1, BIGGEST], (3, -1, BIGGEST), np.array([3, -1, BIGGEST]), (one for one in (3, -1, BIGGEST))],
    ids=["list", "tuple", "array", "one by one"],
)
def test_whatever_ids_come_in_they_are_the_same_text(ids: Iterable[int]) -> None:
    assert array(ids) == f"{{3,-1,{BIGGEST}}}"


@pytest.mark.parametrize("apart", [1, 1_000_000], ids=["a table", "a search"])
@pytest.mark.parametrize("known", [[], [7], [1, 2, 3, 5, 8, 9]])
def test_where_ids_stand_is_found_and_nowhere_for_all_others(known: list[int], apart: int) -> None:
    ids = apart * np.array(known, dtype=np.int64)
    wanted = apart * np.array([5, 0, 1, 9, 10, 4, 7, -3, 2_000], dtype=np.int64)
    expected = [known.index(one // apart) if one // apart in known else -1 for one in wanted.tolist()]
    assert positions(ids, wanted).tolist() == expected
    assert positions(ids, wanted[:0]).tolist() == []
    assert positions(ids, ids).tolist() == list(range(len(ids)))


def test_no_ids_are_an_array_too() -> None:
    assert array([]) == array(np.empty(0, np.int64)) == "{}"


def test_what_is_no_number_never_becomes_part_of_a_statement() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        array(cast(Any, ["1}'::int8[]); DROP TABLE matching_run; --"]))


@pytest.mark.django_db
def test_as_a_parameter_and_inside_a_statement_they_name_the_same_people() -> None:
    home, away = TownFactory(), TownFactory()
    here = [rows.person(town=home).pk for _ in range(3)]
    there = rows.person(town=away).pk
    query = "SELECT id::int8 FROM volunteers_volunteer WHERE {} ORDER BY id"

    def named(where: str, *params: object) -> list[int]:
        return list(columns(query.format(where), params, ints=("id",))["id"].tolist())

    some = np.array([there, here[0], there])
    assert named("id = ANY(%s::int8[])", array(some)) == [here[0], there]
    assert named(Who(ids=some.tolist()).sql("{who}", by="id")) == [here[0], there]
    assert named(Who(towns=[home.pk]).sql("{who}", row="volunteers_volunteer")) == here
    assert named(Who(ids=[]).sql("{who}", by="id")) == named(Who(towns=[]).sql("{who}", by="id")) == []
