"""Sets of people as bits."""

from __future__ import annotations

import numpy as np
import pytest

from matching.engine import bits


@pytest.mark.parametrize("people", [0, 1, 7, 8, 9, 64])
def test_packing_loses_nobody_and_adds_nobody(people: int) -> None:
    table = np.random.default_rng(people).random((3, people)) < 0.5
    plane = bits.pack(table)

    assert bits.count(plane).tolist() == table.sum(axis=1).tolist()
    assert np.array_equal(bits.members(plane), np.nonzero(table))
    assert bits.count(bits.everybody(people)) == people


def test_groups_are_joined_and_one_without_rows_is_empty() -> None:
    plane = bits.pack(np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1]], dtype=np.bool_))

    assert bits.union_by(np.array([1, 1, 3]), plane, 5).ravel().tolist() == [0, 0b011, 0, 0b100, 0]
    assert bits.union_by(np.empty(0, dtype=np.int32), plane[:0], 2).ravel().tolist() == [0, 0]
