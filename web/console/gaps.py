"""Where wishes and needs do not meet in one's own area, and what one could do about it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from matching.services import gaps
from organisations.models import DeskMembership, Town
from web.gaps import tables
from web.permissions import guarded
from web.signed_in import person


@never_cache
@guarded(GET="gaps.see")
def show(request: HttpRequest) -> HttpResponse:
    towns = Town.objects.filter(pk__in=DeskMembership.objects.towns_of(person(request)))
    own = set(towns.values_list("district", flat=True))
    here = [cell for cell in gaps.cells(now=timezone.now()) if cell.district_id in own]
    return render(request, "console/gaps.html", {"tables": tables(here)})
