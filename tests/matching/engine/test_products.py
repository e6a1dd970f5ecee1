"""The products of pairs are those of their rows, however long these are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse

from matching.engine import products
from matching.engine.pairs import Pairs
from tests.matching.engine.markets import market, person, role

LENGTHS = range(10)


def _rows(lengths: range, columns: int, seed: int) -> sparse.csr_array:
    """Return rows of so many values, some of which name a column twice, some of which are 0."""
    rng = np.random.default_rng(seed)
    start = np.cumsum([0, *lengths])
    return sparse.csr_array(
        (rng.choice([0.0, 0.25, 1.0], start[-1]), rng.integers(0, columns, start[-1]), start),
        shape=(len(lengths), columns),
    )


def _every_pair(people: int, roles: int) -> Pairs:
    volunteer, number = (side.ravel().astype(np.int32) for side in np.indices((people, roles)))
    return Pairs(volunteer, number, np.zeros_like(number), np.zeros(len(number)))


@pytest.mark.parametrize("ticks", [False, True])
def test_as_the_rows_say(ticks: bool) -> None:
    people, traits = _rows(LENGTHS, 12, 1), _rows(LENGTHS, 12, 2)
    roles = replace(market([person()], [role() for _ in LENGTHS]).roles, traits=traits)
    found = products.of_pairs(people, roles, "traits", _every_pair(len(LENGTHS), len(LENGTHS)), ticks=ticks)
    expected = [
        products.of_rows(
            {column: 1.0 if ticks else value for column, value in products.row(people, one).items() if value},
            products.row(traits, other),
        )
        for one in LENGTHS
        for other in LENGTHS
    ]
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-12)
    assert np.count_nonzero(found) > 30


def test_nothing_to_be_had_in_common() -> None:
    roles = replace(market([person()], [role()]).roles, traits=sparse.csr_array((1, 0)))
    assert products.of_pairs(sparse.csr_array((1, 0)), roles, "traits", _every_pair(1, 1)).tolist() == [0.0]
