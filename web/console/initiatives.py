"""Those who would like to start something: who waits for an answer, and what their idea becomes."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from notifications.services import contact_points
from organisations.models import Initiative
from organisations.models.initiative import Step
from organisations.services.hosts.organisations import NameTaken
from organisations.services.taking_up import initiatives
from web.console.starting_forms import BecomeForm
from web.page import act
from web.permissions import guarded, require
from web.signed_in import person

ON_A_PAGE = 20


@never_cache
@guarded(GET="initiatives.see")
def index(request: HttpRequest) -> HttpResponse:
    rows = Initiative.objects.in_area_of(person(request)).open().select_related("town", "user")
    page = Paginator(rows.order_by("answered_at", "answer_by", "pk"), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "console/initiatives/index.html", {"page": page, "now": timezone.now()})


@never_cache
@guarded(GET="initiatives.see")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "console/initiatives/show.html", {"form": Form(), **_all_about(_found(request, pk))})


@never_cache
@guarded(POST="initiatives.answer")
def answered(request: HttpRequest, pk: int) -> HttpResponse:
    initiative = _found(request, pk)

    def deed() -> str:
        initiatives.answered(initiative=initiative, now=timezone.now(), actor=person(request))
        messages.success(request, _("連絡したことを記録しました。"))
        return reverse("console:initiative", args=[pk])

    context = _all_about(initiative)
    return act(request, "console/initiatives/show.html", form=Form(request.POST), deed=deed, context=context)


@never_cache
@guarded(GET="initiatives.answer", POST="initiatives.answer")
def become(request: HttpRequest, pk: int) -> HttpResponse:
    initiative = _found(request, pk)
    form = BecomeForm(request.POST if request.method == "POST" else None)

    def deed() -> str:
        made = initiatives.become(initiative=initiative, now=timezone.now(), actor=person(request), **form.cleaned_data)
        messages.success(request, _("団体の登録と、はじめの募集の下書きを3つ作りました。"))
        return reverse("console:organisation", args=[made.pk])

    return act(
        request,
        "console/initiatives/become.html",
        form=form,
        deed=deed,
        context={"initiative": initiative},
        field_of=lambda refusal: "name" if isinstance(refusal, NameTaken) else None,
    )


@never_cache
@guarded(POST="initiatives.answer")
def close(request: HttpRequest, pk: int) -> HttpResponse:
    initiative = _found(request, pk)

    def deed() -> str:
        initiatives.close(initiative=initiative, now=timezone.now(), actor=person(request))
        messages.success(request, _("相談を終えたことを記録しました。"))
        return reverse("console:initiatives")

    context = _all_about(initiative)
    return act(request, "console/initiatives/show.html", form=Form(request.POST), deed=deed, context=context)


def _found(request: HttpRequest, pk: int) -> Initiative:
    rows = Initiative.objects.in_area_of(person(request)).distinct()
    found = get_object_or_404(rows.select_related("town", "user", "organisation"), pk=pk)
    require(request.user, "initiatives.see", found)
    return found


def _all_about(initiative: Initiative) -> dict[str, object]:
    steps = [(step.label, step in initiative.done_steps) for step in Step]
    phone = contact_points.phone_of(initiative.user)
    return {"initiative": initiative, "steps": steps, "phone": phone, "now": timezone.now()}
