"""Interests over the tree of activities."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from matching.engine.tree import AT_MOST, TO_CHILD, TO_PARENT, TO_SIBLING, spread, with_descendants

# Two fields: 0 with 1, 2 and 3; below 3 lie 4 and 5. 6 with 7.
PARENT = np.array([-1, 0, 0, 0, 3, 3, -1, 6], dtype=np.int32)


def _chosen(*activities: int) -> sparse.csr_array:
    row = np.zeros((1, len(PARENT)))
    row[0, list(activities)] = 1.0
    return sparse.csr_array(row)


def test_a_kind_reaches_its_field_and_its_siblings_weakly() -> None:
    row = spread(_chosen(1), PARENT).toarray()[0]

    assert row.tolist() == [TO_PARENT, 1.0, TO_SIBLING, TO_SIBLING, 0.0, 0.0, 0.0, 0.0]


def test_a_field_reaches_everything_below_and_no_other_field() -> None:
    row = spread(_chosen(0), PARENT).toarray()[0]

    assert row.tolist() == [1.0, *[TO_CHILD] * 5, 0.0, 0.0]


def test_each_step_up_weighs_less() -> None:
    row = spread(_chosen(4), PARENT).toarray()[0]

    assert row.tolist() == pytest.approx([TO_PARENT**2, 0.0, 0.0, TO_PARENT, 1.0, TO_SIBLING, 0.0, 0.0])


def test_a_relative_never_counts_as_much_as_a_choice() -> None:
    row = spread(_chosen(0, 1, 2, 4), PARENT).toarray()[0]

    assert row[[0, 1, 2, 4]].tolist() == [1.0] * 4
    assert row[[3, 5]].max() <= AT_MOST


def test_what_is_avoided_goes_down_alone() -> None:
    assert with_descendants(_chosen(3), PARENT).toarray()[0].tolist() == [0, 0, 0, 1, 1, 1, 0, 0]
    assert with_descendants(_chosen(1, 6), PARENT).toarray()[0].tolist() == [0, 1, 0, 0, 0, 0, 1, 1]


def test_nothing_chosen_and_no_tree_at_all() -> None:
    assert spread(_chosen(), PARENT).nnz == 0
    assert with_descendants(_chosen(), PARENT).nnz == 0
    assert spread(sparse.csr_array((3, 0)), np.empty(0, dtype=np.int32)).shape == (3, 0)


@pytest.mark.parametrize("parent", [[1, 0, 0, 0, 0, 0, 0, 0], [-1, 0]])
def test_a_tree_that_is_none_is_refused(parent: list[int]) -> None:
    with pytest.raises(ValueError, match=r"below itself|parents"):
        spread(_chosen(1), np.array(parent, dtype=np.int32))
