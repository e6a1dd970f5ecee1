"""What follows from the roles alone is worked out once, however many people and pairs are asked about."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast
from weakref import WeakKeyDictionary

Sides = ParamSpec("Sides")
Result = TypeVar("Result")


def derived(function: Callable[Sides, Result]) -> Callable[Sides, Result]:
    """Keep what *function* returns for as long as there is all that it was asked about; nobody may change it."""
    known: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()

    @wraps(function)
    def read(*sides: Sides.args, **named: Sides.kwargs) -> Result:
        table, last = known, sides[-1]
        for side in sides[:-1]:
            table = table.setdefault(side, WeakKeyDictionary())
        if last not in table:
            table[last] = function(*sides, **named)
        return cast(Result, table[last])

    return read
