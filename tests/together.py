"""Doing something many times at the same moment, each with a database connection of its own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connection

Result = TypeVar("Result")


def together(times: int, act: Callable[[int], Result]) -> list[Result | Exception]:
    """What *act*, called with 0 … *times* - 1 in as many threads, returned or raised."""
    start = Barrier(times)

    def one(number: int) -> Result | Exception:
        try:
            start.wait(timeout=30)
            return act(number)
        except Exception as raised:
            return raised
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(one, range(times)))


def elsewhere(act: Callable[[], Result]) -> Result:
    """What *act* returns in another thread with another connection, waited for."""

    def one() -> Result:
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(one).result(timeout=60)
