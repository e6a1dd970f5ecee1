"""What the model of sign-ups says, and that sums of it do not depend on the order."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from matching.engine.allocation import pages, sign_ups
from tests.matching.engine.allocation.markets import Market, candidates, markets


def test_the_better_it_fits_the_likelier_is_a_yes() -> None:
    accepts = sign_ups.acceptance(np.linspace(0, 1, 11, dtype=np.float32))

    assert (np.diff(accepts) > 0).all()
    assert accepts[0] < 0.01
    assert accepts[-1] < sign_ups.AT_MOST
    assert sign_ups.acceptance(np.array([sign_ups.MIDDLE], dtype=np.float32)) == pytest.approx(sign_ups.AT_MOST / 2)


def test_who_said_yes_to_the_first_does_not_read_the_second() -> None:
    score = np.array([0.8, 0.6], dtype=np.float32)
    first, second = sign_ups.acceptance(score)

    chances = sign_ups.chances(score, np.array([[0, 1, -1], [1, -1, -1]]))

    assert chances[0].tolist() == pytest.approx([first, sign_ups.GOES_ON * (1 - first) * second, 0.0])
    assert chances[1].tolist() == pytest.approx([second, 0.0, 0.0])


@settings(max_examples=40, deadline=None, derandomize=True, database=None)
@given(one=markets())
def test_nobody_says_yes_more_than_once_and_no_order_changes_a_sum(one: Market) -> None:
    limit = np.full(len(one.candidates), one.shown, dtype=np.int32)
    page = pages.best(one.candidates, one.candidates.score, limit, one.shown)

    assert (sign_ups.chances(one.candidates.score, page).sum(axis=1) <= 1).all()
    forwards, backwards = (sign_ups.expected(one.candidates, rows) for rows in (page, page[::-1]))
    assert forwards.tolist() == backwards.tolist()


def test_nothing_shown_is_nothing_expected() -> None:
    nobody = candidates([{}], 2)

    assert sign_ups.expected(nobody, np.array([[-1, -1]])).tolist() == [0.0, 0.0]
