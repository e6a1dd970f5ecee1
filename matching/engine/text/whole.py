"""Vectors of whole numbers: sums and products of them are exact, in whatever order a machine adds them.

So a text has the same vector alone and among a million others.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.float64]
"""Float64 that holds whole numbers below 2**53."""


def of_length(rows: Whole, length: int) -> Whole:
    """Return whole rows turned into rows of about this length, rounded; 0 stays 0.

    Parameters
    ----------
    rows : whole numbers (n, dims), whose squares sum to less than 2**63.
    """
    squares = np.square(rows.astype(np.int64)).sum(axis=1)
    return np.asarray(np.rint(rows * (length / np.sqrt(np.maximum(squares, 1)))[:, None]))
