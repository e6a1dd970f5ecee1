"""On paper for a person without a screen: what is suggested to them, what is coming, whom to telephone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from matching.services.answering import on_behalf
from organisations.services.coordinating import desks
from web.console import look
from web.console.people import coming, somebody
from web.permissions import guarded


@never_cache
@guarded(GET="people.see")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    volunteer = somebody(request, pk, "people.see")
    look.note(request, volunteer, through="sheet")
    now = timezone.now()
    context = {
        "volunteer": volunteer,
        "printed_on": timezone.localdate(now),
        "shown": on_behalf.waiting(volunteer=volunteer, now=now),
        "coming": coming(volunteer),
        "desks": desks.for_town(volunteer.town),
    }
    return render(request, "console/sheet.html", context)
