"""Notices of grants and other support that a desk keeps."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from organisations.models import SupportDesk, SupportNotice
from organisations.services.coordinating import desks
from organisations.services.made_public import support_notices
from web.console.starting_forms import NoticeForm
from web.page import act
from web.permissions import guarded, require
from web.signed_in import person

ON_A_PAGE = 20
NAMES = ("title", "who", "what", "deadline", "link", "source")


@never_cache
@guarded(GET="support.write")
def index(request: HttpRequest) -> HttpResponse:
    rows = _own(request).filter(pk__in=SupportNotice.objects.current(timezone.localdate()).values("pk"))
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "console/support/index.html", {"page": page})


@never_cache
@guarded(GET="support.write", POST="support.write")
def new(request: HttpRequest) -> HttpResponse:
    form = NoticeForm(request.POST if request.method == "POST" else None)

    def deed() -> str:
        user = person(request)
        desk = desks.of_coordinator(user, [])
        if desk is None:
            raise RuntimeError("who has an area sits at a desk")
        support_notices.write(desk=desk, now=timezone.now(), actor=user, **form.cleaned_data)
        messages.success(request, _("のせました。"))
        return reverse("console:support")

    return act(request, "console/support/form.html", form=form, deed=deed)


@never_cache
@guarded(GET="support.write", POST="support.write")
def change(request: HttpRequest, pk: int) -> HttpResponse:
    notice = _found(request, pk)
    written = {name: getattr(notice, name) for name in NAMES}
    form = NoticeForm(request.POST if request.method == "POST" else None, initial=written)

    def deed() -> str:
        support_notices.change(notice=notice, now=timezone.now(), actor=person(request), **form.cleaned_data)
        messages.success(request, _("保存しました。"))
        return reverse("console:support")

    return act(request, "console/support/form.html", form=form, deed=deed, context={"notice": notice})


@never_cache
@guarded(GET="support.write", POST="support.write")
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    notice = _found(request, pk)

    def deed() -> str:
        support_notices.remove(notice=notice, now=timezone.now(), actor=person(request))
        messages.success(request, _("消しました。"))
        return reverse("console:support")

    form = Form(request.POST if request.method == "POST" else None)
    return act(request, "console/support/remove.html", form=form, deed=deed, context={"notice": notice})


def _own(request: HttpRequest) -> QuerySet[SupportNotice]:
    return SupportNotice.objects.filter(desk__in=SupportDesk.objects.filter(memberships__user=person(request)))


def _found(request: HttpRequest, pk: int) -> SupportNotice:
    found = get_object_or_404(_own(request), pk=pk)
    require(request.user, "support.write", found)
    return found
