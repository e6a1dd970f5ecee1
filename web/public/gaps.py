"""What a neighbourhood wishes for and what it lacks, for everybody: coarse numbers alone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from matching.services import gaps
from organisations.services import desks
from web.gaps import tables
from web.nothing import NO_GAPS
from web.permissions import guarded


@guarded(GET="gaps.read")
def show(request: HttpRequest) -> HttpResponse:
    found = tables(gaps.public(now=timezone.now()))
    return render(request, "public/gaps.html", {"tables": found, "nothing": NO_GAPS, "desks": desks.for_town(None)})
