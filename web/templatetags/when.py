"""Times and free places, in the words that messages use too."""

from __future__ import annotations

import datetime as dt

import jpholiday
from django import template
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from accounts.models.user import Language
from matching import explanations
from organisations.models import Cooperation, Role, Slot
from organisations.services.cooperations import letters as cooperation_letters
from organisations.services.times import wording

register = template.Library()


@register.filter
def when(slot: Slot) -> str:
    """「11月30日(日) 朝9時」"""
    return explanations.when(slot)


@register.filter
def lasts(slot: Slot) -> str:
    """「1時間30分」; nothing for a window, whose minutes ``when`` has said already."""
    return explanations.lasts(slot)


@register.filter
def length_of_time(minutes: int) -> str:
    """「1時間30分」"""
    return explanations.length(minutes)


@register.filter
def moment(at: dt.datetime) -> str:
    """「11月30日(日) 朝9時」"""
    return explanations.moment(at)


@register.filter
def last_moment(at: dt.datetime) -> str:
    """「11月30日(月)」 of what ends at the midnight after it, else 「11月30日(月) 朝9時」"""
    is_midnight = timezone.localtime(at).time() == dt.time()
    return wording.until(at) if is_midnight else explanations.moment(at)


@register.filter
def stretch(busy: DateTimeTZRange) -> str:
    """「11月30日(日) 9:00〜12:00」"""
    return wording.span(busy.lower, busy.upper)


@register.filter
def agreed_time(row: Cooperation) -> str:
    """「11月30日(日) 9:00〜12:00」, or that it is still to be settled."""
    return cooperation_letters.when(row)


@register.filter(expects_localtime=True)
def day(on: dt.date) -> str:
    """「11月30日(日)」; of a moment, its day here."""
    return explanations.day(on)


@register.filter
def day_of_year(on: dt.date) -> str:
    """「2026年11月30日」"""
    return explanations.day_of_year(on)


@register.filter
def holiday(on: dt.date) -> str:
    """「文化の日」, in other languages that it is one; nothing on other days."""
    name = jpholiday.is_holiday_name(on)
    if name is None:
        return ""
    return str(name) if Language.of_page() == Language.JA else gettext("祝日")


@register.filter
def month_of_year(on: dt.date) -> str:
    """「2026年11月」"""
    # Translators: a month and its year as a Django date format.
    return date_format(on, gettext("Y年n月"))


@register.filter
def next_slot(role: Role) -> Slot | None:
    """The slot that the list is ordered by, or the next one where all are full."""
    coming: list[Slot] = role.coming  # type: ignore[attr-defined]
    starts_at = role.next_starts_at  # type: ignore[attr-defined]
    return next((slot for slot in coming if slot.starts_at == starts_at), coming[0] if coming else None)
