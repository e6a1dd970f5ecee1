"""Asking for an offer, and what the offering and the receiving organisation do about it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from organisations.models import Cooperation, Offer, Organisation
from organisations.models.cooperation import ProposedBy, Side
from organisations.services.cooperations import asking
from organisations.services.cooperations.sides import sides_of
from organisations.services.coordinating import desks
from web import cooperating
from web.fields import CHOOSE_FROM_LIST, TextField
from web.nothing import NO_COOPERATIONS
from web.page import act
from web.permissions import guarded, require
from web.signed_in import person

PER_PAGE = 12
PAGE, SPACE = "organisation/cooperations/cooperation.html", "organisation"


class AskForm(cooperating.TermsForm):
    host = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("どの団体で使いますか"),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages=CHOOSE_FROM_LIST,
    )
    purpose = TextField(
        label=gettext_lazy("何に使いますか"),
        max_length=500,
        help_text=gettext_lazy("例: 月に1回の茶話会。15人くらいが集まります。"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    field_order = ("host", "purpose", "day", "begins", "ends", "quantity")

    def __init__(self, *args: Any, offer: Offer, hosts: Any, **kwargs: Any) -> None:
        super().__init__(*args, offer=offer, **kwargs)
        field = self.fields["host"]
        field.queryset = hosts  # type: ignore[attr-defined]
        if len(hosts) == 1:
            field.widget, field.initial = forms.HiddenInput(), hosts[0].pk


@never_cache
@guarded(GET="cooperations.ask", POST="cooperations.ask")
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    user = person(request)
    offer = get_object_or_404(Offer.objects.public().select_related("organisation__town", "town"), pk=pk)
    require(user, "cooperations.ask", offer)
    hosts = Organisation.objects.of(user).approved().exclude(pk=offer.organisation_id)
    form = AskForm(request.POST if request.method == "POST" else None, offer=offer, hosts=hosts)

    def deed() -> str:
        said = form.cleaned_data
        row = asking.propose(
            offer=offer,
            host=said["host"],
            purpose=said["purpose"],
            proposed_by=ProposedBy.HOST,
            now=timezone.now(),
            actor=user,
            **form.terms(),
        )
        messages.success(request, _("申し込みを送りました。返事がそろったら、お知らせします。"))
        return reverse("organisation:cooperation", args=[row.pk])

    return act(
        request,
        "organisation/cooperations/ask.html",
        form=form,
        deed=deed,
        context={"offer": offer},
        field_of=cooperating.field_of,
    )


@never_cache
@guarded(GET="cooperations.see")
def index(request: HttpRequest) -> HttpResponse:
    user = person(request)
    mine = list(Organisation.objects.of(user).select_related("town"))
    rows = Cooperation.objects.of(user).select_related("offer__organisation", "host").in_order()
    town = mine[0].town if mine else None
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "nothing": NO_COOPERATIONS,
        "desks": desks.for_town(town),
        "town": town,
    }
    return render(request, "organisation/cooperations/index.html", context)


@never_cache
@guarded(GET="cooperations.see")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    row, sides = _found(request, pk, "cooperations.see")
    return render(request, PAGE, cooperating.context_of(row, sides, SPACE))


@never_cache
@guarded(POST="cooperations.answer")
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    return cooperating.agree(request, *_found(request, pk, "cooperations.answer"), PAGE, SPACE)


@never_cache
@guarded(GET="cooperations.answer", POST="cooperations.answer")
def arrange(request: HttpRequest, pk: int) -> HttpResponse:
    found = _found(request, pk, "cooperations.answer")
    return cooperating.arrange(request, *found, "organisation/cooperations/arrange.html", SPACE)


@never_cache
@guarded(GET="cooperations.answer", POST="cooperations.answer")
def end(request: HttpRequest, pk: int) -> HttpResponse:
    found = _found(request, pk, "cooperations.answer")
    return cooperating.end(request, *found, "organisation/cooperations/end.html", SPACE)


@never_cache
@guarded(POST="cooperations.answer")
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    return cooperating.finish(request, *_found(request, pk, "cooperations.answer"), PAGE, SPACE)


def _found(request: HttpRequest, pk: int, rule: str) -> tuple[Cooperation, list[Side]]:
    """Return the cooperation, and the sides of organisations that this person speaks for."""
    user = person(request)
    rows = Cooperation.objects.of(user).select_related("offer__organisation__town", "host__town", "need", "role")
    row = get_object_or_404(rows, pk=pk)
    require(user, rule, row)
    sides: list[Side] = [side for side in sides_of(cooperation=row, user=user) if side != Side.DESK]
    return row, sides
