"""Compiled code of ours does not ask whether a row counts from the end; numba's own does."""

import numpy as np
from numba import njit

from matching.engine.lowering import FromTheBeginning

ASKED = ("icmp slt", "select")


def at(values: np.ndarray, table: np.ndarray, row: int) -> float:
    return float(values[row] + table[row, row])


def _code(function) -> str:
    assert function(np.arange(3.0), np.ones((3, 3)), 2) == 3.0
    body = next(iter(function.inspect_llvm().values()))
    # What converts the arguments from Python comes after, and asks many things.
    return str(body.split("define ")[1])


def test_a_row_counts_from_the_beginning():
    assert not any(word in _code(njit(pipeline_class=FromTheBeginning)(at)) for word in ASKED)
    assert any(word in _code(njit(at)) for word in ASKED)
