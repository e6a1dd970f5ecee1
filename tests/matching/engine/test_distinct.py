"""Each value once, ascending, as numpy's own has it."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.engine.distinct import distinct


@settings(deadline=None, derandomize=True, database=None)
@given(st.lists(st.integers(-5, 5)))
def test_each_value_is_there_once_and_they_ascend(values):
    assert distinct(np.array(values, dtype=np.int64)).tolist() == sorted(set(values))


@settings(deadline=None, derandomize=True, database=None)
@given(st.lists(st.floats(allow_nan=False)))
def test_numbers_that_are_not_whole_too(values):
    assert distinct(np.array(values)).tolist() == np.unique(np.array(values)).tolist()
