"""What the organisations of who is signed in have posted."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from organisations.models import Cooperation
from organisations.services.coordinating import desks
from organisations.services.hosts import invitations, own
from organisations.services.taking_up import hosting
from volunteers.services.who_comes import received
from web.nothing import NO_ORGANISATIONS
from web.permissions import guarded
from web.signed_in import person


@never_cache
@guarded(GET="organisations.found")
def show(request: HttpRequest) -> HttpResponse:
    organisations = own.of(request.user, now=timezone.now())
    town = organisations[0].town if organisations else None
    context = {
        "organisations": organisations,
        "invitations": invitations.to(user=person(request), now=timezone.now()),
        "asked": hosting.waiting(user=person(request), today=timezone.localdate()),
        "waited_for": received.waited_for(person(request)),
        "proposed": Cooperation.objects.waiting_for(person(request)).select_related("offer", "host").in_order(),
        "nothing": NO_ORGANISATIONS,
        "desks": desks.for_town(town),
        "town": town,
    }
    return render(request, "organisation/home.html", context)
