import email
from email import policy

import pytest
from django.core import mail

from notifications.channel import TryLater, Undeliverable, Unsure
from notifications.channels.email import EmailChannel
from notifications.message import Action, Attachment
from notifications.models import Channel, ContactPoint, Notification
from notifications.models.action_link import UNSUBSCRIBE
from notifications.services import links, outbox
from tests.factories import NOW, UserFactory
from tests.notifications.smtp_server import mail_server

STOP = "https://yaritai.example/l/stop/"


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL = "https://yaritai.example"


@pytest.fixture
def sent(letter):
    """Send one letter, and read it as its reader's mail program does."""

    def send(user, **options):
        EmailChannel(lambda _letter: STOP).send(letter(user, **options))
        raw = mail.outbox[-1].message().as_bytes()
        return email.message_from_bytes(raw, policy=policy.default)

    return send


def test_the_japanese_arrives_as_it_was_written(person, sent, settings):
    settings.DEFAULT_FROM_EMAIL = "やりたい <noreply@yaritai.example>"
    body = "鶴ケ峰の花壇で、水やりをしませんか。\n断っても大丈夫です。髙橋さん・𠮷田さん・👵も来ます。"
    read = sent(person, title="【やりたい】11月30日(日) 朝9時の水やり〜〜長い長い長い長い長い長い長い件名", body=body)
    assert read["Subject"] == "【やりたい】11月30日(日) 朝9時の水やり〜〜長い長い長い長い長い長い長い件名"
    assert read["To"] == person.email
    assert read["From"].addresses[0].display_name == "やりたい"
    assert read.get_content_type() == "text/plain"
    assert read.get_content_charset() == "utf-8"
    assert read.get_content().startswith(body)


@pytest.mark.parametrize("title", ["水", "水やり " * 25, "ab " * 50, "Watering 水やり " * 10, "花" * 200])
def test_a_title_of_any_length_stays_one_title(person, sent, title):
    assert sent(person, title=title)["Subject"].split() == title.split()
    lines = mail.outbox[0].message().as_bytes().split(b"\n\n")[0].splitlines()
    assert max(map(len, lines)) <= 160
    assert b"Subject: " not in lines


def test_nothing_is_escaped_as_if_it_were_a_web_page(person, sent):
    body = 'A & B <団体> の "手伝い" {{ person }} {% now %}'
    assert body in sent(person, body=body).get_content()


def test_buttons_and_links_can_be_tapped(person, sent):
    actions = (Action("行けます", "/l/yes/"), Action("今回はやめる", "https://elsewhere.example/no"))
    lines = sent(person, url="/my/suggestions/", actions=actions).get_content().splitlines()
    assert lines[lines.index("▶ 行けます") + 1] == "https://yaritai.example/l/yes/"
    assert lines[lines.index("▶ 今回はやめる") + 1] == "https://elsewhere.example/no"
    assert "https://yaritai.example/my/suggestions/" in lines


def test_a_digest_can_be_stopped_with_one_tap(person, sent):
    read = sent(person)
    assert read["List-Unsubscribe"] == f"<{STOP}>"
    assert read["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert STOP in read.get_content()


def test_what_somebody_asked_for_has_nothing_to_stop(person, sent):
    read = sent(person, kind="cancelled")
    assert read["List-Unsubscribe"] is None
    assert read["List-Unsubscribe-Post"] is None
    assert STOP not in read.get_content()


def test_the_link_in_a_delivered_digest_is_a_real_one(person, letter):
    letter(person)
    outbox.deliver_due(now=NOW, still_right={})
    address = mail.outbox[0].extra_headers["List-Unsubscribe"].strip("<>")
    token = address.removeprefix("https://yaritai.example/l/").removesuffix("/")
    link = links.find(token=token, now=NOW)
    assert (link.user, link.action) == (person, UNSUBSCRIBE)


def test_the_message_id_is_the_same_however_often_it_is_sent(person, letter):
    row = letter(person)
    channel = EmailChannel(lambda _letter: STOP)
    for _ in range(2):
        channel.send(row)
    ids = [message.message()["Message-ID"] for message in mail.outbox]
    assert ids == [f"<{row.pk}@yaritai.example>"] * 2
    assert mail.outbox[0].message()["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\u2028", "\x85", "\x0b"])
def test_no_header_can_be_slipped_in(person, letter, line_break):
    row = letter(person)
    # Not through the outbox, which has its own protection, but as a repair desk might.
    row.title = f"水やり{line_break}Bcc: everybody@yaritai.example"
    EmailChannel(lambda _letter: STOP).send(row)
    read = email.message_from_bytes(mail.outbox[0].message().as_bytes(), policy=policy.default)
    assert read["Bcc"] is None
    assert read["Subject"] == "水やり Bcc: everybody@yaritai.example"
    assert mail.outbox[0].recipients() == [person.email]


