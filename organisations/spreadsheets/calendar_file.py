"""Tables out of calendar files (iCalendar, RFC 5545), a line for each date, under the names of 「イベント一覧」.

Other people's files: how large, how deep and how often is looked at before anything is worked out.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from typing import Any

from dateutil.rrule import rrulestr
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from icalendar import Calendar

from accounts.services.errors import DomainError
from organisations.spreadsheets.read import Row, Table

MOST_BYTES = 1_000_000
MOST_EVENTS = 500
DEEPEST = 4
AHEAD = dt.timedelta(weeks=8)
OLDEST = dt.timedelta(days=3660)
MOST_TIMES = 60
MOST_WEEKS_BETWEEN, MOST_COUNT = 60, 1000
REPEAT = "くり返し"
# A rule of other parts may take for ever to find its next date, or find one each second.
ALWAYS = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST"}
NARROWED: dict[str, tuple[set[str], ...]] = {
    "DAILY": (set(), {"BYDAY"}),
    "WEEKLY": (set(), {"BYDAY"}),
    "MONTHLY": (set(), {"BYDAY"}, {"BYMONTHDAY"}),
    "YEARLY": (set(), {"BYMONTH", "BYMONTHDAY"}),
}
# There is no sixth Monday of a month; a 30th of each sixtieth month may be none for thousands of years.
_DAY = re.compile(r"[+-]?[1-5]?(MO|TU|WE|TH|FR|SA|SU)", re.IGNORECASE)
IN_EVERY_MONTH, IN_SOME_MONTH = 28, 31
# Rules within the description of a time zone are worked out while the file is read: known zones need none.
_ZONES = re.compile(r"^BEGIN:VTIMEZONE\s*$.*?^END:VTIMEZONE\s*$\n?", re.DOTALL | re.MULTILINE | re.IGNORECASE)
Span = tuple[dt.datetime, dt.datetime]


class NotACalendar(DomainError):
    code = "not_a_calendar"
    message = _("カレンダーのファイル(.ics)として読めませんでした。もう一度書き出して、お出しください。")


class CalendarTooLarge(DomainError):
    code = "calendar_too_large"
    message = _("カレンダーのファイルが大きすぎます。1MB、予定500件までに分けて、もう一度お出しください。")


def is_calendar(content: bytes) -> bool:
    return content.removeprefix(b"\xef\xbb\xbf").lstrip()[:15].upper() == b"BEGIN:VCALENDAR"


def table(content: bytes, *, now: dt.datetime) -> Table:
    """Return a line for each date of each event; what comes round has those of the coming eight weeks.

    Events that are called off have none. A rule that is not read stands in the column 「くり返し」.

    Raises
    ------
    NotACalendar, CalendarTooLarge
    """
    if len(content) > MOST_BYTES:
        raise CalendarTooLarge
    try:
        events: list[Any] = [one for one in _parsed(content) if str(one.get("STATUS", "")).upper() != "CANCELLED"]
        moved = {(_uid(one), _moment(one["RECURRENCE-ID"].dt)) for one in events if "RECURRENCE-ID" in one}
        return Table(
            tuple(
                Row(number, cells)
                for number, one in enumerate(events, start=1)
                for cells in _lines(one, moved=moved, now=now)
            )
        )
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
        raise NotACalendar from error


def _parsed(content: bytes) -> list[Any]:
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise NotACalendar from error
    depth = 0
    for line in text.upper().splitlines():
        depth += line.startswith("BEGIN:") - line.startswith("END:")
        if depth > DEEPEST:
            raise NotACalendar
    if len(re.findall(r"^BEGIN:VEVENT", text, re.MULTILINE | re.IGNORECASE)) > MOST_EVENTS:
        raise CalendarTooLarge
    return list(Calendar.from_ical(_ZONES.sub("", text)).events)


def _lines(event: Any, *, moved: set[tuple[str, dt.datetime]], now: dt.datetime) -> Iterator[dict[str, str]]:
    said = {
        "NO": _uid(event),
        "イベント名": _text(event, "SUMMARY"),
        "説明": _text(event, "DESCRIPTION"),
        "場所名称": _text(event, "LOCATION"),
        "URL": _text(event, "URL"),
    }
    try:
        starts, ends = event.start, event.end
    except (ValueError, AttributeError, TypeError):
        # Without a day it is named as a fault, and the others are still looked at.
        yield {**said, **_cells("", ""), REPEAT: ""}
        return
    if not isinstance(starts, dt.datetime):
        # An event of whole days ends on the day before the one that is written.
        last = max(starts, ends - dt.timedelta(days=1))
        yield {**said, **_cells(starts.isoformat(), last.isoformat()), REPEAT: _rule(event)}
        return
    first = (_moment(starts), _moment(ends))
    if (spans := _spans(event, first, now)) is None:
        yield {**said, **_timed(first), REPEAT: _rule(event)}
        return
    gone = {at for uid, at in moved if uid == said["NO"]} if "RECURRENCE-ID" not in event else set()
    for span in spans:
        if span[0] not in gone:
            yield {**said, **_timed(span), REPEAT: ""}


def _spans(event: Any, first: Span, now: dt.datetime) -> list[Span] | None:
    """Return begin and end of each date, or None for a rule that is not read."""
    if "RRULE" not in event:
        return [first]
    rule, lasts = event["RRULE"], first[1] - first[0]
    if isinstance(rule, list) or "RDATE" in event or not _is_readable(rule) or first[0] < now - OLDEST:
        return None
    begin, until = first[0].replace(tzinfo=None), timezone.localtime(now + AHEAD).replace(tzinfo=None)
    # In local time: what is at nine stays at nine. UNTIL may stand in UTC, which dateutil would not compare.
    told = re.sub(r"(UNTIL=\d{8})(T\d{6})?Z?", r"\1T235959", rule.to_ical().decode())
    skipped = {_moment(one.dt) for one in _exceptions(event)}
    found: list[Span] = []
    for naive in rrulestr(told, dtstart=begin):
        if naive > until or len(found) >= MOST_TIMES:
            break
        at = timezone.make_aware(naive)
        if at > now and at not in skipped:
            found.append((at, at + lasts))
    return found


def _is_readable(rule: Any) -> bool:
    interval, count = int(rule.get("INTERVAL", [1])[0]), int(rule.get("COUNT", [1])[0])
    kind, narrowed = str(rule["FREQ"][0]).upper(), set(rule) - ALWAYS
    is_narrow_day = kind == "DAILY" and bool(narrowed)
    latest = IN_SOME_MONTH if kind == "MONTHLY" and interval == 1 else IN_EVERY_MONTH
    return (
        narrowed in NARROWED.get(kind, ())
        and 1 <= interval <= (1 if is_narrow_day else MOST_WEEKS_BETWEEN)
        and 1 <= count <= MOST_COUNT
        and all(_DAY.fullmatch(str(one)) for one in rule.get("BYDAY", []))
        and all(1 <= abs(int(one)) <= latest for one in rule.get("BYMONTHDAY", []))
        and all(1 <= int(one) <= 12 for one in rule.get("BYMONTH", []))
    )


def _exceptions(event: Any) -> Iterable[Any]:
    found = event.get("EXDATE", [])
    return [one for each in (found if isinstance(found, list) else [found]) for one in each.dts]


def _moment(at: dt.date) -> dt.datetime:
    """Return the local time; a time without a zone is local, a day begins at midnight."""
    if not isinstance(at, dt.datetime):
        at = dt.datetime.combine(at, dt.time())
    return timezone.localtime(at) if timezone.is_aware(at) else timezone.make_aware(at)


def _timed(span: Span) -> dict[str, str]:
    first, last = span
    return _cells(f"{first:%Y-%m-%d}", f"{last:%Y-%m-%d}", f"{first:%H:%M}", f"{last:%H:%M}")


def _cells(on: str, until: str, starts: str = "", ends: str = "") -> dict[str, str]:
    return {"開始日": on, "終了日": until, "開始時間": starts, "終了時間": ends}


def _rule(event: Any) -> str:
    return event["RRULE"].to_ical().decode() if "RRULE" in event and not isinstance(event["RRULE"], list) else ""


def _uid(event: Any) -> str:
    return _text(event, "UID")


def _text(event: Any, name: str) -> str:
    return str(event.get(name, "")).strip()
