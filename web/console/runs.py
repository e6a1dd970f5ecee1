"""Rounds of suggestions: how far they are, what came of them in one's own area, and asking for another one."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, Q
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from matching.models import Run, RunStatus
from matching.services.explaining import trace
from matching.services.running import runs
from organisations.models import Role
from web.page import act
from web.permissions import guarded
from web.signed_in import person

SHOWN = 20


@never_cache
@guarded(GET="runs.see", POST="runs.start")
def index(request: HttpRequest) -> HttpResponse:
    parts = {"parts": Count("shards"), "done": Count("shards", filter=Q(shards__done_at__isnull=False))}
    newest = list(Run.objects.annotate(**parts).order_by("-pk")[:SHOWN])

    def deed() -> str:
        runs.request(now=timezone.now(), actor=person(request))
        messages.success(request, _("計算をたのみました。ふつうは数分で終わります。"))
        return reverse("console:runs")

    form = Form(request.POST if request.method == "POST" else None)
    is_asked_for = any(run.status == RunStatus.REQUESTED for run in newest)
    return act(
        request, "console/runs.html", form=form, deed=deed, context={"runs": newest, "is_asked_for": is_asked_for}
    )


@never_cache
@guarded(GET="runs.see")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    run = get_object_or_404(Run, pk=pk)
    told = trace.of(run=run, now=timezone.now(), roles=Role.objects.in_area_of(person(request)))
    return render(request, "console/run.html", {"run": run, "trace": told})
