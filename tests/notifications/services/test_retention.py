"""Messages go after half a year, those that failed after a year, links when they expired; what waits stays."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.services import retention
from notifications.models import ActionLink, Notification, Status
from notifications.services.retention import RULES
from tests.factories import NOW, UserFactory


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "days", "goes"),
    [
        (Status.SENT, 181, True),
        (Status.SENT, 179, False),
        (Status.DROPPED, 181, True),
        (Status.FAILED, 181, False),
        (Status.FAILED, 366, True),
        (Status.WAITING, 1000, False),
    ],
)
def test_messages(status: Status, days: int, goes: bool) -> None:
    at = NOW - dt.timedelta(days=days)
    Notification.objects.create(
        user=UserFactory(),
        channel="inbox",
        kind="letter",
        dedupe_key="once",
        title="t",
        body="b",
        status=status,
        created_at=at,
        due_at=at,
        sent_at=at,
    )
    assert retention.forget(RULES, now=NOW) == goes
    assert Notification.objects.exists() != goes


@pytest.mark.django_db
def test_links_go_when_they_expired() -> None:
    user = UserFactory()
    for token, days in (("over", -1), ("on", 1)):
        ActionLink.objects.create(
            user=user,
            token_hash=token,
            action="answer",
            target_id="1",
            created_at=NOW - dt.timedelta(days=30),
            expires_at=NOW + dt.timedelta(days=days),
        )
    assert retention.forget(RULES, now=NOW) == 1
    assert ActionLink.objects.get().token_hash == "on"
