"""From signals to one score: the table of weights, and the parts that add up.

The weights are the only place where signals are set against each other. They sum to 1, so a score lies in [0, 1].
A new signal is one new file in `matching.engine.signals` with a ``SIGNAL``, and one line in the table here. Other
weights than the table's (`matching.engine.learning`) are given to the engine as `Weights`.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from matching.engine import signals
from matching.engine.pairs import Pairs
from matching.engine.problem import Problem, Single
from matching.engine.signal import Pair, Signal

WEIGHTS = {
    "interest": 0.36,  # what somebody ticked says most
    "wish": 0.22,  # own words say more precisely what, but texts are short and their likeness is coarse
    "skill": 0.06,  # welcome, never required
    "distance": 0.14,  # the limit has been kept already; but who can go round the corner rather does
    "time_fit": 0.07,  # a wish about the length, not a condition
    "history": 0.07,  # what somebody did says more than a tick, but there is little of it, and a "no" may mean the day
    "urgency": 0.05,  # the role's need and not the person's: it decides between what they would like as much
    "novelty": 0.03,  # a nudge between near equals: a good first time, and then something new
}
"""Signal → weight; the sum is 1."""

LEAST = {"interest": 0.20, "wish": 0.10, "skill": 0.02, "distance": 0.05, "time_fit": 0.03}
"""What no weights may go under: what a person said of themselves always counts. That the limit and the free time are
kept does not depend on any weight; these are about nearer and shorter within them."""

RELEVANT = {"interest": 1.0, "wish": 1.0, "skill": 0.25}
"""The signals that say that somebody wants this, not only that it is near and short, and how far each is believed
when it stands alone: what somebody can do is not yet what they would like to do."""

FLOOR = 0.3
"""The relevance below which nothing is suggested. A chosen activity is always above it. Another kind of the same
field (.26), a skill alone (.25) or two texts that share everyday words are below it, two such together are above.
Who would have to be told "well, it is near you" is not asked."""


def _found() -> tuple[Signal, ...]:
    modules = sorted(module.name for module in pkgutil.iter_modules(signals.__path__))
    loaded = [importlib.import_module(f"{signals.__name__}.{name}") for name in modules]
    by_name = {module.SIGNAL.name: module.SIGNAL for module in loaded}
    if by_name.keys() != WEIGHTS.keys():
        raise LookupError(f"signals without a weight, or weights without a signal: {by_name.keys() ^ WEIGHTS.keys()}")
    return tuple(by_name[name] for name in WEIGHTS)


SIGNALS = _found()
"""All signals, in the order of `WEIGHTS`."""

_ROUNDING = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """One weight per signal.

    Parameters
    ----------
    names : the signals, in the order of `WEIGHTS`.
    values : float32 (signals,), at least 0 and at least `LEAST`, in all 1.

    Raises
    ------
    ValueError
        Where a signal is missing or unknown, or a value is not as said.
    """

    names: tuple[str, ...]
    values: Single

    def __post_init__(self) -> None:
        if self.names != tuple(WEIGHTS) or self.values.shape != (len(self.names),):
            raise ValueError(f"weights for {self.names}, not for {tuple(WEIGHTS)}")
        least = np.array([LEAST.get(name, 0.0) for name in self.names])
        if not (self.values >= least - _ROUNDING).all():
            raise ValueError(f"a weight lies under its least: {self.by_name()}")
        if not abs(self.values.sum(dtype=np.float64) - 1.0) <= _ROUNDING:
            raise ValueError(f"the weights sum to {self.values.sum()}, not to 1")

    @classmethod
    def of(cls, values: Mapping[str, float]) -> Weights:
        """Return the weights of a table signal → weight, in any order."""
        names = tuple(name for name in WEIGHTS if name in values) + tuple(
            name for name in values if name not in WEIGHTS
        )
        return cls(names, np.array([values[name] for name in names], dtype=np.float32))

    def by_name(self) -> dict[str, float]:
        return dict(zip(self.names, self.values.tolist(), strict=True))


USUAL = Weights.of(WEIGHTS)
"""The table's."""


def parts(problem: Problem, pairs: Pairs, weights: Weights = USUAL) -> Single:
    """Return what each signal adds to the score of each pair, float32 (p, signals), weighted."""
    columns = np.empty((len(SIGNALS), len(pairs)), dtype=np.float32)
    for column, signal, weight in zip(columns, SIGNALS, weights.values, strict=True):
        np.multiply(signal.score(problem, pairs), weight, out=column)
    return columns.T


def plain_parts(problem: Problem, pair: Pair, weights: Weights = USUAL) -> Single:
    """Return the same for one pair, float32 (signals,), computed one by one in plain Python."""
    return np.array([signal.plain(problem, pair) for signal in SIGNALS], dtype=np.float32) * weights.values


def total(parts: Single) -> Single:
    """Return the scores, float32 (p,): the sums of the parts.

    They are added in the order of the table, so the same parts give the same score, to the last bit, however many
    pairs there are.
    """
    added = np.zeros(len(parts), dtype=np.float32)
    for column in parts.T:
        added += column
    return np.minimum(added, np.float32(1.0))


def relevance(parts: Single, weights: Weights = USUAL) -> Single:
    """Return 1 − Π (1 − belief · signal) over `RELEVANT`, float32 (p,) in [0, 1]: reasons add up, none is needed.

    *weights* are those that the parts were made with.
    """
    doubt = np.ones(len(parts), dtype=np.float32)
    for column, (name, weight) in zip(parts.T, weights.by_name().items(), strict=True):
        if name in RELEVANT:
            doubt *= 1 - np.float32(RELEVANT[name] / weight) * column
    return np.clip(1 - doubt, 0.0, 1.0)
