"""Answers pull like roles up or down, and one "no" buries nothing."""

from __future__ import annotations

import pytest

from matching.engine import scoring
from matching.engine.fast import FastEngine
from matching.engine.signals.history import SIGNAL
from tests.matching.engine.markets import market, person, role, value

SAME = {0: 0.7, 6: 0.3}


@pytest.mark.parametrize(("answers", "expected"), [(0.0, 0.5), (1.0, 0.75), (3.0, 0.875), (-0.5, 0.333), (-1.0, 0.25)])
def test_a_role_of_the_same_kind_and_organisation_follows_the_answers(answers: float, expected: float) -> None:
    assert value(SIGNAL, {"leanings": {0: answers, 6: answers}}, {"traits": SAME}) == pytest.approx(expected, abs=1e-3)


def test_a_role_that_shares_less_follows_less() -> None:
    liked = {"leanings": {0: 1.0, 6: 1.0}}
    same, elsewhere, other = (value(SIGNAL, liked, {"traits": traits}) for traits in (SAME, {0: 0.7}, {1: 0.7}))

    assert same > elsewhere > other == 0.5


def test_a_no_to_one_kind_says_nothing_of_its_relatives() -> None:
    assert value(SIGNAL, {"leanings": {0: -0.5}}, {"traits": {1: 0.7, 6: 0.3}}) == 0.5


def test_however_many_no_a_chosen_activity_stays_relevant_and_before_all_others() -> None:
    tired = person(interests={0: 1.0, 1: 0.15}, leanings={0: -50.0, 6: -50.0})
    chosen, related = role(traits=SAME), role(activities={1: 1.0}, traits={1: 0.7, 7: 0.3})
    outcome = FastEngine(market([tired], [related, chosen])).rank(top=2, floor=0.0)

    assert outcome.role.tolist() == [1, 0]
    assert scoring.relevance(outcome.parts)[0] >= scoring.FLOOR


def test_among_equals_the_liked_one_comes_first() -> None:
    roles = [role(traits={1: 0.7, 7: 0.3}), role(traits=SAME)]
    ranking = FastEngine(market([person(leanings={0: 1.0})], roles)).rank(top=2, floor=0.0)

    assert ranking.role.tolist() == [1, 0]
