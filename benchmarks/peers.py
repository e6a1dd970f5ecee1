"""What else there is to find the best roles with: a matrix product, and two libraries where they are installed.

None of them keeps a single condition; they are given the texts alone, and so have less to do than the engine.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
from collections.abc import Callable

import numpy as np
from scipy import sparse

from matching.engine.problem import Problem

GEMM_DIMS = 128
AT_ONCE = 4_096
TOP = 10
KEPT_TERMS = 12


def gemm(problem: Problem, seed: int) -> Callable[[], None]:
    """Return the plain product of two float32 matrices of the problem's shape and 128 dimensions; nothing is kept."""
    rng = np.random.default_rng(seed)
    people = rng.random((len(problem.volunteers), GEMM_DIMS), dtype=np.float32)
    roles = rng.random((len(problem.roles), GEMM_DIMS), dtype=np.float32)
    room = np.empty((AT_ONCE, len(roles)), dtype=np.float32)

    def run() -> None:
        for first in range(0, len(people), AT_ONCE):
            some = people[first : first + AT_ONCE]
            np.dot(some, roles.T, out=room[: len(some)])

    return run


def installed(problem: Problem) -> dict[str, Callable[[], object]]:
    """Return the peers that are installed (make bench-peers), by name."""
    found: dict[str, Callable[[], object]] = {}
    if importlib.util.find_spec("faiss"):
        found["faiss"] = _faiss(problem)
    if importlib.util.find_spec("sparse_dot_topn"):
        found["sparse_dot_topn"] = _sparse_dot_topn(problem)
    return found


def _faiss(problem: Problem) -> Callable[[], object]:
    faiss = importlib.import_module("faiss")
    roles = problem.roles.text.astype(np.float32)
    index = faiss.IndexFlatIP(roles.shape[1])
    index.add(roles)
    people = problem.volunteers.wish.astype(np.float32)
    return lambda: index.search(people, TOP)


def _sparse_dot_topn(problem: Problem) -> Callable[[], object]:
    library = importlib.import_module("sparse_dot_topn")
    people, roles = (sparse.csr_matrix(_terms(texts)) for texts in (problem.volunteers.wish, problem.roles.text))
    roles = roles.T.tocsr()
    return lambda: library.sp_matmul_topn(people, roles, top_n=TOP, n_threads=len(os.sched_getaffinity(0)))


def _terms(texts: np.ndarray) -> sparse.csr_array:
    """Return each text as its strongest dimensions, as sparse as one of words would be."""
    strongest = np.argpartition(np.abs(texts.astype(np.int16)), -KEPT_TERMS, axis=1)[:, -KEPT_TERMS:]
    start = np.arange(len(texts) + 1) * KEPT_TERMS
    data = np.take_along_axis(texts, strongest, axis=1).astype(np.float32)
    return sparse.csr_array((data.ravel(), strongest.ravel(), start), shape=texts.shape)
