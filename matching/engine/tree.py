"""The tree of activities: what an interest in one activity says about its relatives.

Only one side of a pair is spread. A volunteer's interests are (`spread`); what a role is about stays as its
organisation wrote it, so a role is never suggested, or kept back, for a thing nobody said about it. What a volunteer
wants to avoid goes downwards alone (`with_descendants`): no festivals at all means none of the kinds of festival.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from matching.engine.problem import Int

TO_PARENT = 0.3
TO_SIBLING = 0.15
TO_CHILD = 0.5
AT_MOST = 0.5


def spread(interests: sparse.csr_array, parent: Int) -> sparse.csr_array:
    """Give the relatives of every chosen activity some weight.

    A chosen activity keeps its own weight. Its parent gets 0.3 of it (each further ancestor 0.3 of the one below),
    its siblings 0.15, its descendants 0.5: who ticks a whole field means anything in it. Weights from several
    choices add up to 0.5 at most, so that a relative never counts as much as a choice.

    Parameters
    ----------
    interests : sparse (n, activities), weights in [0, 1].
    parent : int (activities,), the row number of the activity above, -1 at the top.

    Returns
    -------
    sparse float64 (n, activities), weights in [0, 1].

    Raises
    ------
    ValueError
        Where the shapes do not fit, or *parent* goes round in a circle.
    """
    above = _ancestors(parent, interests.shape[1])
    ups = above.copy()
    ups.data = TO_PARENT**above.data
    downs = above.T.tocsr()
    downs.data = np.full(downs.nnz, TO_CHILD)
    family = ups + downs + TO_SIBLING * _siblings(np.asarray(parent))
    chosen = sparse.csr_array(interests, dtype=np.float64)
    reached = sparse.csr_array(chosen @ family)
    reached.data = np.minimum(reached.data, AT_MOST)
    spread = chosen.maximum(reached)
    # In numbers of four bytes: a city's worth of these is the largest part of its problem.
    rows = (spread.data, spread.indices.astype(np.int32), spread.indptr.astype(np.int32))
    return sparse.csr_array(rows, shape=spread.shape)


def with_descendants(chosen: sparse.csr_array, parent: Int) -> sparse.csr_array:
    """Mark everything below the chosen activities, and themselves.

    Parameters
    ----------
    chosen : sparse (n, activities), not 0 where chosen.
    parent : int (activities,), the row number of the activity above, -1 at the top.

    Returns
    -------
    sparse float64 (n, activities) of ones.

    Raises
    ------
    ValueError
        Where the shapes do not fit, or *parent* goes round in a circle.
    """
    below = _ancestors(parent, chosen.shape[1]).T
    itself = sparse.csr_array(chosen, dtype=np.float64)
    marked = sparse.csr_array(itself + itself @ below)
    marked.eliminate_zeros()
    marked.data = np.ones(marked.nnz)
    return marked


def _ancestors(parent: Int, activities: int) -> sparse.csr_array:
    """Return, sparse (activities, activities), how many steps up from the row's activity the column's one is."""
    up = np.asarray(parent, dtype=np.int64)
    if len(up) != activities:
        raise ValueError(f"{activities} activities, but {len(up)} parents")
    rows, columns, steps = [], [], []
    at, step = up.copy(), 1
    while (inside := np.flatnonzero(at >= 0)).size:
        if step > activities:
            raise ValueError("an activity lies below itself")
        rows.append(inside)
        columns.append(at[inside])
        steps.append(np.full(inside.size, float(step)))
        at = np.where(at >= 0, up[np.maximum(at, 0)], -1)
        step += 1
    if not rows:
        return sparse.csr_array((activities, activities), dtype=np.float64)
    entries = (np.concatenate(steps), (np.concatenate(rows), np.concatenate(columns)))
    return sparse.csr_array(entries, shape=(activities, activities))


def _siblings(parent: Int) -> sparse.csr_array:
    """Return, sparse (activities, activities), 1 for two activities with the same parent; fields are no siblings."""
    same = (parent[:, None] == parent[None, :]) & (parent >= 0)[:, None]
    np.fill_diagonal(same, val=False)
    return sparse.csr_array(same.astype(np.float64))
