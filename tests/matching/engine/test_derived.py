"""What follows from the roles alone is worked out once, and not kept longer than they are."""

from __future__ import annotations

import gc
import weakref
from itertools import count

from matching.engine.derived import derived


class _Side:
    pass


def test_it_is_worked_out_once_for_each() -> None:
    asked = count(1)

    @derived
    def read(_side: _Side) -> int:
        return next(asked)

    one, other = _Side(), _Side()
    assert [read(one), read(other), read(one)] == [1, 2, 1]


def test_two_sides_count_together() -> None:
    asked = count(1)

    @derived
    def read(_one: _Side, _other: _Side) -> int:
        return next(asked)

    one, other = _Side(), _Side()
    assert [read(one, other), read(other, one), read(one, one), read(one, other)] == [1, 2, 3, 1]


def test_it_goes_with_its_side() -> None:
    @derived
    def read(_side: _Side) -> _Side:
        return _Side()

    side = _Side()
    result = weakref.ref(read(side))
    assert result() is not None
    del side
    gc.collect()
    assert result() is None
