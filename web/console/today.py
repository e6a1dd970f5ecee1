"""What waits for a coordinator today."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from organisations.models import SupportDesk
from web.permissions import guarded
from web.signed_in import person


@never_cache
@guarded(GET="console.see")
def show(request: HttpRequest) -> HttpResponse:
    own = SupportDesk.objects.filter(memberships__user=person(request)).select_related("organisation__town").distinct()
    return render(request, "console/today.html", {"desks": own.order_by("pk")})
