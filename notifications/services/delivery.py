"""The drain: claim, look again, hand over, write down what came of it."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext as _

from notifications.channel import Channel as Sends
from notifications.channel import TryLater, Undeliverable
from notifications.channels.call_list import CallListChannel
from notifications.channels.email import EmailChannel
from notifications.channels.inbox import InboxChannel
from notifications.models import Channel, Delivery, Notification, Status
from notifications.models.action_link import UNSUBSCRIBE
from notifications.services import claims, links, quiet_hours
from notifications.services.second_look import StillRight, reason_to_drop

logger = logging.getLogger(__name__)

# Few enough to be sent well within a lease, and over one connection.
BATCH = 20
MOST_TRIES = 12
LONGEST_WAIT = dt.timedelta(hours=24)
FIRST_PAUSE_S = 60
LONGEST_PAUSE_S = 3 * 3600
UNSUBSCRIBE_DAYS = 60
LONGEST_REASON = 200


class Outcome(Enum):
    SENT = "sent"
    DROPPED = "dropped"
    LATER = "later"
    FAILED = "failed"
    TAKEN_OVER = "taken over by another drain"


@dataclass(frozen=True)
class Delivered:
    """What one drain did."""

    sent: int = 0
    dropped: int = 0
    later: int = 0
    failed: int = 0


def deliver_due(*, now: dt.datetime, still_right: StillRight, limit: int = 200) -> Delivered:
    """Send what is due, at most *limit* messages; safe to run many times at once.

    *still_right* asks the sender's room, by kind, whether a message is still to be sent.
    """
    tally: Counter[Outcome] = Counter()
    seen = 0
    while seen < limit and (batch := claims.take(now=now, at_most=min(BATCH, limit - seen))):
        seen += len(batch)
        with _open_channels(now) as channels:
            tally.update(_deliver(letter, now, still_right, channels) for letter in batch)
    return Delivered(tally[Outcome.SENT], tally[Outcome.DROPPED], tally[Outcome.LATER], tally[Outcome.FAILED])


@contextmanager
def _open_channels(now: dt.datetime) -> Iterator[Mapping[str, Sends]]:
    def unsubscribe_url(letter: Notification) -> str:
        token = links.issue(user=letter.user, action=UNSUBSCRIBE, target_id=letter.pk, now=now, days=UNSUBSCRIBE_DAYS)
        return links.url(token)

    channels: dict[str, Sends] = {
        Channel.EMAIL: EmailChannel(unsubscribe_url),
        Channel.INBOX: InboxChannel(),
        Channel.CALL_LIST: CallListChannel(),
    }
    try:
        yield channels
    finally:
        for channel in channels.values():
            channel.close()


def _deliver(letter: Notification, now: dt.datetime, still_right: StillRight, channels: Mapping[str, Sends]) -> Outcome:
    if letter.handed_over_at is not None and letter.delivery == Delivery.AT_MOST_ONCE:
        return _failed(letter, _("送っている途中で止まりました。とどいたかもしれないので、もう一度は送りません。"))
    if letter.tries >= MOST_TRIES:
        return _failed(letter, letter.reason or _("何度も試しましたが、送れませんでした。"))
    try:
        refusal = reason_to_drop(letter, now, still_right)
    except Exception as broken:
        logger.exception("notification %s: nobody can say whether it is still right", letter.pk)
        letter.tries += 1
        return _later(letter, now, f"{type(broken).__name__}: {broken}")
    if refusal:
        return _closed(letter, Outcome.DROPPED, status=Status.DROPPED, reason=refusal)
    due_at = quiet_hours.for_channel(letter.channel, now, is_urgent=letter.is_urgent)
    if due_at > now:
        return _closed(letter, Outcome.LATER, due_at=due_at)
    if not claims.hand_over(letter):
        return Outcome.TAKEN_OVER
    letter.tries += 1
    return _send(letter, now, channels[letter.channel])


def _send(letter: Notification, now: dt.datetime, channel: Sends) -> Outcome:
    try:
        channel.send(letter)
    except Undeliverable as refused:
        return _failed(letter, str(refused))
    except TryLater as refused:
        return _later(letter, now, str(refused))
    except Exception as broken:
        # Also a mistake of ours: one letter that cannot be written must not stop all the others.
        logger.exception("notification %s: nobody knows whether it was sent", letter.pk)
        return _unsure(letter, now, f"{type(broken).__name__}: {broken}")
    return _closed(letter, Outcome.SENT, status=Status.SENT, sent_at=now, reason="")


def _unsure(letter: Notification, now: dt.datetime, reason: str) -> Outcome:
    if letter.delivery == Delivery.AT_MOST_ONCE:
        return _failed(letter, _("とどいたかもしれないので、もう一度は送りません。%(reason)s") % {"reason": reason})
    return _later(letter, now, reason)


def _later(letter: Notification, now: dt.datetime, reason: str) -> Outcome:
    if letter.tries >= MOST_TRIES or now - letter.created_at >= LONGEST_WAIT:
        return _failed(letter, reason)
    return _closed(
        letter,
        Outcome.LATER,
        due_at=now + pause(letter),
        tries=letter.tries,
        handed_over_at=None,
        reason=reason[:LONGEST_REASON],
    )


def _failed(letter: Notification, reason: str) -> Outcome:
    return _closed(letter, Outcome.FAILED, status=Status.FAILED, reason=reason[:LONGEST_REASON])


def _closed(letter: Notification, outcome: Outcome, **fields: object) -> Outcome:
    return outcome if claims.close(letter, **fields) else Outcome.TAKEN_OVER


def pause(letter: Notification) -> dt.timedelta:
    """Twice as long after each try, and for each letter a little different, so that they do not all come at once."""
    seconds = min(FIRST_PAUSE_S * 2 ** max(letter.tries - 1, 0), LONGEST_PAUSE_S)
    digest = hashlib.sha256(f"{letter.pk}:{letter.tries}".encode()).digest()
    jitter = int.from_bytes(digest[:4]) / 2**32  # the same for the same try of the same letter
    return dt.timedelta(seconds=seconds * (0.75 + jitter / 2))
