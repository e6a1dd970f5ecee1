import datetime as dt

import pytest
from django.core import mail
from django.db import connection, transaction

from accounts.models.consent import ConsentKind
from accounts.services import consents
from notifications.models import Channel, ContactPoint, Delivery, Notification, Status
from notifications.models.preference import Frequency
from notifications.services import delivery, outbox, preferences
from notifications.services.outbox import Delivered
from tests.factories import NOW, UserFactory
from tests.notifications.backends import Counts, Refuses
from tests.together import together

NIGHT = NOW.replace(hour=23)
MORNING = NOW.replace(hour=8) + dt.timedelta(days=1)


def drain(now=NOW, still_right=None, **options):
    return outbox.deliver_due(now=now, still_right=still_right or {}, **options)


@pytest.fixture
def server(settings):
    """A mail server that refuses what the test tells it to."""
    settings.EMAIL_BACKEND = "tests.notifications.backends.Refuses"
    Refuses.when_opening = Refuses.when_sending = None
    yield Refuses
    Refuses.when_opening = Refuses.when_sending = None


def test_sends_once_and_says_when(person, letter):
    row = letter(person)
    assert drain() == Delivered(sent=1)
    assert drain() == Delivered()
    row.refresh_from_db()
    assert (row.status, row.sent_at, row.tries) == (Status.SENT, NOW, 1)
    assert (row.lease_until, row.lease_token) == (None, None)
    assert [message.to for message in mail.outbox] == [[person.email]]


def test_what_is_not_due_yet_waits(person, letter):
    letter(person, now=NOW + dt.timedelta(hours=1))
    assert drain() == Delivered()


def test_every_way_is_tried_by_its_own_channel(willing, db, letter):
    at_desk = UserFactory(email=None)
    ContactPoint.objects.create(user=at_desk, channel=Channel.CALL_LIST, address="045-000-0000")
    person = willing()
    letter(person)
    letter(person, kind="placed", channel=Channel.INBOX)
    letter(at_desk, kind="placed")
    assert drain() == Delivered(sent=3)
    assert len(mail.outbox) == 1


def test_the_limit_holds_and_the_longest_due_goes_first(person, letter):
    late = letter(person, now=NOW)
    early = letter(person, now=NOW - dt.timedelta(hours=1))
    assert drain(limit=1) == Delivered(sent=1)
    early.refresh_from_db()
    late.refresh_from_db()
    assert (early.status, late.status) == (Status.SENT, Status.WAITING)


def test_one_connection_carries_a_batch(person, letter, settings):
    settings.EMAIL_BACKEND = "tests.notifications.backends.Counts"
    Counts.opened = 0
    for _ in range(delivery.BATCH + 1):
        letter(person)
    assert drain() == Delivered(sent=delivery.BATCH + 1)
    assert Counts.opened == 2


# What changed since it was written


def leaves(user):
    user.is_active = False
    user.save()


def withdraws(user):
    consents.withdraw(user=user, kind=ConsentKind.CONTACT, now=NOW)


def unsubscribes(user):
    preferences.change(user=user, now=NOW, digest=Frequency.NEVER)


@pytest.mark.parametrize(
    ("kind", "meanwhile", "comes_of_it"),
    [
        ("digest", leaves, Delivered(dropped=1)),
        ("digest", withdraws, Delivered(dropped=1)),
        ("digest", unsubscribes, Delivered(dropped=1)),
        ("cancelled", leaves, Delivered(dropped=1)),
        ("cancelled", withdraws, Delivered(sent=1)),  # they agreed to come: they must hear that it is off
        ("cancelled", unsubscribes, Delivered(sent=1)),
    ],
)
def test_looks_again_at_the_person(person, letter, kind, meanwhile, comes_of_it):
    row = letter(person, kind=kind)
    meanwhile(person)
    assert drain() == comes_of_it
    row.refresh_from_db()
    assert bool(row.reason) == (row.status == Status.DROPPED)
    assert len(mail.outbox) == comes_of_it.sent


def test_a_consent_that_ran_out_over_night_counts_no_more(letter, db):
    user = UserFactory()
    text = "お知らせを受け取ります。"
    consents.give(user=user, kind=ConsentKind.CONTACT, text=text, now=NOW, expires_on=NOW.date())
    letter(user)
    assert drain(now=NOW + dt.timedelta(days=1)) == Delivered(dropped=1)


def test_without_any_consent_no_digest(letter, db):
    letter(UserFactory())
    assert drain() == Delivered(dropped=1)


def test_asks_the_senders_room_about_its_own_kind(person, letter):
    kept, gone = letter(person, about={"role": 1}), letter(person, about={"role": 2})
    letter(person, kind="hello")
    asked = []

    def still_open(row, now):
        asked.append((row.pk, now))
        return row.about["role"] == 1

    assert drain(still_right={"digest": still_open}) == Delivered(sent=2, dropped=1)
    assert sorted(asked) == sorted([(kept.pk, NOW), (gone.pk, NOW)])
    gone.refresh_from_db()
    assert (gone.status, gone.tries, gone.handed_over_at) == (Status.DROPPED, 0, None)


def test_a_question_that_breaks_stops_only_its_own_letter(person, letter, caplog):
    row = letter(person)
    letter(person, kind="hello")

    def breaks(_row, _now):
        raise LookupError("no such role")

    assert drain(still_right={"digest": breaks}) == Delivered(sent=1, later=1)
    row.refresh_from_db()
    assert (row.status, row.tries, "no such role" in row.reason) == (Status.WAITING, 1, True)
    assert str(row.pk) in caplog.text
    assert person.email not in caplog.text


