"""Two drains and one letter: who sends it, and what happens where the protection is off."""

import pytest
from django.core import mail
from django.db import connection

from notifications.models import Delivery, Notification, Status
from notifications.services import claims, outbox
from notifications.services.outbox import Delivered
from tests.factories import NOW
from tests.notifications.backends import Meanwhile
from tests.together import elsewhere

pytestmark = pytest.mark.django_db(transaction=True)


def drain():
    return outbox.deliver_due(now=NOW, still_right={})


def end_leases():
    """As if the drain that holds them had been silent for five minutes."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE notifications_notification SET lease_until = now() - interval '1 s'")


@pytest.fixture
def while_sending(settings):
    """Have something happen, in another connection, after the server took the first message."""
    settings.EMAIL_BACKEND = "tests.notifications.backends.Meanwhile"

    def arrange(*acts):
        Meanwhile.happens = lambda: results.extend(elsewhere(act) for act in acts)
        results = []
        return results

    yield arrange
    Meanwhile.happens = None


def test_a_claim_is_one_drains_alone(person, letter):
    letter(person)
    (mine,) = claims.take(now=NOW, at_most=5)
    assert claims.take(now=NOW, at_most=5) == []
    assert elsewhere(lambda: claims.take(now=NOW, at_most=5)) == []
    assert claims.hand_over(mine)


def test_after_the_lease_the_next_one_has_it_and_the_first_writes_nothing_more(person, letter):
    row = letter(person)
    (first,) = claims.take(now=NOW, at_most=1)
    end_leases()
    (second,) = claims.take(now=NOW, at_most=1)
    assert not claims.hand_over(first)
    assert not claims.close(first, status=Status.FAILED)
    assert claims.hand_over(second)
    assert claims.close(second, status=Status.SENT, sent_at=NOW)
    assert not claims.close(second, status=Status.FAILED)  # what is closed stays closed
    row.refresh_from_db()
    assert row.status == Status.SENT


def test_a_lease_ends_by_the_clock_of_the_database(person, letter):
    letter(person)
    claims.take(now=NOW, at_most=1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT lease_until - statement_timestamp() FROM notifications_notification")
        (left,) = cursor.fetchone()
    assert claims.LEASE * 0.9 < left <= claims.LEASE  # though NOW is a date of its own


def test_handing_over_begins_the_lease_anew(person, letter):
    letter(person)
    (mine,) = claims.take(now=NOW, at_most=1)
    end_leases()
    assert claims.hand_over(mine)
    assert claims.take(now=NOW, at_most=1) == []


def test_no_lock_is_held_while_it_is_sent(person, letter, while_sending):
    row = letter(person)

    def change_it():
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '2s'")
        return Notification.objects.filter(pk=row.pk).update(body="もう送ったあと")

    results = while_sending(change_it)
    assert drain() == Delivered(sent=1)
    assert results == [1]


def test_a_second_drain_leaves_alone_what_is_being_sent(person, letter, while_sending):
    letter(person, delivery=Delivery.AT_LEAST_ONCE)
    results = while_sending(drain)
    assert drain() == Delivered(sent=1)
    assert results == [Delivered()]
    assert len(mail.outbox) == 1


def test_control_without_the_lease_it_would_be_doubled(person, letter, while_sending):
    letter(person, delivery=Delivery.AT_LEAST_ONCE)
    results = while_sending(end_leases, drain)
    assert drain() == Delivered()  # the second one wrote the outcome; the first must not
    assert results == [None, Delivered(sent=1)]
    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == 1
    assert len(mail.outbox) == 2


def test_even_without_the_lease_a_letter_for_once_at_most_is_not_doubled(person, letter, while_sending):
    letter(person, delivery=Delivery.AT_MOST_ONCE)
    results = while_sending(end_leases, drain)
    drain()
    assert results == [None, Delivered(failed=1)]
    assert len(mail.outbox) == 1


def test_control_without_the_mark_before_sending_it_would_be_doubled_too(person, letter, while_sending):
    letter(person, delivery=Delivery.AT_MOST_ONCE)

    def forget_the_mark():
        return Notification.objects.update(handed_over_at=None)

    results = while_sending(end_leases, forget_the_mark, drain)
    drain()
    assert results == [None, 1, Delivered(sent=1)]
    assert len(mail.outbox) == 2
