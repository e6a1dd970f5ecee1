"""What a neighbourhood wishes for and what it lacks, for everybody: coarse numbers alone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from accounts.services.errors import DomainError
from matching.services.coordinating import gaps, meetings
from organisations.models import District
from organisations.publicity import meeting
from organisations.publicity.paper import CannotPrint
from organisations.services.coordinating import desks
from web.gaps import tables
from web.nothing import NO_GAPS
from web.permissions import guarded


@guarded(GET="gaps.read")
def show(request: HttpRequest) -> HttpResponse:
    return _page(request)


@guarded(GET="gaps.read")
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """What lies on the table where people of a district meet."""
    district, now = get_object_or_404(District, pk=pk), timezone.now()
    try:
        file = meeting.pdf(meetings.sheet(district=district, now=now), now=now)
    except CannotPrint as refusal:
        return _page(request, refusal)
    headers = {"Content-Disposition": f'attachment; filename="yaritai-meeting-{pk}.pdf"'}
    return HttpResponse(file, content_type="application/pdf", headers=headers)


def _page(request: HttpRequest, refusal: DomainError | None = None) -> HttpResponse:
    context = {
        "tables": tables(gaps.public(now=timezone.now())),
        "districts": District.objects.all(),
        "nothing": NO_GAPS,
        "desks": desks.for_town(None),
        "refusal": refusal,
    }
    return render(request, "public/gaps.html", context, status=409 if refusal else 200)
