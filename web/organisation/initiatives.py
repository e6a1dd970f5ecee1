"""「立ち上げたい」: somebody tells what they would like to start, and goes through a list of what to think of."""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from organisations.models import Initiative
from organisations.services.coordinating import desks
from organisations.services.taking_up import initiatives
from web.organisation.forms.initiatives import InitiativeForm, StepsForm
from web.page import act
from web.permissions import guarded, require
from web.signed_in import person


@never_cache
@guarded(GET="initiatives.see_own")
def index(request: HttpRequest) -> HttpResponse:
    own = Initiative.objects.filter(user=person(request)).select_related("town", "organisation").order_by("-pk")
    return render(request, "organisation/initiatives/index.html", {"initiatives": own})


@never_cache
@guarded(GET="initiatives.ask", POST="initiatives.ask")
def new(request: HttpRequest) -> HttpResponse:
    form = InitiativeForm(request.POST if request.method == "POST" else None)

    def deed() -> str:
        answers = form.cleaned_data
        made = initiatives.ask(
            user=person(request),
            town=answers["town"],
            title=answers["title"],
            idea=answers["idea"],
            activities=form.activities,
            now=timezone.now(),
        )
        messages.success(request, _("受け取りました。窓口から、かならずご連絡します。"))
        return reverse("organisation:initiative", args=[made.pk])

    return act(
        request, "organisation/initiatives/new.html", form=form, deed=deed, context={"desks": desks.for_town(None)}
    )


@never_cache
@guarded(GET="initiatives.see_own", POST="initiatives.see_own")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    initiative = _own(request, pk)
    form = StepsForm(request.POST if request.method == "POST" else None, initial={"steps": initiative.done_steps})

    def deed() -> str:
        steps = form.cleaned_data["steps"]
        initiatives.check_off(initiative=initiative, steps=steps, now=timezone.now(), actor=person(request))
        messages.success(request, _("保存しました。"))
        return reverse("organisation:initiative", args=[pk])

    context = {"initiative": initiative, "desks": desks.for_town(initiative.town), "town": initiative.town}
    return act(request, "organisation/initiatives/show.html", form=form, deed=deed, context=context)


@never_cache
@guarded(GET="initiatives.see_own", POST="initiatives.see_own")
def end(request: HttpRequest, pk: int) -> HttpResponse:
    initiative = _own(request, pk)

    def deed() -> str:
        initiatives.close(initiative=initiative, now=timezone.now(), actor=person(request))
        messages.success(request, _("相談を終えました。またいつでも書いてください。"))
        return reverse("organisation:initiatives")

    context = {"initiative": initiative}
    form = Form(request.POST if request.method == "POST" else None)
    return act(request, "organisation/initiatives/end.html", form=form, deed=deed, context=context)


def _own(request: HttpRequest, pk: int) -> Initiative:
    own = Initiative.objects.filter(user=person(request)).select_related("town", "organisation")
    found = get_object_or_404(own, pk=pk)
    require(request.user, "initiatives.see_own", found)
    return found
