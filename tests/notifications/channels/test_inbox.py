from notifications.channels.inbox import InboxChannel
from notifications.models import Channel
from notifications.services import inbox, outbox
from tests.factories import NOW


def test_the_row_itself_is_the_letter(person, letter):
    row = letter(person, channel=Channel.INBOX)
    channel = InboxChannel()
    channel.send(row)
    channel.close()
    assert not inbox.unread(person).exists()
    outbox.deliver_due(now=NOW, still_right={})
    assert inbox.unread(person).get() == row
