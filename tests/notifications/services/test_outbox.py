import datetime as dt

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from notifications.message import Action, Attachment, Message
from notifications.models import Channel, ContactPoint, Delivery, Notification, Preference, Status
from notifications.services import outbox
from tests.factories import NOW, UserFactory
from tests.together import together

HELLO = Message(kind="hello", title="こんにちは", body="はじめまして。")
NIGHT = NOW.replace(hour=23)
MORNING = NOW.replace(hour=8) + dt.timedelta(days=1)


def notify(user, **changes):
    return outbox.notify(**{"user": user, "message": HELLO, "dedupe_key": "k", "now": NOW} | changes)


@pytest.mark.django_db
def test_keeps_everything_that_was_said():
    message = Message(
        kind="hello",
        title="こんにちは",
        body="はじめまして。",
        url="/my/places/",
        actions=(Action("行けます", "/l/a/"),),
        attachments=(Attachment("参加.ics", b"BEGIN:VCALENDAR", "text/calendar"),),
    )
    row = notify(UserFactory(), message=message, about={"role": 3}, delivery=Delivery.AT_LEAST_ONCE)
    row.refresh_from_db()
    assert (row.kind, row.title, row.body, row.url) == ("hello", "こんにちは", "はじめまして。", "/my/places/")
    assert row.actions == [{"label": "行けます", "url": "/l/a/"}]
    assert [file["name"] for file in row.attachments] == ["参加.ics"]
    assert (row.about, row.delivery, row.status) == ({"role": 3}, Delivery.AT_LEAST_ONCE, Status.WAITING)
    assert (row.created_at, row.due_at, row.dedupe_key) == (NOW, NOW, "k:email")


@pytest.mark.django_db
def test_the_same_key_again_says_nothing_twice():
    user = UserFactory()
    assert notify(user) is not None
    assert notify(user) is None
    assert notify(user, dedupe_key="another") is not None
    assert Notification.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_is_written():
    user = UserFactory()
    outcomes = together(8, lambda _number: notify(user))
    assert sum(isinstance(outcome, Notification) for outcome in outcomes) == 1
    assert outcomes.count(None) == 7


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_was_never_said():
    user = UserFactory()
    with transaction.atomic():
        notify(user)
        transaction.set_rollback(True)
    assert outbox.deliver_due(now=NOW, still_right={}) == outbox.Delivered()
    assert mail.outbox == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("email", "chosen", "goes_by"),
    [
        ("a@yaritai.example", None, Channel.EMAIL),
        ("a@yaritai.example", Channel.INBOX, Channel.INBOX),
        ("a@yaritai.example", Channel.CALL_LIST, Channel.CALL_LIST),
        (None, None, Channel.CALL_LIST),
        (None, Channel.EMAIL, Channel.CALL_LIST),
        (None, Channel.INBOX, Channel.INBOX),
    ],
)
def test_goes_the_way_that_the_person_chose(email, chosen, goes_by):
    user = UserFactory(email=email)
    if chosen:
        Preference.objects.create(user=user, channel=chosen)
    assert notify(user).channel == goes_by
    assert notify(user, channel=Channel.INBOX, dedupe_key="asked for").channel == Channel.INBOX


@pytest.mark.django_db
def test_a_confirmed_address_is_enough_for_mail_and_an_unconfirmed_one_is_not():
    user = UserFactory(email=None)
    point = ContactPoint.objects.create(user=user, channel=Channel.EMAIL, address="k@yaritai.example")
    assert notify(user).channel == Channel.CALL_LIST
    point.verified_at = NOW
    point.save()
    assert notify(user, dedupe_key="later").channel == Channel.EMAIL


@pytest.mark.django_db
@pytest.mark.parametrize(
    "title", ["水やり\nBcc: all@yaritai.example", "水やり\r\nBcc: all@yaritai.example", "水\u2028や\x0bり"]
)
def test_a_title_is_one_line(title):
    assert len(notify(UserFactory(), message=Message(kind="k", title=title, body="b")).title.splitlines()) == 1


@pytest.mark.django_db
def test_a_long_title_is_cut_and_not_refused():
    assert len(notify(UserFactory(), message=Message(kind="k", title="長" * 500, body="b")).title) == 200


@pytest.mark.django_db
def test_at_night_mail_waits_for_the_morning_unless_the_morning_is_too_late():
    user = UserFactory()
    urgent = Message(kind="cancelled", title="中止", body="あすの朝の活動は中止です。", is_urgent=True)
    assert notify(user, now=NIGHT).due_at == MORNING
    assert notify(user, now=NIGHT, message=urgent, dedupe_key="u").due_at == NIGHT
    assert notify(user, now=NIGHT, channel=Channel.INBOX).due_at == NIGHT


def letters(users, period="2027-W09"):
    return (
        outbox.Letter(user, HELLO, f"digest:{user.pk}:{period}", Delivery.AT_MOST_ONCE, {"run": 1}) for user in users
    )


@pytest.mark.django_db
def test_many_are_written_like_one():
    by_mail, by_phone, by_inbox, at_desk = UserFactory(), UserFactory(email=None), UserFactory(), UserFactory()
    Preference.objects.create(user=by_inbox, channel=Channel.INBOX)
    many = [*letters([by_mail, by_phone, by_inbox]), outbox.Letter(at_desk, HELLO, "x", channel=Channel.CALL_LIST)]
    assert outbox.notify_many(letters=many, now=NIGHT) == 4
    rows = {row.user_id: row for row in Notification.objects.all()}
    assert [rows[user.pk].channel for user in (by_mail, by_phone, by_inbox, at_desk)] == [
        Channel.EMAIL, Channel.CALL_LIST, Channel.INBOX, Channel.CALL_LIST,
    ]  # fmt: skip
    row = rows[by_mail.pk]
    assert (row.dedupe_key, row.about) == (f"digest:{by_mail.pk}:2027-W09:email", {"run": 1})
    assert (row.created_at, row.due_at) == (NIGHT, MORNING)


@pytest.mark.django_db
def test_many_again_writes_only_what_is_new():
    users = [UserFactory() for _ in range(3)]
    assert outbox.notify_many(letters=letters(users[:2]), now=NOW) == 2
    assert outbox.notify_many(letters=letters(users), now=NOW) == 1
    assert outbox.notify_many(letters=letters(users), now=NOW) == 0
    assert outbox.notify_many(letters=[], now=NOW) == 0
    assert Notification.objects.count() == 3


@pytest.mark.django_db
def test_a_thousand_letters_take_no_more_statements_than_ten():
    users = UserFactory.create_batch(10)
    with CaptureQueriesContext(
        connection,
    ) as ten:
        outbox.notify_many(letters=letters(users), now=NOW)
    users += UserFactory.create_batch(990)
    with CaptureQueriesContext(connection) as thousand:
        outbox.notify_many(letters=letters(users, "2027-W10"), now=NOW)
    assert len(thousand) == len(ten)
