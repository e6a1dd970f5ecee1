"""Who wants a role is told by the kernel as the whole score tells it, most of the time without working it out."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.engine.kernel.base import eagerness, is_enough, is_enough_with_skill, scale
from matching.engine.scoring import FLOOR, RELEVANT, USUAL
from matching.engine.signals.interest import STEEPNESS

SKILLS = st.floats(0, 1)


def just_enough(floor: float, skill: float) -> float:
    """Return the product of interests from which on somebody with this *skill* wants a role."""
    by = scale(USUAL, floor)
    return (by.enough + math.log(1 - RELEVANT["skill"] * skill)) / STEEPNESS


@settings(deadline=None, derandomize=True, database=None)
@given(shared=st.floats(0, 2), product=st.integers(-3_000_000, 3_000_000), skill=SKILLS)
def test_with_a_skill_enough_is_what_the_reasons_together_say(shared, product, skill):
    by = scale(USUAL, FLOOR)
    wants = eagerness(shared, product) - math.log(1 - RELEVANT["skill"] * skill)
    assert is_enough_with_skill(shared, product, skill, by) == (wants >= by.enough) or np.isclose(wants, by.enough)


@pytest.mark.parametrize("skill", [0.0, 0.25, 0.999_999, 1.0])
@pytest.mark.parametrize(("more", "is_so"), [(1e-9, True), (-1e-9, False)])
def test_the_border_lies_where_the_skill_puts_it(skill, more, is_so):
    assert is_enough_with_skill(just_enough(FLOOR, skill) + more, 0, skill, scale(USUAL, FLOOR)) == is_so


@settings(deadline=None, derandomize=True, database=None)
@given(shared=st.floats(0, 2), product=st.integers(-3_000_000, 3_000_000))
def test_without_a_skill_both_say_the_same(shared, product):
    by = scale(USUAL, FLOOR)
    assert is_enough_with_skill(shared, product, 0.0, by) == is_enough(shared, product, by)


def test_without_a_floor_everything_is_enough():
    assert is_enough_with_skill(0.0, 0, 0.0, scale(USUAL, 0.0))
