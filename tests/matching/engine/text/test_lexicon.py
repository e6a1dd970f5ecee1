"""Texts are drawn towards what they speak of."""

from __future__ import annotations

import numpy as np

from matching.engine.text.lexicon import FINE, Lexicon

AXES = FINE * np.eye(4)


def test_two_names_of_one_activity_come_nearer() -> None:
    apart = AXES[:2]
    lexicon = Lexicon(AXES[[0, 1, 2]], [0, 0, 1])
    drawn = lexicon.draw(apart)

    assert apart[0] @ apart[1] == 0
    assert 0.1 < drawn[0] @ drawn[1] / FINE**2 < 0.6
    np.testing.assert_allclose(np.linalg.norm(drawn, axis=1), FINE, atol=2)


def test_what_is_far_from_all_activities_moves_towards_none_alone() -> None:
    drawn = Lexicon(AXES[[0, 1]], [0, 1]).draw(AXES[[3]])[0]
    assert drawn[0] == drawn[1]


def test_nothing_stays_nothing_and_no_activities_change_nothing() -> None:
    assert not Lexicon(AXES[:1], [0]).draw(np.zeros((2, 4))).any()
    np.testing.assert_array_equal(Lexicon(np.zeros((0, 4)), []).draw(AXES), AXES)
    np.testing.assert_array_equal(Lexicon(np.zeros((1, 4)), [0]).draw(AXES), AXES)
