"""What follows from one side of a problem alone is worked out once, however many pairs are asked about."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

Side = TypeVar("Side")
Result = TypeVar("Result")


def derived(function: Callable[[Side], Result]) -> Callable[[Side], Result]:
    """Keep what *function* returns for as long as there is what it was asked about; nobody may change it."""
    known: WeakKeyDictionary[Side, Result] = WeakKeyDictionary()

    @wraps(function)
    def read(side: Side) -> Result:
        if side not in known:
            known[side] = function(side)
        return known[side]

    return read
