"""Calendars are read back as another program reads them."""

from __future__ import annotations

import dataclasses
import datetime as dt

from icalendar import Calendar

from organisations.publicity import ical
from tests.factories import NOW, at

WATERING = ical.Entry(
    uid="slot-7@yaritai.example",
    sequence=2,
    title="花だんの水やり; 雨なら中止, 小雨は決行",
    place="駅前\n集会所",
    url="https://yaritai.example/roles/7/",
    starts_at=at(5, 9),
    ends_at=at(5, 11),
    text="持ち物: 帽子",
)


def written(*entries: ical.Entry) -> bytes:
    return ical.calendar(entries, name="わたしの予定", stamp=NOW)


def test_a_date_comes_back_as_it_was():
    book = Calendar.from_ical(written(WATERING))
    (event,) = book.events
    assert (str(event["uid"]), event["sequence"], str(event["url"])) == (WATERING.uid, 2, WATERING.url)
    assert (str(event["summary"]), str(event["location"])) == (WATERING.title, WATERING.place)
    assert (event.start, event.end, event.stamp) == (WATERING.starts_at, WATERING.ends_at, NOW)
    assert (event.start.utcoffset(), str(event["status"])) == (dt.timedelta(0), "CONFIRMED")
    assert book.calendar_name == "わたしの予定"


def test_who_is_called_off_stays_in_the_file_and_says_so():
    gone = dataclasses.replace(WATERING, is_cancelled=True)
    events = Calendar.from_ical(written(gone, WATERING)).events
    assert [(str(event["status"]), event["sequence"]) for event in events] == [("CANCELLED", 3), ("CONFIRMED", 2)]


def test_lines_are_as_short_and_end_as_the_format_wants():
    lines = written(WATERING).split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert max(map(len, lines)) <= 75
    assert not any(b"\n" in line for line in lines)


def test_an_empty_calendar_is_one_too():
    assert not Calendar.from_ical(written()).events
