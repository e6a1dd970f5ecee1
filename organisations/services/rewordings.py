"""What people read of a public role is changed: kept beside what it said when it was found good, until it is read.

Where a role is with children, the page goes on saying what two people found good.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from organisations.models import Rewording, Role, Venue
from organisations.models.role import Insurance

_TEXTS = ("title", "title_easy", "title_en", "summary", "summary_en", "cost", "bring", "rain_rule", "contact")
WORDS = (*_TEXTS, "insurance", "venue_id", "is_online")


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that a role says, as people read it."""

    name: str
    before: str
    after: str


def words_of(role: Role) -> dict[str, Any]:
    return {name: getattr(role, name) for name in WORDS}


def note(
    *, role: Role, before: Mapping[str, Any], given: Collection[str], now: dt.datetime, actor: User | None
) -> None:
    """Write down how *role*, which is held, published and not saved yet, says otherwise than *before*.

    Where it is with children it says again what it said before. *given* are the fields that were sent: what is not
    among them stays as it is wished for already.
    """
    unread = Rewording.objects.select_for_update(no_key=True).filter(role=role, read_at=None).first()
    sent = {name: value for name, value in words_of(role).items() if name.removesuffix("_id") in given}
    good = dict(before) if unread is None or role.is_with_children else {**before, **unread.before}
    wished = {**(unread.after if unread is not None else {}), **sent}
    wished = {name: value for name, value in wished.items() if value != good[name]}
    if role.is_with_children:
        _say(role, before)
    if unread is not None and (not wished or wished != unread.after):
        unread.delete()
    if wished and (unread is None or wished != unread.after):
        was = {name: good[name] for name in wished}
        Rewording.objects.create(role=role, before=was, after=wished, at=now, by=actor)


def that_wait(role: Role) -> list[Changed]:
    """Return what *role* would say and does not say yet, because it is with children."""
    unread = role.rewordings.filter(read_at=None).first() if role.is_with_children else None
    return [] if unread is None else in_words(unread)


def as_wished(role: Role) -> Role:
    """Return *role* with the words that wait to be read, for who goes on writing; never to be saved."""
    unread = role.rewordings.filter(read_at=None).first()
    if unread is not None:
        _say(role, unread.after)
    return role


def say(rewording: Rewording) -> None:
    """Let the role say the words that were wished for; the caller saves it."""
    _say(rewording.role, rewording.after)


def in_words(rewording: Rewording) -> list[Changed]:
    """Return what changed, in the order of the page, in the active language."""
    names = [name for name in WORDS if name in rewording.after]
    return [
        Changed(_named(name), _said(name, rewording.before[name]), _said(name, rewording.after[name])) for name in names
    ]


def _say(role: Role, words: Mapping[str, Any]) -> None:
    for name, value in words.items():
        setattr(role, name, value)


def _named(name: str) -> str:
    return str(Role._meta.get_field(name.removesuffix("_id")).verbose_name)  # type: ignore[union-attr]


def _said(name: str, value: Any) -> str:
    if name == "insurance":
        return str(Insurance(value).label)
    if name == "is_online":
        return _("はい") if value else _("いいえ")
    if name == "venue_id":
        venue = Venue.objects.filter(pk=value).first()
        return "" if venue is None else venue.name
    return str(value)
