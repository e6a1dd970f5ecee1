"""What people read of a public role is changed: kept beside what it said when it was found good, until it is read.

Where a role is with children, the page goes on saying what two people found good. What was sent back is kept for who
words it anew: a field leaves it when it is written once more.
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
from organisations.services.places import place_changes

_TEXTS = ("title", "title_easy", "title_en", "summary", "summary_en", "cost", "bring", "rain_rule", "contact")
WORDS = (*_TEXTS, "insurance", "venue_id", "is_online")
# The name and the pin of the venue, which is a row of its own.
PLACE = "place"


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
    unread = _locked(role)
    sent = {name: value for name, value in words_of(role).items() if name.removesuffix("_id") in given}
    was = unread.before if unread is not None else {}
    good = {**was, **before} if role.is_with_children else {**before, **was}
    wished = {**(unread.after if unread is not None else {}), **sent}
    _leave_out(role, sent)
    if role.is_with_children:
        say(role, before)
    _keep(role, unread, good, wished, now, actor)


def note_place(
    *, role: Role, before: Mapping[str, Any], after: Mapping[str, Any], now: dt.datetime, actor: User | None
) -> Mapping[str, Any]:
    """Write down that the venue of *role*, which is held and published, is called otherwise or lies elsewhere.

    Returns
    -------
    Mapping
        The place that a coordinator last found good.
    """
    unread = _locked(role)
    _leave_out(role, [PLACE])
    was, is_ = (unread.before, unread.after) if unread is not None else ({}, {})
    good = {PLACE: dict(before), **was}
    place: Mapping[str, Any] = good[PLACE]
    is_now = place if place_changes.is_the_same(place, after) else dict(after)
    _keep(role, unread, good, {**is_, PLACE: is_now}, now, actor)
    return place


def that_wait(role: Role) -> list[Changed]:
    """Return what *role* would say and does not say yet, because it is with children."""
    unread = role.rewordings.unread().first() if role.is_with_children else None
    return [] if unread is None else in_words(unread)


def as_wished(role: Role) -> Role:
    """Return *role* with the words that wait or were sent back, for who goes on writing; never to be saved."""
    rows = [*role.rewordings.sent_back(), *(role.rewordings.unread() if role.is_with_children else [])]
    for row in rows:
        say(role, row.after)
    return role


def were_sent_back(role: Role, names: Collection[str]) -> bool:
    """Whether a coordinator asked for other words in one of the fields *names*."""
    return any(name.removesuffix("_id") in names for row in role.rewordings.sent_back() for name in row.after)


def say(role: Role, words: Mapping[str, Any]) -> None:
    """Let *role* say those of *words* that it keeps itself; the caller saves it."""
    for name in WORDS:
        if name in words:
            setattr(role, name, words[name])


def in_words(rewording: Rewording) -> list[Changed]:
    """Return what changed, in the order of the page, in the active language."""
    before, after = rewording.before, rewording.after
    names = [name for name in WORDS if name in after]
    said = [Changed(_named(name), _said(name, before[name]), _said(name, after[name])) for name in names]
    if PLACE in after:
        said += [Changed(*line) for line in place_changes.lines(before[PLACE], after[PLACE])]
    return said


def _locked(role: Role) -> Rewording | None:
    return Rewording.objects.unread().select_for_update(no_key=True).filter(role=role).first()


def _keep(
    role: Role,
    unread: Rewording | None,
    good: Mapping[str, Any],
    wished: Mapping[str, Any],
    now: dt.datetime,
    actor: User | None,
) -> None:
    """Let one row say what is otherwise than *good*; whoever has read other words has not read these."""
    wished = {name: value for name, value in wished.items() if value != good[name]}
    if unread is not None and wished == unread.after:
        return
    if unread is not None:
        unread.delete()
    if wished:
        was = {name: good[name] for name in wished}
        Rewording.objects.create(role=role, before=was, after=wished, at=now, by=actor)


def _leave_out(role: Role, sent: Collection[str]) -> None:
    """What was sent back and is written once more waits as what it says now."""
    for back in role.rewordings.sent_back():
        back.after = {name: value for name, value in back.after.items() if name not in sent}
        back.before = {name: back.before[name] for name in back.after}
        if back.after:
            back.save(update_fields=["before", "after"])
        else:
            back.delete()


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
