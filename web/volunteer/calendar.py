"""One's own month: what is agreed, asked and waited for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from organisations.services.coordinating import desks
from volunteers.services.calendar import own_days
from volunteers.services.calendar.own_days import OwnDay
from web import month
from web.nothing import NO_DATES
from web.permissions import guarded, may
from web.signed_in import person
from web.volunteer.people import no_profile, profile_of

MONTHS_EITHER_WAY = 24


@never_cache
@guarded(GET="account.see")
def show(request: HttpRequest) -> HttpResponse:
    volunteer = profile_of(person(request))
    if volunteer is None or not may(request.user, "places.see"):
        return no_profile(request)
    now = timezone.now()
    today = timezone.localdate(now)
    asked = request.GET.get("month")
    first = today.replace(day=1) if asked is None else month.asked_for(asked)
    days = own_days.by_day(volunteer=volunteer, first=first, last=month.last_day(first), now=now)
    ends = {"earliest": month.later(today, -MONTHS_EITHER_WAY), "latest": month.later(today, MONTHS_EITHER_WAY)}
    context = {
        **month.neighbours(first, **ends),
        "first": first,
        "today": today,
        "now": now,
        "weekdays": month.weekdays(first),
        "weeks": month.weeks(first, days, empty=OwnDay, begins=first),
        "any_day": days.get(None),
        "is_empty": not days,
        "nothing": NO_DATES,
        "desks": desks.for_town(volunteer.town),
        "town": volunteer.town,
    }
    return render(request, "volunteer/calendar.html", context)
