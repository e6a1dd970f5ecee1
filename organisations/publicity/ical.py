"""Calendar files that any calendar reads (RFC 5545)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext
from icalendar import Calendar, Event
from icalendar.enums import STATUS

from accounts.models.user import Language
from organisations.models import Slot, Venue


@dataclass(frozen=True)
class Entry:
    """One event; ``uid`` stays the same however often it is written, so that a calendar keeps one of it.

    The same ``uid`` with a higher ``sequence`` replaces what a calendar already holds.
    """

    uid: str
    title: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    place: str
    text: str
    url: str
    sequence: int = 0
    is_cancelled: bool = False


def of_slot(slot: Slot, *, url: str) -> Entry:
    """Return what anybody may know of *slot*; *url* is the page of its role."""
    role = slot.role
    return Entry(
        uid=f"slot-{slot.pk}@{urlsplit(settings.SITE_URL).hostname}",
        title=role.label,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        place=_address(role.venue) if role.venue else gettext("家から参加"),
        text="\n".join(_lines(slot)),
        url=url,
        sequence=slot.sequence,
        is_cancelled=slot.cancelled_at is not None,
    )


def calendar(
    entries: Iterable[Entry], *, stamp: dt.datetime, name: str | None = None, address: str | None = None
) -> bytes:
    """Return the file; *stamp* is when it was written, *name* what the calendar is called where it is more than a date.

    Of one that has an *address* the same entries make the same file.

    Times stand in UTC, which needs no table of time zones. A cancelled event counts as a later version of itself:
    else a calendar that has it already keeps it as it was.
    """
    file: bytes = Calendar.new(
        name=name,
        uid=address and str(uuid.uuid5(uuid.NAMESPACE_URL, address)),
        prodid="-//Yaritai//Yaritai//JA",
        method="PUBLISH",
        language=Language.of_page(),
        subcomponents=[_event(entry, stamp) for entry in entries],
    ).to_ical()
    return file


def _event(entry: Entry, stamp: dt.datetime) -> Event:
    return Event.new(
        uid=entry.uid,
        stamp=stamp.astimezone(dt.UTC),
        start=entry.starts_at.astimezone(dt.UTC),
        end=entry.ends_at.astimezone(dt.UTC),
        summary=entry.title,
        location=entry.place,
        description=entry.text,
        url=entry.url,
        sequence=entry.sequence + int(entry.is_cancelled),
        status=STATUS.CANCELLED if entry.is_cancelled else STATUS.CONFIRMED,
    )


def _address(venue: Venue) -> str:
    return f"{venue.name} {venue.town.ward}{venue.town.name}{venue.address}"


def _lines(slot: Slot) -> Iterable[str]:
    role = slot.role
    if slot.minutes is not None:
        yield gettext("この時間のあいだの、好きな%(minutes)s分です。") % {"minutes": slot.minutes}
    yield gettext("団体: %(name)s") % {"name": f"{role.organisation.name} {role.organisation.phone}".strip()}
    if role.bring:
        yield gettext("持ち物: %(bring)s") % {"bring": role.bring}
    if role.rain_rule:
        yield gettext("雨のとき: %(rule)s") % {"rule": role.rain_rule}
