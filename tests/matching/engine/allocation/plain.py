"""The allocation's compiled and clever parts in plain form: what they are tested against."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp

from matching.engine.allocation.market import Candidates


def best(candidates: Candidates, worth: np.ndarray, limit: np.ndarray, shown: int) -> np.ndarray:
    """Everybody's best, by one sort of all candidates."""
    volunteer = candidates.volunteer()
    order = np.lexsort((candidates.role, -worth, volunteer))
    rank = np.arange(len(order)) - candidates.start[volunteer[order]]
    kept = rank < limit[volunteer[order]]
    page = np.full((len(candidates), shown), -1)
    page[volunteer[order][kept], rank[kept]] = order[kept]
    return page


def defer(
    candidates: Candidates, worth: np.ndarray, limit: np.ndarray, turn: np.ndarray, may_ask: np.ndarray, shown: int
) -> np.ndarray:
    """Deferred acceptance in rounds: all ask for their best, roles turn away the last in turn, these ask again."""
    volunteer, refused = candidates.volunteer(), np.zeros(len(worth), dtype=np.bool_)
    while True:
        page = best(candidates, np.where(refused, -np.inf, worth), limit, shown)
        asking = page[page >= 0]
        asking = asking[~refused[asking]]
        order = asking[np.lexsort((turn[volunteer[asking]], candidates.role[asking]))]
        role = candidates.role[order]
        late = order[np.arange(len(order)) - np.searchsorted(role, role) >= may_ask[role]]
        if not len(late):
            page[np.isin(page, np.flatnonzero(refused))] = -1
            return page
        refused[late] = True


def optimum(
    candidates: Candidates, worth: np.ndarray, limit: np.ndarray, floor: np.ndarray, first: np.ndarray
) -> OptimizeResult:
    """The best pages that there are under these floors and with these first suggestions, by integer programming."""
    n, m, p = len(candidates), candidates.n_roles, len(worth)
    of_person = sparse.csr_array((np.ones(p), (candidates.volunteer(), np.arange(p))), shape=(n, p))
    of_role = sparse.csr_array((np.ones(p), (candidates.role, np.arange(p))), shape=(m, p))
    least = np.zeros(p)
    least[first] = 1
    return milp(
        -worth.astype(np.float64),
        constraints=[LinearConstraint(of_person, -np.inf, limit), LinearConstraint(of_role, floor, np.inf)],
        bounds=Bounds(least, 1),
        integrality=np.ones(p),
    )


def most_reached(
    candidates: Candidates, limit: np.ndarray, floor: np.ndarray, at_most: np.ndarray, first: np.ndarray
) -> int:
    """How much of all floors together can be reached with these first suggestions, by integer programming."""
    n, m, p = len(candidates), candidates.n_roles, len(candidates.role)
    of_person = sparse.csr_array((np.ones(p), (candidates.volunteer(), np.arange(p))), shape=(n, p))
    of_role = sparse.csr_array((np.ones(p), (candidates.role, np.arange(p))), shape=(m, p))
    nothing, one_each = sparse.csr_array((n, m)), sparse.eye_array(m)
    least = np.zeros(p + m)
    least[first] = 1
    result = milp(
        -np.concatenate([np.zeros(p), np.ones(m)]),
        constraints=[
            LinearConstraint(sparse.hstack([of_person, nothing]), -np.inf, limit),
            LinearConstraint(sparse.hstack([of_role, sparse.csr_array((m, m))]), -np.inf, at_most),
            LinearConstraint(sparse.hstack([-of_role, one_each]), -np.inf, 0),
        ],
        bounds=Bounds(least, np.concatenate([np.ones(p), floor])),
        integrality=np.ones(p + m),
    )
    return int(np.round(-result.fun))
