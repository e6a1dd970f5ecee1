"""Products of sparse rows, for the pairs alone or one by one."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from matching.engine.compiled import compiled
from matching.engine.pairs import Pairs
from matching.engine.problem import Float, Int


def of_pairs(volunteers: sparse.csr_array, roles: sparse.csr_array, pairs: Pairs, *, ticks: bool = False) -> Float:
    """Return the product of the volunteer's and the role's row, float64 (p,).

    Parameters
    ----------
    ticks : take every value of the volunteers that is not 0 for 1.
    """
    added = np.empty(len(pairs))
    _add_products(
        pairs.volunteer,
        pairs.role,
        volunteers.indptr,
        volunteers.indices,
        volunteers.data.astype(np.float64, copy=False),
        roles.indptr,
        roles.indices,
        roles.data.astype(np.float64, copy=False),
        ticks,
        np.zeros(volunteers.shape[1]),
        added,
    )
    return added


@compiled
def _add_products(
    volunteer: Int,
    role: Int,
    start: Int,
    column: Int,
    value: Float,
    role_start: Int,
    role_column: Int,
    role_value: Float,
    ticks: bool,
    table: Float,
    added: Float,
) -> None:
    """Spread each volunteer's row over a table once; the pairs lie by volunteer, and a role's row is short."""
    last = -1
    for pair in range(len(volunteer)):
        if volunteer[pair] != last:
            if last >= 0:
                for at in range(start[last], start[last + 1]):
                    table[column[at]] = 0.0
            last = volunteer[pair]
            for at in range(start[last], start[last + 1]):
                if not ticks:
                    table[column[at]] += value[at]
                elif value[at] != 0.0:
                    table[column[at]] = 1.0
        product = 0.0
        if start[last] < start[last + 1]:
            for at in range(role_start[role[pair]], role_start[role[pair] + 1]):
                product += table[role_column[at]] * role_value[at]
        added[pair] = product


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
