"""Products of sparse rows, for the pairs alone or one by one."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.engine.compiled import compiled
from matching.engine.derived import derived
from matching.engine.pairs import Pairs
from matching.engine.problem import Float, Int, Roles

BESIDE = 4
"""So many columns of a role's row lie beside each other, most roles have no more. How many of them there are is not
asked pair by pair: a processor cannot foresee it, and so waits."""

Indices = npt.NDArray[np.integer]


class _Rows(NamedTuple):
    """Sparse rows (m), and the first few values of each side by side.

    Parameters
    ----------
    start : (m + 1,); column, value : float64, as in the sparse matrix.
    first_columns : int32 (m, BESIDE); first_values : float64 (m, BESIDE), 0 where there are no more.
    """

    start: Indices
    column: Indices
    value: Float
    first_columns: Int
    first_values: Float


def of_pairs(volunteers: sparse.csr_array, roles: Roles, what: str, pairs: Pairs, *, ticks: bool = False) -> Float:
    """Return the product of the volunteer's row and *what* there is of the role, float64 (p,).

    Parameters
    ----------
    what : the name of a sparse matrix of *roles*.
    ticks : take every value of the volunteers that is not 0 for 1.
    """
    added = np.empty(len(pairs))
    _add_products(
        pairs.volunteer,
        pairs.role,
        volunteers.indptr,
        volunteers.indices,
        volunteers.data.astype(np.float64, copy=False),
        _of_roles(roles)[what],
        ticks,
        np.zeros(max(volunteers.shape[1], 1)),
        added,
    )
    return added


@derived
def _of_roles(roles: Roles) -> dict[str, _Rows]:
    return {what: _beside(getattr(roles, what)) for what in ("activities", "skills", "traits")}


def _beside(matrix: sparse.csr_array) -> _Rows:
    columns, values = np.zeros((matrix.shape[0], BESIDE), np.int32), np.zeros((matrix.shape[0], BESIDE))
    lengths = np.diff(matrix.indptr)
    row = np.repeat(np.arange(matrix.shape[0]), lengths)
    turn = np.arange(len(row)) - np.repeat(matrix.indptr[:-1], lengths)
    is_first = turn < BESIDE
    columns[row[is_first], turn[is_first]] = matrix.indices[is_first]
    values[row[is_first], turn[is_first]] = matrix.data[is_first]
    return _Rows(matrix.indptr, matrix.indices, matrix.data.astype(np.float64, copy=False), columns, values)


@compiled
def _add_products(
    volunteer: Int,
    role: Int,
    start: Indices,
    column: Indices,
    value: Float,
    roles: _Rows,
    ticks: bool,
    table: Float,
    added: Float,
) -> None:
    """Spread each volunteer's row over a table once, for their pairs lie one after the other."""
    pair = 0
    while pair < len(volunteer):
        person, first = volunteer[pair], pair
        while pair < len(volunteer) and volunteer[pair] == person:
            pair += 1
        for at in range(start[person], start[person + 1]):
            if not ticks:
                table[column[at]] += value[at]
            elif value[at] != 0.0:
                table[column[at]] = 1.0
        _add_up(role, first, pair, roles, table, added)
        for at in range(start[person], start[person + 1]):
            table[column[at]] = 0.0


@compiled
def _add_up(role: Int, first: int, last: int, roles: _Rows, table: Float, added: Float) -> None:
    for pair in range(first, last):
        row, product = role[pair], 0.0
        for at in range(BESIDE):
            product += table[roles.first_columns[row, at]] * roles.first_values[row, at]
        for at in range(roles.start[row] + BESIDE, roles.start[row + 1]):
            product += table[roles.column[at]] * roles.value[at]
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
