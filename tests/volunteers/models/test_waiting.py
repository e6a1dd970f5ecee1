"""Who comes first in the queue for a slot."""

from __future__ import annotations

import pytest

from tests.factories import NOW, WaitingFactory, at
from volunteers.models import Waiting

pytestmark = pytest.mark.django_db


def test_the_longest_waiting_come_first_and_those_who_gave_up_not_at_all():
    second = WaitingFactory(since=at(0, 12))
    first = WaitingFactory(slot=second.slot, since=at(0, 11), offered_at=NOW, offered_until=at(1, 10))
    third = WaitingFactory(slot=second.slot, since=at(0, 12))
    WaitingFactory(slot=second.slot, since=at(0, 9), ended_at=NOW)
    elsewhere = WaitingFactory(since=at(0, 10))
    assert list(Waiting.objects.ahead_of(second.slot)) == [first, second, third]
    assert set(Waiting.objects.alive()) == {first, second, third, elsewhere}
