"""How a time is said: its day and hours."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from organisations.models import Slot


def when(slot: Slot) -> str:
    """Return day and hours in the active language: 「11月30日(日) 9:00〜12:00」."""
    stretch = span(slot.starts_at, slot.ends_at)
    if slot.minutes is None:
        return stretch
    return gettext("%(span)sのあいだの%(minutes)s分") % {"span": stretch, "minutes": slot.minutes}


def span(starts_at: dt.datetime, ends_at: dt.datetime) -> str:
    """Return a stretch of time in the active language; the day stands once where it is one."""
    first, last = timezone.localtime(starts_at), timezone.localtime(ends_at)
    # Translators: a day and its hours as Django date formats.
    day, hour = gettext("n月j日(D)"), gettext("G:i")
    begin = f"{date_format(first, day)} {date_format(first, hour)}"
    is_one_day = (last - dt.timedelta(microseconds=1)).date() == first.date()
    end = date_format(last, hour) if is_one_day else f"{date_format(last, day)} {date_format(last, hour)}"
    return gettext("%(begin)s〜%(end)s") % {"begin": begin, "end": end}


def until(moment: dt.datetime) -> str:
    """Return until when something is so, in the active language; what ends at midnight ends with the day before."""
    last = timezone.localtime(moment)
    # Translators: a day and its hours as Django date formats.
    day, hour = gettext("n月j日(D)"), gettext("G:i")
    if last.time() == dt.time():
        return date_format(last - dt.timedelta(days=1), day)
    return f"{date_format(last, day)} {date_format(last, hour)}"
