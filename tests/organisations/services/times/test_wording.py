from __future__ import annotations

import pytest
from django.utils.translation import override

from organisations.services.times import wording
from tests.factories import SlotFactory, at

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("slot", "text"),
    [
        ({}, "3月6日(土) 9:00〜11:00"),
        ({"starts_at": at(5, 22), "ends_at": at(6, 0)}, "3月6日(土) 22:00〜0:00"),
        ({"ends_at": at(12, 17), "minutes": 30}, "3月6日(土) 9:00〜3月13日(土) 17:00のあいだの30分"),
    ],
)
def test_when_is_said_in_japanese(slot, text):
    with override("ja"):
        assert wording.when(SlotFactory(**slot)) == text
