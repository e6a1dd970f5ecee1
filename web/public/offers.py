"""What companies, facilities, schools and shops have to give, for anybody to read; groups can ask for it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from organisations.models import Offer
from organisations.models.offer import OfferQuerySet
from organisations.services.cooperations import bookings
from organisations.services.coordinating import desks
from organisations.services.offers import available, search
from organisations.services.places import spots
from web.drawing import Link, drawing
from web.nothing import NO_OFFERS
from web.permissions import guarded, may, require
from web.public.looking import answer, answered, cannot_answer
from web.public.offer_forms import OfferFilter

TEMPLATE = "public/offers.html"
MOST_TAKEN = 30


@guarded(GET="pages.read")
def index(request: HttpRequest) -> HttpResponse:
    form = OfferFilter(request.GET)
    found = _look(form)
    if found is None:
        return cannot_answer(request, form, TEMPLATE)
    return render(request, TEMPLATE, answer(request, form, found, nothing=NO_OFFERS))


@guarded(GET="pages.read")
def map_of_offers(request: HttpRequest) -> HttpResponse:
    form = OfferFilter(request.GET)
    found = _look(form)
    if found is None:
        return cannot_answer(request, form, TEMPLATE)
    shown = spots.of_offers(found)
    context = {
        **answer(request, form, found, nothing=NO_OFFERS),
        "drawing": drawing(shown, _link),
        "is_drawn": bool(shown),
    }
    return render(request, "public/offers_map.html", context)


@guarded(GET="offers.read")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Offer.objects.public().select_related("organisation__town", "town", "venue__town")
    offer = get_object_or_404(rows, pk=pk)
    require(request.user, "offers.read", offer)
    now = timezone.now()
    context = {
        "offer": offer,
        "is_to_be_had": available.to_be_had(now=now).filter(pk=pk).exists(),
        "may_ask": may(request.user, "cooperations.ask", offer),
        "taken": bookings.ahead(offer=offer, now=now)[:MOST_TAKEN] if offer.is_exclusive else [],
        "desks": desks.for_town(offer.organisation.town),
        "town": offer.organisation.town,
        "address": settings.SITE_URL + reverse("public:offer", args=[pk]),
    }
    return render(request, "public/offer.html", context)


def _look(form: OfferFilter) -> OfferQuerySet | None:
    return answered(form, lambda: search.narrow(available.to_be_had(now=timezone.now()), form.wanted()))


def _link(offer: Offer) -> Link:
    url = reverse("public:offer", args=[offer.pk])
    return {"title": offer.label, "url": url, "when": str(offer.get_kind_display())}
