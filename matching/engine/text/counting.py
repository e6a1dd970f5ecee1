"""How often each text says what."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import chain

import numpy as np
from scipy import sparse

from matching.engine.text.folding import RUN, fold


def counts(texts: Sequence[str], read: Callable[[re.Match[str]], list[int]]) -> sparse.csr_array:
    """Return how often each text says each number, sparse float64 (texts, numbers).

    Names of activities come again and again, so among these texts every run of letters is read only once.

    Parameters
    ----------
    texts : folded or not.
    read : gives the numbers that a run of `RUN` stands for.
    """
    read_before: dict[str, list[int]] = {}
    said = [[_once(run, read, read_before) for run in RUN.finditer(fold(text))] for text in texts]
    sizes = [sum(map(len, runs)) for runs in said]
    numbers = np.fromiter(chain.from_iterable(chain.from_iterable(said)), dtype=np.int64, count=sum(sizes))
    starts = np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)])
    width = int(numbers.max(initial=-1)) + 1
    table = sparse.csr_array((np.ones(len(numbers)), numbers, starts), shape=(len(texts), width))
    table.sum_duplicates()
    return table


def _once(run: re.Match[str], read: Callable[[re.Match[str]], list[int]], before: dict[str, list[int]]) -> list[int]:
    known = before.get(run[0])
    if known is None:
        known = before[run[0]] = read(run)
    return known
