"""A coordinator, a sheet of people, and the words they agreed to."""

from __future__ import annotations

import pytest

from accounts.models import User
from accounts.models.consent import ConsentKind
from organisations.models import Town
from tests.factories import ActivityFactory, DeskMembershipFactory, SkillFactory, TownFactory

TEXTS: dict[str, str] = {ConsentKind.TERMS: "きまりを読みました。", ConsentKind.CONTACT: "おすすめを受け取ります。"}


@pytest.fixture
def home(db: None) -> Town:
    ActivityFactory(ja="花の世話")
    SkillFactory(ja="写真")
    return TownFactory(name="左近山")


@pytest.fixture
def coordinator(home: Town) -> User:
    membership = DeskMembershipFactory()
    membership.desk.towns.add(home)
    user: User = membership.user
    return user
