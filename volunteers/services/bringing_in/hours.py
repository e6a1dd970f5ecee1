"""Free hours of a day in words: 「9:00〜12:00、夜」."""

from __future__ import annotations

import re
from functools import cache

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from organisations.services.bringing_in import cells
from volunteers.services.people import availability

_SPAN = re.compile(r"(.+?)\s*[-〜~–―ー]\s*(.+)")
_WHOLE_DAY = (6 * 60, 21 * 60)


def half_hours(text: str) -> int:
    """Return the half hours of a day that lie wholly within the hours of *text*, as bits.

    Raises
    ------
    CellError, BadTime
    """
    mask = 0
    for part in re.split(r"[、,，;；\s]+", cells.plain(text)):
        if part and part != "×":
            mask |= availability.bits(*_span(part))
    return mask


def told(mask: int) -> str:
    """Return the hours of *mask* so that ``half_hours`` reads them again."""
    return "、".join(f"{_clock(start)}〜{_clock(end)}" for start, end in availability.ranges(mask))


def _span(part: str) -> tuple[int, int]:
    if part in (known := _parts()):
        return known[part]
    found = _SPAN.fullmatch(part)
    if found is None:
        raise cells.CellError(_("「9:00〜12:00」や「午前」「午後」「夜」のように書きます。"))
    return _minutes(found[1]), _minutes(found[2])


@cache
def _parts() -> dict[str, tuple[int, int]]:
    with override("ja"):
        named = {str(name): (start * 60, end * 60) for _code, name, start, end in availability.PARTS}
    return named | {"朝": named["早朝"], "一日": _WHOLE_DAY, "終日": _WHOLE_DAY}


def _minutes(text: str) -> int:
    if text in ("24:00", "24時"):
        return availability.DAY_MIN
    at = cells.time(text)
    return at.hour * 60 + at.minute


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"
