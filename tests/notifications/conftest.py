"""People to write to, and letters for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from accounts.models.consent import ConsentKind
from accounts.services import consents
from notifications.message import Message
from notifications.models import Notification
from notifications.services import outbox
from tests.factories import NOW, UserFactory


@pytest.fixture
def willing() -> Callable[..., User]:
    """Make somebody who agreed to be contacted."""

    def make(**fields: Any) -> User:
        user = UserFactory(**fields)
        consents.give(user=user, kind=ConsentKind.CONTACT, text="お知らせを受け取ります。", now=NOW)
        return user

    return make


@pytest.fixture
def person(db: None, willing: Callable[..., User]) -> User:
    return willing()


@pytest.fixture
def letter(request: pytest.FixtureRequest) -> Callable[..., Notification]:
    """Put a digest into the outbox."""
    numbers = iter(range(10_000))

    def write(user: User, *, kind: str = "digest", **options: Any) -> Notification:
        said = {name: options.pop(name) for name in list(options) if name in Message.__dataclass_fields__}
        message = Message(**{"kind": kind, "title": "今週のおすすめ", "body": "花の水やり。土曜の朝。"} | said)
        key = options.pop("dedupe_key", f"{kind}:{user.pk}:{next(numbers)}")
        row = outbox.notify(**{"user": user, "message": message, "dedupe_key": key, "now": NOW} | options)
        assert row is not None
        return row

    return write
