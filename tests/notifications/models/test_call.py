"""What came of a telephone call."""

from __future__ import annotations

import pytest

from notifications.models import Call
from tests.factories import CallFactory

pytestmark = pytest.mark.django_db


def test_the_record_outlives_the_coordinator_and_goes_with_its_line():
    call = CallFactory()
    call.by.delete()
    assert list(Call.objects.values_list("by", "outcome")) == [(None, "reached")]
    call.notification.delete()
    assert not Call.objects.exists()
