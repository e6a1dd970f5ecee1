"""How good an order is."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Float = npt.NDArray[np.float64]


def ndcg(scores: npt.ArrayLike, grades: npt.ArrayLike, depth: int = 10) -> Float:
    """Return the normalised discounted cumulative gain of the first *depth*, one number a query [1]_.

    Parameters
    ----------
    scores : (queries, documents), higher is better; equal scores go by the document's number.
    grades : (queries, documents), 0 for what is not relevant; a document of grade *g* gains 2**g − 1.

    Returns
    -------
    float64 (queries,) in [0, 1]; 0 for a query for which nothing is relevant.

    References
    ----------
    .. [1] K. Järvelin, J. Kekäläinen, Cumulated gain-based evaluation of IR techniques, ACM TOIS 20, 2002.
    """
    gains = np.exp2(np.asarray(grades, dtype=np.float64)) - 1.0
    found = np.take_along_axis(gains, _order(scores)[:, :depth], axis=1)
    ideal = -np.sort(-gains, axis=1)[:, :depth]
    discounts = 1.0 / np.log2(np.arange(2, found.shape[1] + 2))
    best = (ideal * discounts).sum(axis=1)
    gained = (found * discounts).sum(axis=1)
    return np.asarray(np.divide(gained, best, out=np.zeros_like(best), where=best > 0))


def reciprocal_rank(scores: npt.ArrayLike, grades: npt.ArrayLike) -> Float:
    """Return 1 ÷ the rank of the first relevant document, one number a query; 0 where nothing is relevant."""
    is_relevant = np.take_along_axis(np.asarray(grades) > 0, _order(scores), axis=1)
    rank = is_relevant.argmax(axis=1) + 1.0
    return np.asarray(np.divide(1.0, rank, out=np.zeros_like(rank), where=is_relevant.any(axis=1)))


def _order(scores: npt.ArrayLike) -> npt.NDArray[np.intp]:
    return np.argsort(-np.asarray(scores, dtype=np.float64), axis=1, kind="stable")
