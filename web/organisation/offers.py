"""The offers of one's organisations: how they stand, and the steps of their life."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from organisations.models import Cooperation, Offer, Organisation
from organisations.models.cooperation import CooperationStatus
from organisations.models.offer import OfferStatus
from organisations.services.coordinating import desks
from organisations.services.hosts import own
from organisations.services.offers import approval, closing, complete
from web.nothing import NO_OWN_OFFERS
from web.organisation import stages
from web.organisation.offer_steps import context_of
from web.organisation.own import offer_of
from web.page import act
from web.permissions import guarded
from web.signed_in import person

PER_PAGE = 12
STEP_OF = {
    complete.OfferLack.SUMMARY: "what",
    complete.OfferLack.PEOPLE: "details",
    complete.OfferLack.BEST_BEFORE: "details",
}


@never_cache
@guarded(GET="offers.see_own")
def index(request: HttpRequest) -> HttpResponse:
    mine = list(Organisation.objects.of(person(request)).select_related("town"))
    asked = Count("cooperations", filter=Q(cooperations__status=CooperationStatus.PROPOSED))
    rows = Offer.objects.filter(organisation__in=mine).select_related("organisation").annotate(asked=asked)
    page = Paginator(rows.order_by("-changed_at", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    town = mine[0].town if mine else None
    context = {"page": page, "organisations": mine, "nothing": NO_OWN_OFFERS, "town": town}
    return render(request, "organisation/offers/index.html", context | {"desks": desks.for_town(town)})


@never_cache
@guarded(GET="offers.see_own")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    offer = offer_of(request, pk, "offers.see_own")
    is_draft = offer.status == OfferStatus.DRAFT
    cooperations = Cooperation.objects.filter(offer=offer).select_related("host", "offer").in_order()
    context = {
        "offer": offer,
        "stages": stages.of_offer(offer),
        "asked_for": own.asked_for(offer) if is_draft else "",
        "lacks": _lacks(offer) if is_draft else [],
        "is_public": offer.status in (OfferStatus.OPEN, OfferStatus.CLOSED) and offer.organisation.is_approved,
        "may_change": offer.status in (OfferStatus.DRAFT, OfferStatus.OPEN),
        "cooperations": cooperations[:PER_PAGE],
        "desks": desks.for_town(offer.organisation.town),
        "town": offer.organisation.town,
    }
    return render(request, "organisation/offers/offer.html", context)


@never_cache
@guarded(GET="offers.submit", POST="offers.submit")
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """All that was said, what is still missing, and handing it in."""
    offer = offer_of(request, pk, "offers.submit")
    context = {**context_of(request, "check", offer), "lacks": _lacks(offer)}
    thanks = _("お送りしました。窓口が確かめたら、お知らせします。")
    return _take(request, offer, "organisation/offers/check.html", approval.submit, thanks, context)


@never_cache
@guarded(GET="offers.submit", POST="offers.submit")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    offer = offer_of(request, pk, "offers.submit")
    asked = {
        "question": _("下書きに戻しますか"),
        "told": _("窓口の確認は、いったん止まります。直したら、もう一度送れます。"),
        "yes": _("下書きに戻す"),
    }
    thanks = _("下書きに戻しました。直せます。")
    return _take(request, offer, "organisation/offers/sure.html", approval.withdraw, thanks, asked)


@never_cache
@guarded(GET="offers.close", POST="offers.close")
def close(request: HttpRequest, pk: int) -> HttpResponse:
    offer = offer_of(request, pk, "offers.close")
    asked = {
        "question": _("受付を終わりにしますか"),
        "told": _("新しい申し込みは受け付けなくなります。もう決まった協力は、そのままです。"),
        "yes": _("受付を終わりにする"),
    }
    return _take(request, offer, "organisation/offers/sure.html", closing.close, _("受付を終わりにしました。"), asked)


@never_cache
@guarded(GET="offers.change", POST="offers.change")
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    offer = offer_of(request, pk, "offers.change")
    asked = {
        "question": _("この下書きを消しますか"),
        "told": _("書いたことは戻せません。"),
        "yes": _("下書きを消す"),
    }
    to, thanks = reverse("organisation:offers"), _("下書きをけしました。")
    return _take(request, offer, "organisation/offers/sure.html", closing.discard, thanks, asked, goes_to=to)


def _take(
    request: HttpRequest,
    offer: Offer,
    template: str,
    step: Callable[..., Offer | None],
    thanks: Promise | str,
    context: dict[str, Any],
    goes_to: str = "",
) -> HttpResponse:
    """Ask once more, then take one step in the life of *offer*."""
    back = reverse("organisation:offer", args=[offer.pk])

    def deed() -> str:
        step(offer=offer, now=timezone.now(), actor=person(request))
        messages.success(request, str(thanks))
        return goes_to or back

    form = Form(request.POST if request.method == "POST" else None)
    return act(request, template, form=form, deed=deed, context={"offer": offer, "back": back, **context})


def _lacks(offer: Offer) -> list[tuple[str, str]]:
    """What is missing, and the address where it is asked."""
    lacks = complete.missing(offer)
    return [(str(lack.label), reverse(f"organisation:offer_{STEP_OF[lack]}", args=[offer.pk])) for lack in lacks]
