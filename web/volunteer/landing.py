"""Where somebody belongs after signing in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from organisations.services import desks
from web.permissions import guarded, may
from web.volunteer.people import person, profile_of


@never_cache
@guarded(GET="account.see")
def show(request: HttpRequest) -> HttpResponse:
    """Who has one place to be is there at once; others choose."""
    user = person(request)
    volunteer = profile_of(user)
    places = {
        "volunteer:suggestions": volunteer is not None,
        "organisation:own": may(user, "organisations.see_own"),
        "admin:index": user.is_staff,
    }
    own = [place for place, is_theirs in places.items() if is_theirs]
    has_no_desk = may(user, "runs.see") and not user.is_staff
    if len(own) == 1 and not has_no_desk:
        return redirect(own[0])
    town = volunteer.town if volunteer else None
    context = {"own": own, "has_no_desk": has_no_desk, "desks": desks.for_town(town), "town": town}
    return render(request, "volunteer/landing.html", context)
