"""Dates as calendars read them (RFC 5545)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from icalendar import STATUS, Calendar, Event

PRODUCT = "-//Yaritai//JA"


@dataclass(frozen=True, slots=True)
class Entry:
    """One date. The same *uid* with a higher *sequence* replaces the entry that a calendar already holds."""

    uid: str
    sequence: int
    title: str
    place: str
    url: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    is_cancelled: bool = False


def calendar(entries: Iterable[Entry], *, name: str, now: dt.datetime) -> bytes:
    """Return *entries* as an .ics file called *name*.

    Times are written in UTC: every calendar turns them into its own, and no table of time zones is needed.
    """
    book = Calendar.new(name=name, prodid=PRODUCT, subcomponents=[_event(entry, now) for entry in entries])
    file: bytes = book.to_ical()
    return file


def _event(entry: Entry, now: dt.datetime) -> Event:
    return Event.new(
        uid=entry.uid,
        sequence=entry.sequence,
        summary=entry.title,
        location=entry.place or None,
        url=entry.url or None,
        start=entry.starts_at.astimezone(dt.UTC),
        end=entry.ends_at.astimezone(dt.UTC),
        stamp=now.astimezone(dt.UTC),
        status=STATUS.CANCELLED if entry.is_cancelled else STATUS.CONFIRMED,
    )
