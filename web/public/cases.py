"""What came of offers and needs that met, as both sides tell it."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from organisations.models import CasePhoto, CaseStudy
from organisations.services.coordinating import desks
from web.nothing import NO_CASES
from web.permissions import guarded, require

PER_PAGE = 12
WITH_SIDES = ("cooperation__offer__organisation__town", "cooperation__host__town")
# A photo that nobody may see any more must not come out of a cache for long.
KEPT = "public, max-age=300"
NOT_KEPT = "private, no-store"


@guarded(GET="cases.read")
def index(request: HttpRequest) -> HttpResponse:
    found = CaseStudy.objects.public().select_related(*WITH_SIDES)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "nothing": NO_CASES, "desks": [] if page.object_list else desks.for_town(None)}
    return render(request, "public/cases.html", context)


@guarded(GET="cases.read")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    case = get_object_or_404(CaseStudy.objects.visible(request.user).select_related(*WITH_SIDES), pk=pk)
    require(request.user, "cases.read", case)
    context = {
        "case": case,
        "photos": case.photos.defer("jpeg").order_by("pk"),
        "desks": desks.for_town(case.cooperation.host.town),
    }
    answer = render(request, "public/case.html", context)
    if case.published_at is None:
        answer["Cache-Control"] = NOT_KEPT
    return answer


@guarded(GET="cases.read")
def photo(request: HttpRequest, pk: int, photo_pk: int) -> HttpResponse:
    """The picture, for whoever may read its case; only of a public one may it be kept on the way."""
    visible = CasePhoto.objects.filter(case_study__in=CaseStudy.objects.visible(request.user))
    found = get_object_or_404(visible.select_related("case_study"), pk=photo_pk, case_study=pk)
    require(request.user, "cases.read", found.case_study)
    is_public = found.case_study.published_at is not None
    headers = {"Cache-Control": KEPT if is_public else NOT_KEPT}
    return HttpResponse(bytes(found.jpeg), content_type="image/jpeg", headers=headers)
