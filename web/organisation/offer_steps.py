"""An offer is written one thing at a time: each step has an address of its own and keeps what was said so far."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from accounts.services.errors import DomainError
from organisations.models import Offer
from organisations.models.offer import Help, OfferStatus
from organisations.services.offers import complete, writing
from web.organisation.forms import offers as forms
from web.organisation.own import offer_of, organisation_of
from web.organisation.seen import seen_at
from web.page import act
from web.permissions import guarded
from web.signed_in import person

STEPS = ("what", "details", "when", "terms", "check")
BACK, CHECK = "back", "check"
ASKING = {
    "what": (forms.WhatForm, _("何が使えますか")),
    "details": (forms.DetailsForm, _("どこで、どのくらい使えますか")),
    "when": (forms.WhenForm, _("いつ使えますか")),
    "terms": (forms.TermsForm, _("使う団体に、知らせておきたいこと")),
}


@never_cache
@guarded(GET="offers.draft", POST="offers.draft")
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """First the kind, which is a link; then a name, which begins the draft."""
    organisation = organisation_of(request, pk, "offers.draft")
    chosen = forms.KindForm(request.GET)
    if not chosen.is_valid():
        return render(request, "organisation/offers/kinds.html", {"organisation": organisation, "kinds": Help.choices})
    kind = Help(chosen.cleaned_data["kind"])
    form = forms.TitleForm(request.POST if request.method == "POST" else None, kind=kind)

    def begin() -> str:
        now, by = timezone.now(), person(request)
        made = writing.draft(organisation=organisation, kind=kind, now=now, actor=by, **form.cleaned_data)
        return reverse("organisation:offer_what", args=[made.pk])

    context = {"organisation": organisation, "kind": kind}
    return act(request, "organisation/offers/new.html", form=form, deed=begin, context=context)


@never_cache
@guarded(GET="offers.change", POST="offers.change")
def step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    offer = offer_of(request, pk, "offers.change")
    asks, question = ASKING[name]
    form = asks(request.POST if request.method == "POST" else None, offer=offer)
    context = {**context_of(request, name, offer), "question": question, "seen_at": offer.changed_at.isoformat()}
    return act(
        request,
        "organisation/offers/step.html",
        form=form,
        deed=lambda: _keep(request, name, offer, form),
        context=context,
        field_of=lambda refusal: _field_of(refusal, form),
    )


def context_of(request: HttpRequest, name: str, offer: Offer) -> dict[str, Any]:
    """Return where on its way through the steps *offer* is."""
    return {
        "offer": offer,
        "number": STEPS.index(name) + 1,
        "all": len(STEPS),
        "is_draft": offer.status == OfferStatus.DRAFT,
        "goes_to_check": request.GET.get("then") == CHECK,
    }


def _keep(request: HttpRequest, name: str, offer: Offer, form: forms.OfferForm) -> str:
    """Nothing is written where nothing was changed: going through the steps again is no change."""
    if form.has_changed():
        seen = seen_at(request)
        said = form.cleaned_data
        writing.change(offer=offer, now=timezone.now(), actor=person(request), expected_changed_at=seen, **said)
    return _next(request, name, offer)


def _next(request: HttpRequest, name: str, offer: Offer) -> str:
    if offer.status != OfferStatus.DRAFT:
        return reverse("organisation:offer", args=[offer.pk])
    if request.GET.get("then") == CHECK:
        return reverse("organisation:offer_check", args=[offer.pk])
    here = STEPS.index(name)
    before = request.POST.get("go") == BACK and here > 0
    return reverse(f"organisation:offer_{STEPS[here - 1 if before else here + 1]}", args=[offer.pk])


def _field_of(refusal: DomainError, form: forms.OfferForm) -> str | None:
    named = {complete.BadPeriod: "ends_on", writing.TooFewForPromises: "quantity"}.get(type(refusal))
    return named if named in form.fields else None
