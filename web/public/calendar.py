"""A month of what was asked for: a table where there is room, else a list of days."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from organisations.models import Slot
from organisations.services import desks
from organisations.services.months import Day, slots_by_day
from web.permissions import guarded
from web.public.forms import RoleFilter
from web.public.looking import asking, look, unanswered

PER_DAY = 4
MONTHS_AHEAD = 24


@guarded(GET="pages.read")
def month(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    form = RoleFilter(request.GET)
    found = look(form, now)
    if found is None:
        return unanswered(request, form, now)
    first = _first_day(request.GET.get("month"), form, timezone.localdate(now))
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    slots = Slot.objects.filter(cancelled_at=None) if form.cleaned_data["full"] else Slot.objects.free(now)
    days = slots_by_day(roles=found, slots=slots, hours=form.hours, first=first, last=last, at_most=PER_DAY)
    context = {
        **asking(request, form, now),
        **_neighbours(first, timezone.localdate(now)),
        "first": first,
        "last": last,
        "today": timezone.localdate(now),
        "weekdays": _dates(first)[0],
        "weeks": _weeks(first, days, timezone.localdate(now)),
        "any_day": days.get(None),
        "is_empty": not days,
        "desks": [] if days else desks.for_town(form.cleaned_data["town"]),
    }
    return render(request, "public/calendar.html", context)


def _first_day(asked: str | None, form: RoleFilter, today: dt.date) -> dt.date:
    """Return the first day of the month of the address, else of the first day that is asked for, else of today."""
    if asked is None:
        wanted = form.cleaned_data["from_on"] or today
        return min(max(wanted, today), _months_later(today, MONTHS_AHEAD)).replace(day=1)
    if not re.fullmatch(r"20[0-9]{2}-(0[1-9]|1[0-2])", asked):
        raise Http404
    return dt.date.fromisoformat(f"{asked}-01")


def _neighbours(first: dt.date, today: dt.date) -> dict[str, dt.date | None]:
    """Return the months before and after, where there is something to find in them."""
    earliest, latest = today.replace(day=1), _months_later(today, MONTHS_AHEAD)
    before, after = _months_later(first, -1), _months_later(first, 1)
    return {"before": before if before >= earliest else None, "after": after if after <= latest else None}


def _months_later(on: dt.date, months: int) -> dt.date:
    year, month0 = divmod(on.year * 12 + on.month - 1 + months, 12)
    return dt.date(year, month0 + 1, 1)


def _dates(first: dt.date) -> list[list[dt.date]]:
    """Return the weeks of the month from Sunday to Saturday, as calendars hang on Japanese walls."""
    return calendar.Calendar(calendar.SUNDAY).monthdatescalendar(first.year, first.month)


def _weeks(first: dt.date, days: dict[dt.date | None, Day], today: dt.date) -> list[list[Day | None]]:
    """Return the weeks of the month, without those of this month that are over."""
    begins = today if (first.year, first.month) == (today.year, today.month) else first
    coming = [week for week in _dates(first) if week[-1] >= begins]
    return [[days.get(on, Day(on)) if on.month == first.month else None for on in week] for week in coming]
