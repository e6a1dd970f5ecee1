"""The best few of many keys: which they are, and in which order, whatever order they came in."""

import numpy as np
import pytest

from matching.engine.kernel.selection import keep_best, put_in_order


def keys(size: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).choice(10 * size + 10, size, replace=False).astype(np.int64)


@pytest.mark.parametrize("size", [0, 1, 2, 20, 60, 500])
def test_the_first_are_put_in_order_and_the_others_left_alone(size):
    some = keys(size + 5, size)
    ordered = some.copy()
    put_in_order(ordered, size)
    assert ordered.tolist() == sorted(some[:size].tolist(), reverse=True) + some[size:].tolist()


@pytest.mark.parametrize("size", [2, 21, 60, 500])
@pytest.mark.parametrize("most", [1, 20])
def test_the_best_come_to_the_front_and_no_key_is_lost(size, most):
    most = min(most, size - 1)
    some = keys(size, size)
    brought = some.copy()
    keep_best(brought, size, most)
    assert sorted(brought[:most]) == sorted(some)[-most:]
    assert sorted(brought) == sorted(some)
