"""「イベント一覧」, the table of events that Japanese towns publish; its columns lie in ``event_list.json``."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from organisations.publicity.metadata import FREE
from organisations.publicity.published import Published, Time
from organisations.spreadsheets.write import Cell, csv

_FILE = json.loads(Path(__file__).with_name("event_list.json").read_text())
SOURCE: str = _FILE["source"]
# In the order of their codes, from 01.
_PREFECTURES: list[str] = _FILE["prefectures"]
# The code page of Japanese Windows lacks the signs on the left.
_FOR_WINDOWS = str.maketrans({"〜": "～", "−": "－", "‖": "∥", "—": "―"})
_WEIGHTS = (6, 5, 4, 3, 2)


@dataclass(frozen=True, slots=True)
class Column:
    """*aliases*: what other editions of the standard call it; *says*: what we have to say there, or nothing."""

    name: str
    aliases: tuple[str, ...]
    says: str


COLUMNS = tuple(Column(one["name"], tuple(one["aliases"]), one["says"]) for one in _FILE["columns"])


def table(published: Iterable[Published], *, encoding: str = "utf-8-sig") -> bytes:
    """Return the CSV file, one line for each time; its words are Japanese whoever asks for it.

    *encoding* is ``utf-8-sig`` or ``cp932``.
    """
    with override("ja"):
        rows = [_row(one, time) for one in published for time in one.times]
    if encoding == "cp932":
        rows = [[cell.translate(_FOR_WINDOWS) if isinstance(cell, str) else cell for cell in row] for row in rows]
    return csv([column.name for column in COLUMNS], rows, encoding)


def with_check_digit(code: str) -> str:
    """Return the code of a municipality with its sixth digit, as the table wants it: 14112 → 141127."""
    if len(code) != len(_WEIGHTS) or not code.isdecimal():
        return code
    rest = sum(int(digit) * weight for digit, weight in zip(code, _WEIGHTS, strict=True)) % 11
    return f"{code}{(11 - rest) % 10}"


def prefecture(code: str) -> str:
    """Return the prefecture of a municipality by the first two digits of its code, or nothing: 14112 → 神奈川県."""
    number = int(code[:2]) if code[:2].isdecimal() else 0
    return _PREFECTURES[number - 1] if 1 <= number <= len(_PREFECTURES) else ""


def _row(one: Published, time: Time) -> list[Cell]:
    said = _said(one, time)
    return [said[column.says] if column.says else "" for column in COLUMNS]


def _said(one: Published, time: Time) -> dict[str, Any]:
    first, last = timezone.localtime(time.starts_at), timezone.localtime(time.ends_at)
    window = _("この時間のあいだの、好きな%(minutes)s分です。") % {"minutes": time.minutes}
    place = one.place
    return {
        "code": with_check_digit(place.ward_code) if place else "",
        "number": f"{time.ref}",
        "prefecture": prefecture(place.ward_code) if place else "",
        "ward": place.ward if place else "",
        "title": one.title,
        "title_en": one.title_en,
        "starts_on": first.date(),
        "ends_on": last.date(),
        "starts": f"{first:%H:%M}",
        "ends": f"{last:%H:%M}",
        "times_note": window if time.minutes else "",
        "what": one.what,
        "price": 0 if one.cost in FREE else "",
        "cost": one.cost,
        "who": one.who,
        "phone": one.phone,
        "place": place.name if place else _("家から参加"),
        "address": place.where if place else "",
        "lat": place.lat if place else "",
        "lng": place.lng if place else "",
        "capacity": time.capacity,
        "how": _("「URL」のページから申し込めます。"),
        "url": one.url,
        "note": _("持ち物: %(bring)s") % {"bring": one.bring} if one.bring else "",
    }
