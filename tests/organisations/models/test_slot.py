"""Which slots still have a place for somebody."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organisations.models import Slot
from organisations.services.times import slots
from tests.factories import NOW, RoleFactory, SlotFactory

offsets = st.integers(-300, 300)


@pytest.mark.django_db
def test_free_in_the_database_is_free_in_python():
    """Both say the same for any start, end, length and number taken."""
    role = RoleFactory()

    @given(offsets, st.integers(1, 600), st.none() | st.integers(5, 240), st.integers(0, 3), st.booleans())
    def agrees(start, length, minutes, taken, is_cancelled):
        starts_at = NOW + dt.timedelta(minutes=start)
        slot = SlotFactory(
            role=role, starts_at=starts_at, ends_at=starts_at + dt.timedelta(minutes=length), minutes=minutes,
            taken=taken, cancelled_at=NOW if is_cancelled else None,
        )  # fmt: skip
        is_free = not is_cancelled and slot.places_left > 0 and not slots.is_over(slot, NOW)
        assert Slot.objects.free(NOW).filter(pk=slot.pk).exists() == is_free

    agrees()
