import uuid

import pytest
from django.db import IntegrityError, transaction

from notifications.models import Notification, Status
from tests.factories import NOW


def change(**fields):
    with transaction.atomic():
        Notification.objects.update(**fields)


def test_the_database_refuses_a_second_row_of_the_same_key(person, letter):
    row = letter(person)
    with pytest.raises(IntegrityError, match="dedupe_key"), transaction.atomic():
        Notification.objects.create(
            user=person, channel="inbox", kind="k", dedupe_key=row.dedupe_key, created_at=NOW, due_at=NOW
        )


def test_the_database_wants_to_know_when_it_was_sent(person, letter):
    letter(person)
    with pytest.raises(IntegrityError, match="notification_sent_when"):
        change(status=Status.SENT)
    change(status=Status.SENT, sent_at=NOW)


def test_a_lease_has_an_end_and_a_token_or_is_none(person, letter):
    letter(person)
    with pytest.raises(IntegrityError, match="lease_is_whole"):
        change(lease_until=NOW)
    with pytest.raises(IntegrityError, match="lease_is_whole"):
        change(lease_token=uuid.uuid4())
    change(lease_token=uuid.uuid4(), lease_until=NOW)


def test_waiting_is_neither_sent_nor_given_up(person, letter):
    waiting, dropped = letter(person), letter(person)
    Notification.objects.filter(pk=dropped.pk).update(status=Status.DROPPED)
    assert list(Notification.objects.waiting()) == [waiting]
