import datetime as dt
import uuid

import pytest

from notifications.models import Channel
from notifications.services import inbox, outbox
from tests.factories import NOW, UserFactory

LATER = NOW + dt.timedelta(hours=1)


@pytest.fixture
def arrived(letter):
    def arrive(user, **options):
        row = letter(user, kind="placed", channel=Channel.INBOX, **options)
        outbox.deliver_due(now=row.due_at, still_right={})
        return row

    return arrive


def test_a_message_is_unread_until_it_is_opened_and_stays_after(person, arrived):
    row = arrived(person)
    assert list(inbox.unread(person)) == [row]
    assert inbox.read(user=person, notification_id=row.pk, now=NOW).seen_at == NOW
    assert inbox.read(user=person, notification_id=str(row.pk), now=LATER).seen_at == NOW
    assert list(inbox.unread(person)) == []
    assert list(inbox.letters(person)) == [row]


def test_the_newest_comes_first(person, arrived):
    first, second = arrived(person), arrived(person, now=LATER)
    assert list(inbox.unread(person)) == [second, first]


def test_what_is_not_sent_yet_or_went_another_way_is_not_there(person, letter):
    letter(person, channel=Channel.INBOX)
    letter(person, kind="placed")
    assert not inbox.letters(person).exists()


def test_nobody_opens_the_message_of_somebody_else(person, arrived):
    row = arrived(person)
    with pytest.raises(inbox.NotificationUnknown):
        inbox.read(user=UserFactory(), notification_id=row.pk, now=NOW)
    row.refresh_from_db()
    assert row.seen_at is None


@pytest.mark.parametrize("number", ["", "x", "\x00", "\ud800", uuid.uuid4()])
def test_what_is_not_there_sounds_the_same(person, number):
    with pytest.raises(inbox.NotificationUnknown):
        inbox.read(user=person, notification_id=number, now=NOW)