def test_no_recipient_can_be_slipped_in(db, letter):
    user = UserFactory(email="h@yaritai.example\nbcc: all@yaritai.example")
    with pytest.raises(Undeliverable):
        EmailChannel(lambda _letter: STOP).send(letter(user))


def test_speaks_the_language_of_its_reader(willing, db, sent):
    assert "くわしく見る" in sent(willing(language="ja"), url="/x/").get_content()
    assert sent(willing(language="en"), url="/x/")["Content-Language"] == "en"


def test_an_attachment_arrives_whole(person, sent):
    content = bytes(range(256))
    read = sent(person, attachments=(Attachment("ちらし.pdf", content, "application/pdf"),))
    (file,) = read.iter_attachments()
    assert (file.get_filename(), file.get_content_type(), file.get_content()) == (
        "ちらし.pdf", "application/pdf", content,
    )  # fmt: skip


def test_a_confirmed_contact_point_is_preferred_to_the_sign_in_address(person, sent):
    ContactPoint.objects.create(user=person, channel=Channel.EMAIL, address="new@yaritai.example")
    assert sent(person)["To"] == person.email
    ContactPoint.objects.update(verified_at=NOW)
    assert sent(person)["To"] == "new@yaritai.example"


# Against a real server, over a real socket


@pytest.fixture
def server(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with mail_server() as running:
        settings.EMAIL_HOST, settings.EMAIL_PORT = running.server_address
        yield running


@pytest.fixture
def channel():
    opened = EmailChannel(lambda _letter: STOP)
    yield opened
    opened.close()


def test_a_real_server_gets_the_whole_letter(person, letter, server, channel):
    row = letter(person, body="花の水やり。\n.\n点だけの行のあと。")
    channel.send(row)
    channel.send(row)
    assert server.connections == 1
    read = email.message_from_bytes(server.received[0], policy=policy.default)
    assert read["Message-ID"] == f"<{row.pk}@yaritai.example>"
    assert read.get_content().splitlines()[:3] == ["花の水やり。", ".", "点だけの行のあと。"]


@pytest.mark.parametrize(
    ("at", "answer", "raised"),
    [
        ("RCPT", "550 no such person", Undeliverable),
        ("RCPT", "450 greylisted, come again", TryLater),
        ("MAIL", "421 too many", TryLater),
        ("MAIL", "553 not from you", Undeliverable),
        ("DATA", "452 disk full", TryLater),
        ("after DATA", "554 looks like spam", Undeliverable),
        ("after DATA", "451 try again", TryLater),
    ],
)
def test_a_servers_no_is_understood(person, letter, server, channel, at, answer, raised):
    server.answers[at] = answer
    with pytest.raises(raised, match=answer.split()[0]):
        channel.send(letter(person))


def test_a_server_that_hangs_up_in_the_middle_leaves_us_unsure(person, letter, server, channel):
    server.hangs_up_at = "DATA"
    with pytest.raises(Unsure):
        channel.send(letter(person))
    server.hangs_up_at = ""
    channel.send(letter(person))  # over a new connection
    assert len(server.received) == 1


def test_a_server_that_hangs_up_at_once_surely_has_nothing(person, letter, server, channel):
    server.hangs_up_at = "EHLO"
    with pytest.raises(TryLater):
        channel.send(letter(person))


def test_a_server_that_hangs_up_after_each_message_gets_them_all(person, letter, server):
    server.hangs_up_after_each = True
    for _ in range(3):
        letter(person)
    assert outbox.deliver_due(now=NOW, still_right={}) == outbox.Delivered(sent=3)
    assert (len(server.received), server.connections) == (3, 3)


def test_a_server_that_has_enough_for_now_leaves_nobody_unsure(person, letter, server):
    server.answers["MAIL"] = "421 too many"
    for _ in range(3):
        letter(person)
    assert outbox.deliver_due(now=NOW, still_right={}) == outbox.Delivered(later=3)


def test_a_server_that_is_not_there_is_tried_later(person, letter, settings, channel):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with mail_server() as gone:
        settings.EMAIL_HOST, settings.EMAIL_PORT = gone.server_address
    with pytest.raises(TryLater):
        channel.send(letter(person))


def test_a_refused_person_does_not_hold_up_the_next(person, letter, server):
    letter(person, now=NOW.replace(hour=9))
    letter(person)
    server.answers["RCPT"] = "550 no such person"
    assert outbox.deliver_due(now=NOW, still_right={}, limit=1) == outbox.Delivered(failed=1)
    server.answers.clear()
    assert outbox.deliver_due(now=NOW, still_right={}) == outbox.Delivered(sent=1)
    assert Notification.objects.order_by("created_at").first().reason.startswith("550")
