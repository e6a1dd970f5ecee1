"""What the numbers of the signals mean, in words that a coordinator could check."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from matching.engine import scoring
from matching.engine.fast import FastEngine
from matching.engine.scoring import Weights
from tests.matching.engine.markets import NO_POINT, PLACES, market, person, role, slot


def _parts(who: dict[str, Any], what: dict[str, Any]) -> dict[str, float]:
    ranking = FastEngine(market([person(**who)], [role(**what)])).rank(top=1, floor=0.0)
    parts = dict(zip(ranking.signals, ranking.parts[0].tolist(), strict=True))
    return {name: part / scoring.WEIGHTS[name] for name, part in parts.items()}


def _relevance(who: dict[str, Any], what: dict[str, Any]) -> float:
    parts = _parts({"interests": {}} | who, what)
    weighted = np.array([[parts[name] * weight for name, weight in scoring.WEIGHTS.items()]], dtype=np.float32)
    return float(scoring.relevance(weighted)[0])


@pytest.mark.parametrize(
    ("interests", "expected"), [({0: 1.0}, 0.865), ({0: 0.15}, 0.259), ({0: 1.0, 1: 1.0}, 0.959), ({5: 1.0}, 0.0)]
)
def test_interest_grows_with_what_is_shared(interests: dict[int, float], expected: float) -> None:
    what = {"activities": {0: 1.0, 1: 0.6}}

    assert _parts({"interests": interests}, what)["interest"] == pytest.approx(expected, abs=1e-3)


@pytest.mark.parametrize(("skills", "expected"), [({}, 0.0), ({0: 1.0}, 0.5), ({0: 1.0, 1: 1.0, 2: 1.0}, 1.0)])
def test_skill_is_the_share_of_what_is_welcome(skills: dict[int, float], expected: float) -> None:
    assert _parts({"skills": skills}, {"skills": {0: 1.0, 1: 1.0}})["skill"] == pytest.approx(expected)
    assert _parts({"skills": skills}, {})["skill"] == 0.0


@pytest.mark.parametrize(("at", "expected"), [(PLACES[0], 1.0), (PLACES[4], 0.495)])
def test_distance_fades_to_the_limit(at: tuple[float, float], expected: float) -> None:
    assert _parts({}, {"at": at})["distance"] == pytest.approx(expected, abs=1e-3)


def test_distance_is_neutral_from_home() -> None:
    assert _parts({}, {"at": NO_POINT, "is_online": True})["distance"] == pytest.approx(0.5)


@pytest.mark.parametrize(("wished", "expected"), [(0, 0.5), (90, 1.0), (60, 1.0), (30, 0.5)])
def test_time_fit_fades_beyond_the_wished_length(wished: int, expected: float) -> None:
    what = {"slots": [slot(minutes=60)]}

    assert _parts({"minutes_at_most": wished}, what)["time_fit"] == pytest.approx(expected)


def test_wish_is_nothing_below_the_noise_and_everything_for_the_same_text() -> None:
    assert _parts({"wish": {0: 1.0}}, {"text": {0: 0.14, 1: 0.99}})["wish"] == pytest.approx(0.0, abs=1e-6)
    assert _parts({"wish": {0: 1.0}}, {"text": {0: 1.0}})["wish"] > 0.97


@pytest.mark.parametrize(
    ("who", "what"),
    [
        ({"interests": {0: 1.0}}, {"activities": {0: 1.0}}),
        ({"interests": {0: 1.0}}, {"activities": {0: 0.6, 1: 1.0}}),
        ({"wish": {0: 1.0}}, {"text": {0: 0.26, 1: 0.96}}),
        ({"interests": {0: 0.15}, "skills": {0: 1.0}}, {"skills": {0: 1.0}}),
    ],
)
def test_a_choice_or_own_words_are_above_the_floor(who: dict[str, Any], what: dict[str, Any]) -> None:
    assert _relevance(who, what) >= scoring.FLOOR


@pytest.mark.parametrize(
    ("who", "what"),
    [
        ({}, {}),
        ({"interests": {0: 0.15}}, {"activities": {0: 1.0}}),
        ({"skills": {0: 1.0}}, {"skills": {0: 1.0}}),
        ({"wish": {0: 1.0}}, {"text": {0: 0.2, 1: 0.98}}),
    ],
)
def test_a_skill_a_relative_or_everyday_words_alone_are_below_the_floor(
    who: dict[str, Any], what: dict[str, Any]
) -> None:
    assert _relevance(who, what) < scoring.FLOOR


def _table(**changes: float) -> dict[str, float]:
    return scoring.WEIGHTS | changes


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"interest": 1.0}, "weights for"),
        (_table(charm=0.0), "weights for"),
        (_table(history=0.17), "sum to"),
        (_table(urgency=-0.05, history=0.17), "under its least"),
        (_table(distance=0.04, history=0.17), "under its least"),
        (_table(time_fit=0.02, history=0.12), "under its least"),
        (_table(urgency=float("nan")), "under its least"),
    ],
)
def test_weights_that_would_let_something_go_are_refused(table: dict[str, float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Weights.of(table)


def test_weights_may_be_said_in_any_order() -> None:
    backwards = dict(reversed(scoring.WEIGHTS.items()))

    assert Weights.of(backwards).names == tuple(scoring.WEIGHTS)
    assert Weights.of(backwards).by_name() == pytest.approx(scoring.WEIGHTS)
