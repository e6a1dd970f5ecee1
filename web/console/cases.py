"""Case studies of one's area: choosing them for the book, and taking down what should not be told."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from matching import explanations
from organisations.models import CasePhoto, CaseStudy, Cooperation
from organisations.publicity import case_book
from organisations.publicity.paper import CannotPrint
from organisations.services.made_public import case_studies
from web.fields import TextField
from web.page import act
from web.permissions import guarded, require
from web.signed_in import person

ON_A_PAGE = 20
MOST_IN_BOOK = 30
WITH_SIDES = ("cooperation__offer__organisation", "cooperation__host")


class TakeDownForm(forms.Form):
    reason = TextField(
        label=gettext_lazy("理由"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("両方の団体に、そのままとどきます。"),
    )


@never_cache
@guarded(GET="cases.review")
def index(request: HttpRequest) -> HttpResponse:
    own = _of_area(request).order_by("-changed_at", "-pk")
    page = Paginator(own, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "console/cases/index.html", {"page": page})


@never_cache
@guarded(GET="cases.review", POST="cases.review")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One case with both answers; sending it takes it into the book, or out of it."""
    case = _case(request, pk)

    def deed() -> str:
        case_studies.choose(case=case, is_chosen=not case.is_chosen, now=timezone.now(), actor=person(request))
        messages.success(request, _("保存しました。"))
        return reverse("console:case", args=[case.pk])

    context = {
        "case": case,
        "photos": case.photos.defer("jpeg").order_by("pk"),
        "sides": [
            (one, getattr(case, f"{side}_agreed_at")) for side, one in case_studies.organisations_of(case).items()
        ],
    }
    form = forms.Form(request.POST if request.method == "POST" else None)
    return act(request, "console/cases/show.html", form=form, deed=deed, context=context)


@never_cache
@guarded(GET="cases.review", POST="cases.review")
def take_down(request: HttpRequest, pk: int) -> HttpResponse:
    case = _case(request, pk)
    form = TakeDownForm(request.POST if request.method == "POST" else None)

    def deed() -> str:
        reason = form.cleaned_data["reason"]
        case_studies.take_down(case=case, reason=reason, now=timezone.now(), actor=person(request))
        messages.success(request, _("公開をお休みにしました。両方の団体に知らせます。"))
        return reverse("console:case", args=[case.pk])

    return act(request, "console/cases/take_down.html", form=form, deed=deed, context={"case": case})


@never_cache
@guarded(GET="cases.book")
def book(request: HttpRequest) -> HttpResponse:
    """The chosen ones as a book to print."""
    photos = Prefetch("photos", queryset=CasePhoto.objects.order_by("pk"))
    chosen = _of_area(request).filter(is_chosen=True, published_at__isnull=False).prefetch_related(photos)
    cases = [_printed(case) for case in chosen.order_by("published_at", "pk")[:MOST_IN_BOOK]]
    if not cases:
        messages.warning(request, _("冊子にのせる事例が、まだえらばれていません。"))
        return redirect("console:cases")
    try:
        file = case_book.pdf(cases, issued_on=explanations.day_of_year(timezone.localdate()), now=timezone.now())
    except CannotPrint as refusal:
        messages.error(request, str(refusal))
        return redirect("console:cases")
    headers = {"Content-Disposition": 'attachment; filename="yaritai-cases.pdf"'}
    return HttpResponse(file, content_type="application/pdf", headers=headers)


def _of_area(request: HttpRequest) -> QuerySet[CaseStudy]:
    own = CaseStudy.objects.filter(cooperation__in=Cooperation.objects.in_area_of(person(request)))
    return own.select_related(*WITH_SIDES)


def _case(request: HttpRequest, pk: int) -> CaseStudy:
    found = get_object_or_404(_of_area(request), pk=pk)
    require(request.user, "cases.review", found)
    return found


def _printed(case: CaseStudy) -> case_book.Case:
    giver, host = case.cooperation.offer.organisation, case.cooperation.host
    parts = [
        (_("はじまる前"), case.before),
        (_("だれが"), case.who),
        (_("何をしたか"), case.what),
        (_("どうなったか"), case.result),
    ]
    photos = [case_book.Photo(bytes(one.jpeg), one.description) for one in case.photos.all()]
    return case_book.Case(case.title, f"{giver.name} × {host.name}", parts, photos)
