"""The week as boxes to tick: four parts of seven days, each some of the 48 half hours of a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext

from organisations.services import saying
from volunteers.models.availability import no_time
from volunteers.services.people.availability import PARTS, bits, ranges

MASKS = {code: bits(start * 60, end * 60) for code, _name, start, end in PARTS}
BOXES = [f"{day}-{code}" for day in range(7) for code in MASKS]


@dataclass(frozen=True)
class Box:
    value: str
    label: str
    is_ticked: bool
    is_partly: bool


def hours(mask: int) -> str:
    """Say the free half hours of a day: 「9:00〜12:00、18:00〜21:00」."""
    spans = [(f"{a // 60}:{a % 60:02}", f"{b // 60}:{b % 60:02}") for a, b in ranges(mask)]
    return saying.listed(gettext("%(begin)s〜%(end)s") % {"begin": a, "end": b} for a, b in spans) or "-"


def ticked(weekly: list[int]) -> set[str]:
    """Return the boxes in which some time is free."""
    return {f"{day}-{code}" for day, free in enumerate(weekly) for code, mask in MASKS.items() if free & mask}


def apply(boxes: Iterable[str], weekly: list[int]) -> list[int]:
    """Return *weekly* with a box filled where it was newly ticked and emptied where the tick was taken away.

    A box whose tick stays keeps its finer half hours, as do the hours outside all boxes.
    """
    before, now = ticked(weekly), set(boxes)
    changed = list(weekly or no_time())
    for day in range(7):
        for code, mask in MASKS.items():
            box = f"{day}-{code}"
            if box in now - before:
                changed[day] |= mask
            elif box in before - now:
                changed[day] &= ~mask
    return changed


def rows(boxes: Iterable[str], weekly: list[int]) -> list[tuple[str, list[Box]]]:
    """Return (day, its boxes) for the page, Monday first."""
    marked = set(boxes)
    return [
        (
            str(WEEKDAYS_ABBR[day]),
            [
                Box(
                    f"{day}-{code}",
                    f"{WEEKDAYS[day]} {name}",
                    f"{day}-{code}" in marked,
                    bool(weekly[day] & MASKS[code]) and weekly[day] & MASKS[code] != MASKS[code],
                )
                for code, name, _start, _end in PARTS
            ],
        )
        for day in range(7)
    ]
