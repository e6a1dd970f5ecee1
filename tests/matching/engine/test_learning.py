"""Weights learnt from invented answers whose reasons are known."""

from __future__ import annotations

import numpy as np
import pytest

from matching.engine import learning
from matching.engine.learning import learn
from matching.engine.problem import Bool, Int, Single
from matching.engine.scoring import LEAST, USUAL, WEIGHTS, Weights

NAMES = list(WEIGHTS)
PEOPLE = 300
Said = tuple[Single, Bool, Int]


def answers(taste: dict[str, float], *, count: int = 3000, seed: int = 1, clearly: float = 8.0) -> Said:
    """Draw answers by people whose yes depends on the signals as *taste* says, on their own mood, and on chance."""
    dice = np.random.default_rng(seed)
    signals = dice.beta(2, 2, size=(count, len(NAMES))).astype(np.float32)
    person = dice.integers(0, PEOPLE, count).astype(np.int32)
    pull = signals @ np.array([taste.get(name, 0.0) for name in NAMES])
    mood = dice.normal(0, 0.5, PEOPLE)[person]
    accepted = dice.random(count) < 1 / (1 + np.exp(-(clearly * (pull - pull.mean()) + mood)))
    return signals, accepted, person


def test_known_preferences_are_found_and_foretell_better() -> None:
    taste = WEIGHTS | {
        "interest": 0.22,
        "wish": 0.32,
        "skill": 0.09,
        "distance": 0.20,
        "time_fit": 0.04,
        "urgency": 0.03,
    }
    lesson = learn(*answers(taste), USUAL)
    true, learnt = np.array([taste[name] for name in NAMES]), lesson.weights.values

    assert lesson.is_better
    assert lesson.after < lesson.before
    assert np.abs(learnt - true).sum() < 0.6 * np.abs(USUAL.values - true).sum()


def test_step_by_step_it_comes_to_preferences_that_are_far_away() -> None:
    taste = {"interest": 0.2, "wish": 0.3, "skill": 0.15, "distance": 0.25, "time_fit": 0.03, "history": 0.07}
    weights, losses = USUAL, []
    for month in range(4):
        lesson = learn(*answers(taste, seed=month), weights)
        losses.append(lesson.before)
        weights = lesson.weights if lesson.is_better else weights

    true = np.array([taste.get(name, 0.0) for name in NAMES])
    assert np.abs(weights.values - true).sum() < 0.4 * np.abs(USUAL.values - true).sum()
    assert losses[-1] < losses[0]


@pytest.mark.parametrize("seed", range(8))
def test_from_chance_nothing_is_learnt(seed: int) -> None:
    assert not learn(*answers({}, count=800, seed=seed), USUAL).is_better


@pytest.mark.parametrize("seed", range(4))
def test_weights_that_are_right_already_stay(seed: int) -> None:
    assert not learn(*answers(WEIGHTS, count=800, seed=seed), USUAL).is_better


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_no_weight_moves_by_more_than_half_of_itself_nor_under_its_least(name: str, sign: float) -> None:
    learnt = learn(*answers({name: sign}, count=1000), USUAL).weights

    for weight, before, least in zip(learnt.values, USUAL.values, [LEAST.get(one, 0.0) for one in NAMES], strict=True):
        assert max(0.5 * before, least) - 1e-6 <= weight <= 1.5 * before + 1e-6


def test_distance_and_time_are_never_let_go_however_often_people_do_not_mind() -> None:
    weights = USUAL
    for month in range(8):
        weights = learn(
            *answers({"wish": 0.8, "distance": -0.5, "time_fit": -0.5}, count=600, seed=month), weights
        ).weights

    by_name = weights.by_name()
    assert by_name["distance"] == pytest.approx(LEAST["distance"])
    assert by_name["time_fit"] == pytest.approx(LEAST["time_fit"])


def test_answers_against_the_whole_score_change_nothing() -> None:
    against = {name: -weight for name, weight in WEIGHTS.items()}

    assert learn(*answers(against, clearly=20.0), USUAL).weights.by_name() == pytest.approx(WEIGHTS, abs=1e-3)


def test_the_same_answers_teach_the_same() -> None:
    said = answers(WEIGHTS | {"wish": 0.4})

    assert learn(*said, USUAL).weights.by_name() == learn(*said, USUAL).weights.by_name()


def test_many_answers_of_one_person_are_no_more_evidence_than_a_few() -> None:
    signals, accepted, person = answers(WEIGHTS | {"interest": 0.22, "wish": 0.36}, count=600)
    ten_times = (np.tile(signals, (10, 1)), np.tile(accepted, 10))
    of_the_same = learn(*ten_times, np.tile(person, 10), USUAL)
    of_strangers = learn(*ten_times, np.arange(6000, dtype=np.int32), USUAL)

    assert of_the_same.error > 2 * of_strangers.error
    assert (of_the_same.is_better, of_strangers.is_better) == (False, True)


def test_all_the_same_answer_teaches_nothing() -> None:
    signals, _, person = answers({}, count=50)

    with pytest.raises(ValueError, match="class"):
        learn(signals, np.ones(50, dtype=np.bool_), person, USUAL)


def test_learnt_from_other_weights_it_moves_from_those() -> None:
    bent = Weights.of(WEIGHTS | {"interest": 0.26, "distance": 0.24})
    learnt = learn(*answers(WEIGHTS), bent).weights

    assert abs(learnt.by_name()["distance"] - 0.24) <= learning.STEP * 0.24
    assert learnt.by_name()["distance"] < 0.24
