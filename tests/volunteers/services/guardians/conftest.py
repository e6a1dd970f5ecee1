from __future__ import annotations

import pytest

from tests.factories import JuniorFactory


@pytest.fixture
def junior():
    return JuniorFactory(guardian=None, user__name="みどり")
