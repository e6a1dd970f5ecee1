"""Every week, or every few, on some days of the week: as people say it, and as RFC 5545 (RRULE) writes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from dateutil.rrule import rrulestr
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

from accounts.services.errors import DomainError
from organisations.services.saying import joined, listed

MOST_WEEKS = 4
MOST_TIMES = 200
CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
A_WEEK = 7


class BadRule(DomainError):
    code = "bad_rule"
    message = _(
        "曜日を1つ以上えらんでください。「何回」は200回まで、「いつまで」か「何回」のどちらか1つだけ入れられます。"
    )


@dataclass(frozen=True)
class Weekly:
    """``weekdays``: Monday = 0. Weeks, of which every ``interval``-th counts, begin on Monday."""

    weekdays: frozenset[int]
    interval: int = 1
    count: int | None = None
    until_on: dt.date | None = None

    @property
    def rule(self) -> str:
        days = ",".join(CODES[day] for day in sorted(self.weekdays))
        ends = f";COUNT={self.count}" if self.count else ""
        if self.until_on:
            ends = f";UNTIL={self.until_on:%Y%m%d}T235959"
        return f"FREQ=WEEKLY;INTERVAL={self.interval};BYDAY={days}{ends}"

    @classmethod
    def read(cls, rule: str, *, first_on: dt.date) -> Weekly:
        """Read what ``rule`` writes; one that names no days means that of *first_on*."""
        said = dict(part.split("=") for part in rule.split(";"))
        days = frozenset(CODES.index(code) for code in said.get("BYDAY", CODES[first_on.weekday()]).split(","))
        until = dt.datetime.fromisoformat(said["UNTIL"]).date() if "UNTIL" in said else None
        return cls(days, int(said.get("INTERVAL", 1)), int(said["COUNT"]) if "COUNT" in said else None, until)

    def check(self) -> None:
        """Refuse what is no rule, or one that hardly anybody means.

        Raises
        ------
        BadRule
        """
        has_days = self.weekdays and self.weekdays <= set(range(A_WEEK))
        is_ended_once = self.count is None or self.until_on is None
        counts = self.count is None or 1 <= self.count <= MOST_TIMES
        if not (has_days and 1 <= self.interval <= MOST_WEEKS and is_ended_once and counts):
            raise BadRule

    def first(self, on: dt.date) -> dt.date:
        """Return the first of the weekdays that is not before *on*."""
        return on + dt.timedelta(days=min((day - on.weekday()) % A_WEEK for day in self.weekdays))

    def days(self, *, first_on: dt.date, until_on: dt.date) -> Iterator[dt.date]:
        """Yield the days from *first_on*, which is one of them, to *until_on*."""
        begins = dt.datetime.combine(first_on, dt.time())
        found = (moment.date() for moment in rrulestr(self.rule, dtstart=begins))
        return takewhile(lambda day: day <= until_on, found)

    def in_words(self, starts_at: dt.datetime, ends_at: dt.datetime, *, skips_days_off: bool) -> str:
        """Return 「毎週 土曜日 9:00〜11:00、祝日と年末年始は休み」 in the active language; times are local."""
        every = ngettext("毎週 %(days)s %(hours)s", "%(weeks)d週に1回 %(days)s %(hours)s", self.interval) % {
            "weeks": self.interval,
            "days": joined(str(WEEKDAYS[day]) for day in sorted(self.weekdays)),
            "hours": _hours(starts_at, ends_at),
        }
        return listed([every, *([gettext("祝日と年末年始は休み")] if skips_days_off else []), *self._end()])

    def _end(self) -> list[str]:
        if self.until_on:
            return [
                pgettext("it repeats", "%(until)sまで") % {"until": date_format(self.until_on, gettext("Y年n月j日"))}
            ]
        return [ngettext("%(count)d回", "%(count)d回", self.count) % {"count": self.count}] if self.count else []


def _hours(starts_at: dt.datetime, ends_at: dt.datetime) -> str:
    hour = gettext("G:i")
    begin, end = date_format(starts_at, hour), date_format(ends_at, hour)
    return gettext("%(begin)s〜%(end)s") % {"begin": begin, "end": end}
