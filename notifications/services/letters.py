"""Ready letters: what each kind says, to whom it goes in their own language, and whether it is still true.

A module that has something to say keeps its own kinds of letters: ``Kind`` holds the words and, beside them, whether
they are still true just before they go out; ``still_right`` gathers that for the worker.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import override

from accounts.models import User
from notifications.message import Action, Message
from notifications.models import Channel, Delivery, Notification
from notifications.services import links, outbox, preferences
from notifications.services.links import Wanted

Check = Callable[[Notification, dt.datetime], bool]
Words = Callable[[Any], Mapping[str, str]]


@dataclass(frozen=True)
class Tap:
    """A link in a letter that does one thing without signing in: what it can do, and what it says."""

    action: str
    label: Promise


@dataclass(frozen=True)
class Kind:
    """One kind of letter. ``title`` and ``body`` may name what ``words`` finds, and what the sender adds.

    ``words`` is asked about the row, in the language of whom the letter goes to; ``tap`` leads to the same row.
    """

    code: str
    title: Promise
    body: Promise
    still_right: Check | None = None
    delivery: Delivery = Delivery.AT_MOST_ONCE
    is_urgent: bool = False
    words: Words | None = None
    tap: Tap | None = None


@dataclass(frozen=True)
class Added:
    """What a sender adds to every letter about a row.

    ``words`` is asked in the language of whom the letter goes to; ``after`` comes below the body and may name them;
    ``says`` is kept beside the letter for whoever looks again whether it is still true.
    """

    words: Callable[[], Mapping[str, str]] = dict
    after: str | Promise = ""
    says: Mapping[str, int] | None = None


def still_right(*kinds: Kind) -> Mapping[str, Check]:
    """Return, by kind, what is looked at again just before sending: what is no longer so is not said."""
    return {kind.code: kind.still_right for kind in kinds if kind.still_right is not None}


def write(
    kind: Kind,
    users: Iterable[User],
    row: Model,
    now: dt.datetime,
    *,
    path: str,
    about: str = "",
    quoted: str | Promise = "",
    added: Added = Added(),
    on_the_phone: Collection[int] = (),
) -> None:
    """Write one letter about *row* to each of *users*, once however often this is called.

    Parameters
    ----------
    path
        The page of this site that the letter leads to.
    about
        Tells letters of the same kind about the same row from each other: how often a slot had been moved.
    quoted
        Somebody's own words, or ready ones; they come last.
    on_the_phone
        Numbers of those who are telephoned whatever they chose.
    """
    everybody = list(users)
    noun = str(row._meta.model_name)
    says = {noun: row.pk} | dict(added.says or {}) | ({"about": about} if about else {})
    taps = _taps(kind, [user for user in everybody if user.pk not in on_the_phone], row, now)
    letters = []
    for user in everybody:
        key = ":".join(str(part) for part in (kind.code, noun, row.pk, user.pk, about) if part != "")
        channel = Channel.CALL_LIST if user.pk in on_the_phone else None
        message = _message(kind, user, row, added, f"{settings.SITE_URL}{path}", quoted, taps.get(user.pk))
        letters.append(outbox.Letter(user, message, key, kind.delivery, says, channel))
    outbox.notify_many(letters=letters, now=now)


def _taps(kind: Kind, users: list[User], row: Model, now: dt.datetime) -> dict[int, str]:
    """Return the address of the link for each who reads on a screen; who is telephoned says it there."""
    if kind.tap is None:
        return {}
    channels = preferences.channels_for(users)
    wanted = [Wanted(user, kind.tap.action, str(row.pk)) for user in users if channels[user.pk] != Channel.CALL_LIST]
    made = links.issue_many(wanted=wanted, now=now)
    return {want.user.pk: links.url(token) for want, token in zip(wanted, made, strict=True)}


def _message(
    kind: Kind, user: User, row: Model, added: Added, url: str, quoted: str | Promise, tap: str | None
) -> Message:
    with override(user.language):
        said = {**added.words(), **(kind.words(row) if kind.words is not None else {})}
        parts = (str(kind.body % said), str(added.after % said) if added.after else "", str(quoted))
        body = "\n\n".join(part for part in parts if part)
        title = str(kind.title % said)
        actions = (Action(str(kind.tap.label), tap),) if kind.tap is not None and tap is not None else ()
    return Message(kind.code, title, body, url, actions, is_urgent=kind.is_urgent)
