"""Where somebody belongs after signing in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from organisations.services.coordinating import desks
from web.hats import worn_by
from web.permissions import guarded
from web.signed_in import person


@never_cache
@guarded(GET="account.see")
def show(request: HttpRequest) -> HttpResponse:
    """Who has one place to be is there at once; others choose."""
    user = person(request)
    worn = worn_by(user)
    places = {
        "volunteer:suggestions": worn.is_volunteer,
        "organisation:home": worn.is_host,
        "console:today": worn.is_coordinator,
        "admin:index": user.is_staff and not worn.is_coordinator,
    }
    own = [place for place, is_theirs in places.items() if is_theirs]
    if len(own) == 1:
        return redirect(own[0])
    return render(request, "volunteer/landing.html", {"own": own, "desks": desks.for_town(None)})
