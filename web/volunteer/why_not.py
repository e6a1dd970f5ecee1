"""How a role compares with what one person said of themselves: why it is suggested, or why it is not."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from matching.services.explaining import why_not
from organisations.models import Role
from organisations.services.coordinating import desks
from web.permissions import guarded, require
from web.signed_in import person
from web.volunteer.people import no_profile, profile_of


@never_cache
@guarded(GET="account.see")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    role = get_object_or_404(Role.objects.public().select_related("organisation", "venue__town"), pk=pk)
    volunteer = profile_of(person(request))
    if volunteer is None:
        return no_profile(request)
    require(request.user, "roles.why_not", role)
    context = {
        "role": role,
        "sentences": why_not.explain(volunteer=volunteer, role=role, now=timezone.now()),
        "desks": desks.for_town(volunteer.town),
        "town": volunteer.town,
    }
    return render(request, "volunteer/why_not.html", context)
