"""What every signal promises, found by itself as the engine finds it."""

from __future__ import annotations

import inspect

import numpy as np
import pytest
from hypothesis import given, settings

from matching.engine import scoring
from matching.engine.pairs import Pairs
from matching.engine.problem import Problem
from matching.engine.signal import Pair, Signal
from tests.matching.engine.markets import markets


def _pairs(problem: Problem) -> Pairs:
    """Make a pair of every volunteer and slot, feasible or not."""
    people, slots = len(problem.volunteers), len(problem.slots)
    slot = np.tile(np.arange(slots, dtype=np.int32), people)
    role = problem.slots.role[slot]
    km = np.where(problem.roles.is_online[role], np.nan, np.arange(len(role)) % 5 * 0.7)
    return Pairs(np.repeat(np.arange(people, dtype=np.int32), slots), role, slot, km)


@settings(max_examples=40, deadline=None, derandomize=True, database=None)
@given(problem=markets())
def test_a_signal_is_a_float32_from_0_to_1_and_the_same_in_plain_python(problem: Problem) -> None:
    pairs = _pairs(problem)
    columns = (pairs.volunteer.tolist(), pairs.role.tolist(), pairs.slot.tolist(), pairs.km.tolist())
    for signal in scoring.SIGNALS:
        scores = signal.score(problem, pairs)
        assert scores.dtype == np.float32, signal.name
        assert scores.shape == (len(pairs),), signal.name
        assert ((scores >= 0) & (scores <= 1)).all(), signal.name
        plain = [signal.plain(problem, Pair(*pair)) for pair in zip(*columns, strict=True)]
        np.testing.assert_allclose(scores, np.array(plain).reshape(-1), atol=1e-6, err_msg=signal.name)


@pytest.mark.parametrize("signal", scoring.SIGNALS, ids=lambda signal: signal.name)
def test_a_signal_says_what_it_measures(signal: Signal) -> None:
    module = inspect.getmodule(signal.score)

    assert module is not None
    assert module.__name__ == f"matching.engine.signals.{signal.name}"
    assert module.__doc__
    assert signal.score.__doc__


def test_the_weights_sum_to_1_and_name_every_signal() -> None:
    assert sum(scoring.WEIGHTS.values()) == pytest.approx(1.0)
    assert [signal.name for signal in scoring.SIGNALS] == list(scoring.WEIGHTS)
    assert scoring.RELEVANT.keys() <= scoring.WEIGHTS.keys()
