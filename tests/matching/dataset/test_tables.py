"""Columns of any kind and length come back as they were, and take no more bytes than they need."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from matching.dataset import tables

SHAPES = array_shapes(min_dims=1, max_dims=2, min_side=0, max_side=7)
WHOLE = st.sampled_from([np.int64, np.int32, np.uint16, np.uint8])
EVERYTHING = settings(max_examples=100, derandomize=True, database=None, deadline=None)


def there_and_back(*columns: np.ndarray[Any, Any]) -> list[np.ndarray[Any, Any]]:
    return tables.unpacked(memoryview(tables.packed(columns)))


@EVERYTHING
@given(whole=WHOLE.flatmap(lambda kind: arrays(kind, SHAPES)), real=arrays(np.float32, SHAPES))
def test_columns_come_back(whole: np.ndarray[Any, Any], real: np.ndarray[Any, Any]) -> None:
    back, real_back = there_and_back(whole, real)
    np.testing.assert_array_equal(back, whole)
    np.testing.assert_array_equal(real_back, real)
    assert (back.dtype, real_back.dtype) == (np.int64, np.float32)


@pytest.mark.parametrize(
    ("numbers", "each"),
    [
        ([2**40, 2**40 + 255], 1),
        ([-1, 2**16 - 2], 2),
        ([0, 2**16], 4),
        ([-(2**31), 2**31 - 1], 4),
        ([0, 2**40], 8),
        ([-(2**62), 2**62], 8),
    ],
)
def test_no_more_bytes_than_the_widest_distance_needs(numbers: list[int], each: int) -> None:
    many, none = np.array(numbers * 500), np.array(numbers[:0])
    assert len(tables.packed([many])) - len(tables.packed([none])) == 1_000 * each
    assert there_and_back(many)[0].tolist() == many.tolist()


@EVERYTHING
@given(counts=arrays(np.int32, st.tuples(st.integers(0, 5), st.integers(1, 40)), elements=st.integers(0, 3)))
def test_counts_come_back_without_the_zeros_having_been_kept(counts: np.ndarray[Any, Any]) -> None:
    bits, some = tables.without_zeros(counts)
    assert len(some) == np.count_nonzero(counts)
    bits_back, some_back = there_and_back(bits, some)
    back = np.zeros_like(counts)
    back[tables.places(bits_back, counts.shape[1])] = some_back
    np.testing.assert_array_equal(back, counts)
