"""A coordinator with an area, and sheets to bring in."""

from __future__ import annotations

import pytest

from accounts.models import User
from organisations.models import Town
from tests.factories import DeskMembershipFactory, TownFactory


@pytest.fixture
def home(db: None) -> Town:
    return TownFactory(name="鶴ケ峰本町1丁目")


@pytest.fixture
def coordinator(home: Town) -> User:
    membership = DeskMembershipFactory()
    membership.desk.towns.add(home)
    user: User = membership.user
    return user
