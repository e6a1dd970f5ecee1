"""Products of rows of bytes are those of whole numbers, however long the rows are."""

import numpy as np
import pytest

from matching.engine.byte_products import AT_ONCE, product


@pytest.mark.parametrize("dims", [0, 1, AT_ONCE - 1, AT_ONCE, AT_ONCE + 1, 192, 1_000])
def test_a_product_is_that_of_whole_numbers(dims):
    rng = np.random.default_rng(dims)
    one, other = rng.integers(-127, 128, (2, dims)).astype(np.int8)
    assert product(one, other) == int(one.astype(int) @ other.astype(int))


@pytest.mark.parametrize("sign", [-1, 1])
def test_the_largest_numbers_do_not_run_over(sign):
    row = np.full(100_000, 127, dtype=np.int8)
    assert product(row, (sign * row).astype(np.int8)) == sign * 127 * 127 * len(row)
