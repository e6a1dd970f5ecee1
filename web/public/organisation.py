"""One organisation as everybody may see it: who it is, whom it looks for, what it gives, and what came of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from organisations.models import CaseStudy, Organisation
from organisations.services import search
from organisations.services.coordinating import desks
from organisations.services.needs import finding
from organisations.services.offers import available
from volunteers.services.teams import team_hours
from web.permissions import guarded, require
from web.public.cases import WITH_SIDES
from web.public.looking import with_slots

ROLES_SHOWN = OFFERS_SHOWN = NEEDS_SHOWN = 12
CASES_SHOWN = 6
MONTHS_SHOWN = 12


@guarded(GET="organisations.read")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Organisation.objects.approved().select_related("town"), pk=pk)
    require(request.user, "organisations.read", found)
    now = timezone.now()
    open_roles = search.find(now=now).filter(organisation=found)
    to_be_had = available.to_be_had(now=now).filter(organisation=found).select_related("organisation", "town")
    context = {
        "organisation": found,
        "roles": with_slots(open_roles, now)[:ROLES_SHOWN],
        "offers": to_be_had[:OFFERS_SHOWN],
        "needs": finding.of_organisation(found, timezone.localdate(now))[:NEEDS_SHOWN],
        "cases": CaseStudy.objects.public().of(found).select_related(*WITH_SIDES)[:CASES_SHOWN],
        "follow": f"organisation={found.pk}",
        "months": team_hours.public(found)[:MONTHS_SHOWN],
        "desks": desks.for_town(found.town),
    }
    return render(request, "public/organisation.html", context)