# Quiet hours


def test_what_became_due_in_the_night_moves_to_the_morning(person, letter):
    row = letter(person, now=NOW)
    assert drain(now=NIGHT) == Delivered(later=1)
    assert drain(now=NIGHT) == Delivered()
    row.refresh_from_db()
    assert (row.due_at, row.tries, row.lease_token) == (MORNING, 0, None)
    assert drain(now=MORNING) == Delivered(sent=1)


def test_what_cannot_wait_goes_at_night(person, letter):
    letter(person, kind="cancelled", is_urgent=True)
    assert drain(now=NIGHT) == Delivered(sent=1)


# When it cannot be sent


def test_tries_again_later_each_time_later(person, letter, server):
    server.when_opening = ConnectionRefusedError("no")
    row = letter(person)
    now, pauses = NOW, []
    for _ in range(4):
        assert drain(now=now) == Delivered(later=1)
        row.refresh_from_db()
        pauses.append((row.due_at - now).total_seconds())
        now = row.due_at
    assert [round(pause / 60) for pause in pauses] == pytest.approx([1, 2, 4, 8], rel=0.3)
    assert (row.tries, row.handed_over_at, row.lease_token) == (4, None, None)
    server.when_opening = None
    assert drain(now=now) == Delivered(sent=1)
    row.refresh_from_db()
    assert row.reason == ""


def test_letters_that_failed_together_do_not_come_back_together(person, letter):
    rows = [letter(person) for _ in range(50)]
    for row in rows:
        row.tries = 3
    pauses = [delivery.pause(row).total_seconds() for row in rows]
    assert len(set(pauses)) == 50
    assert all(180 <= pause <= 300 for pause in pauses)
    assert pauses == [delivery.pause(row).total_seconds() for row in rows]
    rows[0].tries = 60
    assert delivery.pause(rows[0]).total_seconds() <= 1.25 * delivery.LONGEST_PAUSE_S


def test_after_twelve_tries_a_human_sees_it(person, letter, server):
    server.when_opening = ConnectionRefusedError("no")
    row, now = letter(person), NOW
    for _ in range(11):
        Notification.objects.update(due_at=now)
        assert drain(now=now) == Delivered(later=1)
    Notification.objects.update(due_at=now)
    assert drain(now=now) == Delivered(failed=1)
    row.refresh_from_db()
    assert (row.status, row.tries) == (Status.FAILED, 12)
    assert "no" in row.reason


def test_after_a_day_a_human_sees_it(person, letter, server):
    server.when_opening = ConnectionRefusedError("no")
    letter(person)
    assert drain(now=NOW + dt.timedelta(hours=24)) == Delivered(failed=1)


def test_a_day_late_is_still_sent_where_nothing_stands_in_the_way(person, letter):
    letter(person)
    assert drain(now=NOW + dt.timedelta(hours=26)) == Delivered(sent=1)


def test_a_letter_that_kills_every_drain_is_given_up(person, letter):
    row = letter(person, kind="cancelled", delivery=Delivery.AT_LEAST_ONCE)
    Notification.objects.update(tries=delivery.MOST_TRIES)
    assert drain() == Delivered(failed=1)
    row.refresh_from_db()
    assert row.status == Status.FAILED


def test_a_person_without_an_address_is_for_a_human(person, letter):
    row = letter(person)
    person.email = None
    person.save()
    assert drain() == Delivered(failed=1)
    row.refresh_from_db()
    assert row.reason == "メールアドレスが登録されていません。"


@pytest.mark.parametrize(
    ("kept", "comes_of_it"),
    [(Delivery.AT_MOST_ONCE, Delivered(failed=1)), (Delivery.AT_LEAST_ONCE, Delivered(later=1))],
)
def test_when_nobody_knows_the_row_decides(person, letter, server, kept, comes_of_it):
    server.when_sending = ConnectionResetError("in the middle")
    letter(person, delivery=kept)
    assert drain() == comes_of_it


def test_a_mistake_of_ours_stops_only_its_own_letter(person, letter, caplog):
    broken = letter(person, kind="hello")
    Notification.objects.filter(pk=broken.pk).update(attachments=[{"name": "a"}])
    letter(person, kind="hello")
    assert drain() == Delivered(sent=1, later=1)  # nothing had left yet, so it can be put right and sent
    assert str(broken.pk) in caplog.text


# Many at once


@pytest.mark.django_db(transaction=True)
def test_four_drains_at_once_send_each_letter_once(willing, letter):
    people = [willing() for _ in range(3)]
    rows = [letter(people[n % 3]) for n in range(90)]
    outcomes = together(4, lambda _number: drain())
    assert sum(outcome.sent for outcome in outcomes) == 90
    ids = [message.extra_headers["Message-ID"] for message in mail.outbox]
    assert sorted(ids) == sorted(f"<{row.pk}@localhost>" for row in rows)


@pytest.mark.django_db(transaction=True)
def test_a_drain_goes_round_what_another_one_holds(willing, letter):
    person = willing()
    held, free = letter(person, now=NOW - dt.timedelta(hours=1)), letter(person)

    def drain_without_patience(_number):
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '2s'")
        return drain()

    with transaction.atomic():
        Notification.objects.select_for_update().get(pk=held.pk)
        assert together(1, drain_without_patience) == [Delivered(sent=1)]
    free.refresh_from_db()
    assert free.status == Status.SENT
    assert drain() == Delivered(sent=1)


@pytest.mark.django_db(transaction=True)
def test_refuses_to_send_within_somebody_elses_transaction(person, letter):
    letter(person)
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        drain()
    assert mail.outbox == []
