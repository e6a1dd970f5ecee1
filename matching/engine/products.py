"""Products of sparse rows, for the pairs alone or one by one."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from matching.engine.pairs import Pairs
from matching.engine.problem import Float


def of_pairs(volunteers: sparse.csr_array, roles: sparse.csr_array, pairs: Pairs) -> Float:
    """Return the product of the volunteer's and the role's row, float64 (p,)."""
    # For one person alone most roles are out of the question: only those asked for are multiplied.
    asked = np.bincount(pairs.role, minlength=roles.shape[0]) > 0
    column = np.cumsum(asked) - 1
    table = volunteers.astype(np.float64) @ roles[np.flatnonzero(asked)].astype(np.float64).T
    return np.asarray(table.toarray()[pairs.volunteer, column[pairs.role]])


def row(matrix: sparse.csr_array, number: int) -> dict[int, float]:
    """Return one row as column → value; a column that is stored twice is added up, as in a product."""
    values: dict[int, float] = {}
    for at in range(int(matrix.indptr[number]), int(matrix.indptr[number + 1])):
        column = int(matrix.indices[at])
        values[column] = values.get(column, 0.0) + float(matrix.data[at])
    return values


def of_rows(one: dict[int, float], other: dict[int, float]) -> float:
    """Return the product of two rows."""
    return sum(value * other[column] for column, value in one.items() if column in other)
