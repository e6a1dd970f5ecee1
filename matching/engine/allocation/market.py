"""What is to be allocated: candidates per volunteer, how often a person may be asked, and how much a role needs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.engine.distinct import distinct
from matching.engine.problem import Int, Single

Long = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Candidates:
    """The roles that each volunteer fits and wants, n volunteers, p pairs.

    Parameters
    ----------
    start : int64 (n + 1,), the candidates of volunteer *v* are ``start[v]:start[v + 1]``.
    role : int32 (p,), row numbers; a volunteer has a role once at most.
    score : float32 (p,), in [0, 1]; per volunteer best first, equal ones by role.
    n_roles : m. Roles without a candidate count too.
    """

    start: Long
    role: Int
    score: Single
    n_roles: int

    def __len__(self) -> int:
        return len(self.start) - 1

    def volunteer(self) -> Int:
        """Return whose candidate each is, int32 (p,)."""
        return np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self.start))


@dataclass(frozen=True, slots=True)
class Asks:
    """How often and in which order people are asked.

    Parameters
    ----------
    left : int32 (n,), how many items the person may still be asked; 0 where they are not asked now.
    order : int64 (n,), the least recently asked lowest: a time or a rank.
    number : int64 (n,), decides where *order* is equal; ids or row numbers, each once.
    """

    left: Int
    order: Long
    number: Long

    def priority(self) -> Long:
        """Return the turn of each person, int64 (n,), a permutation of 0 … n − 1: the least recently asked first."""
        turn = np.empty(len(self.order), dtype=np.int64)
        turn[np.lexsort((self.number, self.order))] = np.arange(len(turn))
        return turn


@dataclass(frozen=True, slots=True)
class Places:
    """What the roles need.

    Parameters
    ----------
    need : int32 (m,), places still free.
    may_ask : int64 (m,), before how many people the role may be put in this round.
    """

    need: Int
    may_ask: Long


def check(candidates: Candidates, asks: Asks, places: Places) -> None:
    """Refuse a market whose parts do not fit together.

    Raises
    ------
    ValueError
        With what is wrong: lengths, numbers out of range, candidates out of order or twice.
    """
    n, pairs, m = len(candidates), len(candidates.role), candidates.n_roles
    for name, column, length in (
        ("score", candidates.score, pairs),
        ("left", asks.left, n),
        ("order", asks.order, n),
        ("number", asks.number, n),
        ("need", places.need, m),
        ("may_ask", places.may_ask, m),
    ):
        if column.shape != (length,):
            raise ValueError(f"{name} has shape {column.shape}, not ({length},)")
    if candidates.start[0] != 0 or candidates.start[-1] != pairs or (np.diff(candidates.start) < 0).any():
        raise ValueError("start does not cut the candidates into volunteers")
    if pairs and not (candidates.role.min() >= 0 and candidates.role.max() < m):
        raise ValueError("a role outside 0 … n_roles − 1")
    if not ((candidates.score >= 0) & (candidates.score <= 1)).all():
        raise ValueError("a score outside [0, 1]")
    if min(asks.left.min(initial=0), places.need.min(initial=0), places.may_ask.min(initial=0)) < 0:
        raise ValueError("a number below 0")
    if len(distinct(asks.number)) != n:
        raise ValueError("a number of two volunteers")
    _check_order(candidates)


def _check_order(candidates: Candidates) -> None:
    volunteer, role, score = candidates.volunteer(), candidates.role, candidates.score
    same = volunteer[1:] == volunteer[:-1]
    is_worse = (score[1:] < score[:-1]) | ((score[1:] == score[:-1]) & (role[1:] > role[:-1]))
    if not (is_worse | ~same).all():
        raise ValueError("the candidates of a volunteer are not best first")
    order = np.argsort(volunteer.astype(np.int64) * candidates.n_roles + role)
    if not np.diff(volunteer[order].astype(np.int64) * candidates.n_roles + role[order]).all():
        raise ValueError("a volunteer has a role twice")
