"""What was said to whom."""

from __future__ import annotations

import factory
from factory.django import DjangoModelFactory

from notifications.models import Call, Channel, Notification, Status
from notifications.models.call import Outcome
from tests.factories.accounts import UserFactory
from tests.factories.times import NOW


class CallLineFactory(DjangoModelFactory):
    """An open line of the call list."""

    class Meta:
        model = Notification

    user = factory.SubFactory(UserFactory)
    channel = Channel.CALL_LIST
    kind = "digest"
    dedupe_key = factory.Sequence(lambda n: f"line:{n}")
    title = "おすすめの活動"
    body = "花だんの水やりはいかがですか。"
    status = Status.SENT
    created_at = NOW
    due_at = NOW
    sent_at = NOW


class CallFactory(DjangoModelFactory):
    """The person was reached."""

    class Meta:
        model = Call

    notification = factory.SubFactory(CallLineFactory)
    outcome = Outcome.REACHED
    by = factory.SubFactory(UserFactory)
    at = NOW
