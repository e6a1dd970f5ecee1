"""The days on which somebody comes: before, on the day, and after it."""

from __future__ import annotations

import datetime as dt

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from organisations.models import Organisation, Slot
from organisations.services.coordinating import desks
from volunteers.models import Volunteer
from volunteers.services.attendance import recording
from web.nothing import NO_DAYS
from web.permissions import guarded, may, require

PER_PAGE = 12
SHOWN_AHEAD = dt.timedelta(days=31)


@never_cache
@guarded(GET="organisations.see_own")
def show(request: HttpRequest) -> HttpResponse:
    """The days of one's organisations, the latest first."""
    now = timezone.now()
    days = recording.days_of(Organisation.objects.of(request.user), until=now + SHOWN_AHEAD)
    page = Paginator(days, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "now": now, "is_time": now + recording.BEFORE, "nothing": NO_DAYS}
    return render(request, "organisation/on_the_day/days.html", context | {"desks": desks.for_town(None)})


def slot_for(request: HttpRequest, pk: int, rule: str) -> Slot:
    """Return the slot for whom the table lets do what *rule* names."""
    slot = get_object_or_404(Slot.objects.select_related("role__organisation__town", "role__venue__town"), pk=pk)
    require(request.user, rule, slot)
    return slot


def shell(request: HttpRequest, slot: Slot) -> dict[str, object]:
    """What each page about a slot shows; a coordinator stays in the pages of coordinators."""
    is_host = may(request.user, "slots.thank", slot)
    base = "organisation/base.html" if is_host else "console/base.html"
    return {"slot": slot, "role": slot.role, "base": base, "is_host": is_host}


def called(volunteer: Volunteer) -> str:
    """What somebody likes to be called; their address is nobody's business here."""
    return volunteer.user.name or _("お名前なし")
