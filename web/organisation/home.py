"""The organisations that somebody acts for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from organisations.models import Membership
from organisations.services import desks
from web.permissions import guarded
from web.signed_in import person


@never_cache
@guarded(GET="organisations.home")
def show(request: HttpRequest) -> HttpResponse:
    own = Membership.objects.filter(user=person(request)).select_related("organisation").order_by("organisation__name")
    context = {"memberships": own, "desks": desks.for_town(None)}
    return render(request, "organisation/home.html", context)
