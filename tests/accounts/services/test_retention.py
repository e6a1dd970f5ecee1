"""What is older than a rule says goes, in pieces; what is younger stays."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.sessions.models import Session

from accounts.models import IdempotencyKey
from accounts.services import retention
from tests.factories import NOW, UserFactory

DAY = dt.timedelta(days=1)


def keep(*ages: dt.timedelta) -> None:
    user = UserFactory()
    for number, age in enumerate(ages):
        IdempotencyKey.objects.create(user=user, key=str(number), fingerprint="f", created_at=NOW - age)


@pytest.mark.django_db
def test_what_is_old_goes_and_the_rest_stays() -> None:
    keep(3 * DAY, 2 * DAY, DAY)
    Session.objects.create(session_key="over", session_data="", expire_date=NOW - DAY)
    Session.objects.create(session_key="on", session_data="", expire_date=NOW + DAY)
    assert retention.forget(retention.RULES, now=NOW) == 2
    assert set(IdempotencyKey.objects.values_list("key", flat=True)) == {"1", "2"}
    assert Session.objects.get().session_key == "on"
    assert retention.forget(retention.RULES, now=NOW) == 0


@pytest.mark.django_db
def test_many_go_piece_by_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "AT_ONCE", 2)
    keep(*[3 * DAY] * 5, DAY)
    assert retention.forget(retention.RULES, now=NOW) == 5
    assert IdempotencyKey.objects.get().key == "5"
