"""The days of one's area on which somebody came, and of which of them that is written down."""

from __future__ import annotations

import datetime as dt

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from organisations.models import Organisation
from organisations.services.coordinating import desks
from volunteers.services.attendance import recording
from web.nothing import NO_DAYS_HERE
from web.permissions import guarded
from web.signed_in import person

PER_PAGE = 12
# From the morning on, what takes place today.
SHOWN_AHEAD = dt.timedelta(hours=12)


@never_cache
@guarded(GET="console.see")
def show(request: HttpRequest) -> HttpResponse:
    """The latest first."""
    now = timezone.now()
    days = recording.days_of(Organisation.objects.in_area_of(person(request)), until=now + SHOWN_AHEAD)
    page = Paginator(days, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "now": now, "is_time": now + recording.BEFORE, "nothing": NO_DAYS_HERE}
    return render(request, "console/days.html", context | {"desks": desks.for_town(None)})
