"""A month of what was asked for: a table where there is room, else a list of days."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from organisations.models import Slot
from organisations.services.coordinating import desks
from organisations.services.times.months import Day, slots_by_day
from web import month as month_of
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
    today = timezone.localdate(now)
    first = _first_day(request.GET.get("month"), form, today)
    last = month_of.last_day(first)
    slots = Slot.objects.filter(cancelled_at=None) if form.cleaned_data["full"] else Slot.objects.free(now)
    days = slots_by_day(roles=found, slots=slots, hours=form.hours, first=first, last=last, at_most=PER_DAY)
    context = {
        **asking(request, form, now),
        **month_of.neighbours(first, earliest=today.replace(day=1), latest=month_of.later(today, MONTHS_AHEAD)),
        "first": first,
        "last": last,
        "today": today,
        "weekdays": month_of.weekdays(first),
        "weeks": month_of.weeks(first, days, empty=Day, begins=today if first == today.replace(day=1) else first),
        "any_day": days.get(None),
        "is_empty": not days,
        "desks": [] if days else desks.for_town(form.cleaned_data["town"]),
    }
    return render(request, "public/calendar.html", context)


def _first_day(asked: str | None, form: RoleFilter, today: dt.date) -> dt.date:
    """Return the first day of the month of the address, else of the first day that is asked for, else of today."""
    if asked is None:
        wanted = form.cleaned_data["from_on"] or today
        return min(max(wanted, today), month_of.later(today, MONTHS_AHEAD)).replace(day=1)
    return month_of.asked_for(asked)
