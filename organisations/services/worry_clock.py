"""A worry that nobody answers is told to its coordinators, and then to whoever leads them."""

from __future__ import annotations

import datetime as dt

from organisations.models import Worry
from organisations.services import answer_clock, worry_letters


def tick(*, now: dt.datetime) -> int:
    """Take every step that is due, once however often or at once this runs; says how many."""
    kinds = {"remind": worry_letters.REMINDER, "tell": worry_letters.SILENT}
    return answer_clock.tick(rows=Worry.objects.all(), path=worry_letters.PAGE, now=now, **kinds)
