"""The cooperations of one's area, with what each of the three sides has said."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache

from organisations.models import Cooperation
from organisations.models.cooperation import Side
from organisations.services.cooperations.sides import sides_of
from web import cooperating
from web.permissions import guarded, require
from web.signed_in import person

PER_PAGE = 20
PAGE, SPACE = "console/cooperations/cooperation.html", "console"


@never_cache
@guarded(GET="cooperations.coordinate")
def index(request: HttpRequest) -> HttpResponse:
    """Those that wait for an answer first."""
    found = Cooperation.objects.in_area_of(person(request)).select_related("offer__organisation", "host")
    page = Paginator(found.in_order(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "console/cooperations/index.html", {"page": page})


@never_cache
@guarded(GET="cooperations.coordinate")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, PAGE, cooperating.context_of(*_found(request, pk), SPACE))


@never_cache
@guarded(POST="cooperations.coordinate")
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    return cooperating.agree(request, *_found(request, pk), PAGE, SPACE)


@never_cache
@guarded(GET="cooperations.coordinate", POST="cooperations.coordinate")
def arrange(request: HttpRequest, pk: int) -> HttpResponse:
    return cooperating.arrange(request, *_found(request, pk), "console/cooperations/arrange.html", SPACE)


@never_cache
@guarded(GET="cooperations.coordinate", POST="cooperations.coordinate")
def end(request: HttpRequest, pk: int) -> HttpResponse:
    return cooperating.end(request, *_found(request, pk), "console/cooperations/end.html", SPACE)


@never_cache
@guarded(POST="cooperations.coordinate")
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    return cooperating.finish(request, *_found(request, pk), PAGE, SPACE)


def _found(request: HttpRequest, pk: int) -> tuple[Cooperation, list[Side]]:
    """Return the cooperation, and the sides that this coordinator speaks for: the desk's, and its host's."""
    user = person(request)
    rows = Cooperation.objects.in_area_of(user)
    row = get_object_or_404(rows.select_related("offer__organisation__town", "host__town", "need", "role"), pk=pk)
    require(user, "cooperations.coordinate", row)
    return row, sides_of(cooperation=row, user=user)
