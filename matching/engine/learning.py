"""From answers to weights: what people said yes to tells how much each signal should count.

A logistic regression on the signals, held near the weights in force: their score goes in free of the penalty, each
signal by itself with it, so that only what the answers insist on moves. Weights stay positive, within half of what they
were, and over their least. Whether that helps is asked of people whose answers were not learnt from.

The answers are to what was suggested, and that was what scored high: of a signal that is much the same in all of it
there is little to learn. It stays near what it was.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold

from matching.engine.problem import Bool, Float, Int, Single
from matching.engine.scoring import LEAST, Weights

Rows = npt.NDArray[np.intp]

STEP = 0.5
"""No weight changes by more than this part of itself at once: one odd month must not turn the service round."""

PENALTY = 0.1
"""Inverse strength of the penalty, as scikit-learn counts it, on what a signal says beside the present score."""

FREE = 100.0
"""A column that is this many times as large is as good as free of the penalty."""

FOLDS = 5
SURE = 2.0
"""How many standard errors better the new weights must foretell: what was learnt from chance hardly ever does."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was learnt.

    Parameters
    ----------
    weights : learnt from all answers.
    before, after : log-loss per held-out answer, foretold by the weights in force, and by weights learnt like these.
    error : the standard error of their difference, people being independent of each other and their answers not.
    """

    weights: Weights
    before: float
    after: float
    error: float

    @property
    def is_better(self) -> bool:
        return self.before - self.after > SURE * self.error


def learn(signals: Single, accepted: Bool, person: Int, weights: Weights) -> Lesson:
    """Learn from answers, and measure on people who were left out.

    Parameters
    ----------
    signals : float32 (p, signals), in [0, 1], not weighted, in the order of *weights*.
    accepted : bool (p,), yes or no; some of either.
    person : int32 (p,), who answered; at least `FOLDS` different ones.
    weights : those in force.

    Raises
    ------
    ValueError
        Where all answers are the same, or there are fewer people than folds.
    """
    before, after = np.zeros(len(accepted)), np.zeros(len(accepted))
    for some, others in StratifiedGroupKFold(FOLDS).split(signals, accepted, person):
        learnt = _learnt(signals[some], accepted[some], weights)
        before[others] = _loss(signals, accepted, some, others, weights)
        after[others] = _loss(signals, accepted, some, others, learnt)
    by_person = np.bincount(np.unique(person, return_inverse=True)[1], before - after - (before - after).mean())
    error = np.sqrt((by_person**2).sum()) / len(accepted)
    return Lesson(_learnt(signals, accepted, weights), float(before.mean()), float(after.mean()), float(error))


def _learnt(signals: Single, accepted: Bool, weights: Weights) -> Weights:
    table = np.column_stack([FREE * signals @ weights.values, signals]).astype(np.float64)
    free, *beside = _model().fit(table, accepted).coef_[0]
    return Weights(weights.names, _bounded(FREE * free * weights.values + np.array(beside), weights))


def _bounded(pull: Float, weights: Weights) -> Single:
    """Return weights in the proportions of *pull*, as far as the bounds allow; as they were where nothing pulls."""
    now = weights.values.astype(np.float64)
    least = np.array([LEAST.get(name, 0.0) for name in weights.names])
    low, high = np.maximum((1 - STEP) * now, least), (1 + STEP) * now
    wanted = np.maximum(pull, 0.0) / max(np.abs(pull).sum(), 1.0) + 1e-6 * now
    scale = brentq(lambda by: np.clip(by * wanted, low, high).sum() - 1.0, 0.0, (high / wanted).max(), xtol=1e-12)
    return np.asarray(np.clip(scale * wanted, low, high), dtype=np.float32)


def _loss(signals: Single, accepted: Bool, some: Rows, others: Rows, weights: Weights) -> Float:
    """Return the log-loss of each of *others*, foretold by what *some* answered at which score."""
    score = (FREE * signals @ weights.values)[:, None].astype(np.float64)
    foretold = _model().fit(score[some], accepted[some]).predict_proba(score[others])
    return np.asarray(-np.log(np.where(accepted[others], foretold[:, 1], foretold[:, 0])))


def _model() -> LogisticRegression:
    return LogisticRegression(C=PENALTY, solver="newton-cholesky")
