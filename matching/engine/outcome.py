"""What the engine gives back, whichever way it computed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from matching.engine.pairs import Pairs
from matching.engine.problem import Float, Int, Single
from matching.engine.scoring import USUAL, Weights

CANDIDATES = 2
"""So many times the length of a list are chosen by the base score, and then put in order by the whole score."""

AROUND = 2.0
"""Counted for a role are the people who would have to go at most so many times as far as they do; all, where it is
done from home. Whoever lives farther away is no news to anybody."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """The best roles per volunteer, best first; ties go to the lower role number.

    Parameters
    ----------
    start : int64 (n + 1,), the items of volunteer *v* are ``start[v]:start[v + 1]``.
    role, slot : int32 (p,), row numbers; the slot is the first one that fits.
    score : float32 (p,), in [0, 1]: the sum of the item's parts.
    km : float64 (p,), distance; NaN for a role done from home.
    parts : float32 (p, signals), what each signal adds, weighted.
    signals : names, in the order of the columns of ``parts``.
    weights : float32 (signals,), with which the parts were made.
    edge : float32 (n,), the base score of the last candidate, whether it is listed or not: a role below it cannot
        change the list. -1 where there was room for more.
    besides_start : int64 (n + 1,); besides : int32, row numbers of the roles that were candidates and are not listed:
        where one of them goes, another one becomes a candidate.
    """

    start: npt.NDArray[np.int64]
    role: Int
    slot: Int
    score: Single
    km: Float
    parts: Single
    signals: tuple[str, ...]
    weights: Single
    edge: Single
    besides_start: npt.NDArray[np.int64]
    besides: Int


@dataclass(frozen=True, slots=True)
class Comers:
    """Everybody who could come to some roles and wants to, by volunteer and then best first (p pairs).

    Parameters
    ----------
    pairs : volunteer, role, slot and km, see `Pairs`.
    base : float32 (p,), the base score, to be compared with a list's ``edge``.
    score : float32 (p,); parts : float32 (p, signals), as in a `Ranking`.
    """

    pairs: Pairs
    base: Single
    score: Single
    parts: Single


@dataclass(frozen=True, slots=True)
class Tally:
    """Per role (m rows): how many people could come, and how many are shut out by which condition.

    Counted are the people around it, see `AROUND`. ``shut_out[r, b]`` counts the volunteers whom ``Reason(1 << b)``
    shuts out of role *r*, alone or with others; ``only_by[r, b]`` those whom nothing else shuts out.
    """

    could_come: Int
    shut_out: npt.NDArray[np.int32]
    only_by: npt.NDArray[np.int32]


class Engine(Protocol):
    """The contract of the slow twin and of the fast engine; each is made for one problem."""

    def rank(self, *, top: int, floor: float, weights: Weights = USUAL) -> Ranking:
        """Return the *top* best feasible roles per volunteer whose relevance is at least *floor*, by *weights*."""
        ...

    def tally(self) -> Tally:
        """Return how many people could come to each role, and what shuts the others out."""
        ...

    def why_not(self, volunteer: int, role: int) -> int:
        """Return the ``Reason`` bits that shut this pair out, 0 where it fits."""
        ...
