"""One organisation as everybody may see it: who it is, whom it looks for, and what its people did."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from organisations.models import Organisation
from organisations.services import desks, search
from volunteers.services import team_hours
from web.permissions import guarded, require
from web.public.looking import with_slots

ROLES_SHOWN = 12
MONTHS_SHOWN = 12


@guarded(GET="organisations.read")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Organisation.objects.approved().select_related("town"), pk=pk)
    require(request.user, "organisations.read", found)
    now = timezone.now()
    open_roles = search.find(now=now).filter(organisation=found)
    context = {
        "organisation": found,
        "roles": with_slots(open_roles, now)[:ROLES_SHOWN],
        "months": team_hours.public(found)[:MONTHS_SHOWN],
        "desks": desks.for_town(found.town),
    }
    return render(request, "public/organisation.html", context)
