"""What a signal is: one view on how well a pair fits, from 0 to 1."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from matching.engine.pairs import Pairs
from matching.engine.problem import Problem, Single


@dataclass(frozen=True, slots=True)
class Pair:
    """One pair, for the plain form of a signal; the fields are those of `Pairs`."""

    volunteer: int
    role: int
    slot: int
    km: float


@dataclass(frozen=True, slots=True)
class Signal:
    """A scoring signal. Every module of `matching.engine.signals` holds one and calls it ``SIGNAL``.

    Parameters
    ----------
    name : as in the table of weights (`matching.engine.scoring`).
    score : gives float32 (p,), in [0, 1], for all pairs at once. It computes in float64 and rounds once, at the
        end, so that the order of adding up does not decide who comes first.
    plain : the same for one pair in plain Python; the slow twin uses it, and the tests compare the two.
    """

    name: str
    score: Callable[[Problem, Pairs], Single]
    plain: Callable[[Problem, Pair], float]
