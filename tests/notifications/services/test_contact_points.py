from __future__ import annotations

import pytest

from accounts.models import AuditEntry
from notifications.models import ContactPoint
from notifications.services import contact_points, preferences
from tests.factories import NOW, UserFactory


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("045-123-4567", "045-123-4567"),
        (" 045 123 4567 ", "045-123-4567"),
        ("０４５ー１２３ー４５６７", "045-123-4567"),
        ("(045)123-4567", "045-123-4567"),
        ("09012345678", "09012345678"),
        ("+81-45-123-4567", "+81-45-123-4567"),
    ],
)
def test_a_number_is_kept_in_digits_and_dashes_however_it_was_typed(typed: str, kept: str) -> None:
    assert contact_points.written(typed) == kept


@pytest.mark.parametrize("typed", ["", "123-4567", "045-123-abcd", "=045-123-4567", "0" * 16])
def test_what_nobody_can_dial_is_refused(typed: str) -> None:
    with pytest.raises(contact_points.BadPhone):
        contact_points.written(typed)


@pytest.mark.django_db
def test_a_new_number_takes_the_place_of_the_earlier_one_and_the_trail_does_not_repeat_it() -> None:
    user, coordinator = UserFactory(email=None), UserFactory()
    for number in ("045-111-1111", "045-222-2222", "045-222-2222"):
        contact_points.set_phone(user=user, number=number, now=NOW, actor=coordinator)
    assert list(ContactPoint.objects.values_list("user", "channel", "address")) == [
        (user.pk, "call_list", "045-222-2222")
    ]
    assert preferences.channels_for([user]) == {user.pk: "call_list"}
    entries = AuditEntry.objects.filter(action="contact.phone_set", actor=coordinator)
    assert [entry.detail for entry in entries] == [{"user": user.pk}] * 3
