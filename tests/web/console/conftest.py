"""The clock of the factories."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from tests.factories import NOW


@pytest.fixture(autouse=True)
def _monday_morning(db: None) -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield
