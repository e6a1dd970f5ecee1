"""Telling people of one's own roles and offers, in every medium."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from organisations.services.made_public import publishing
from web import media
from web.organisation.own import offer_of, role_of
from web.permissions import guarded

FRAME = "organisation/base.html"
ROLE = media.Door(FRAME, "organisation:role", "organisation:media", "organisation:flyer")
OFFER = media.Door(FRAME, "organisation:offer", "organisation:offer_media", "organisation:offer_flyer")


@never_cache
@guarded(GET="roles.advertise")
def role(request: HttpRequest, pk: int) -> HttpResponse:
    told = publishing.of_role(role_of(request, pk, "roles.advertise"), now=timezone.now())
    return media.page(request, told, ROLE)


@never_cache
@guarded(GET="roles.advertise")
def role_flyer(request: HttpRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    return media.sheet(request, publishing.of_role(role_of(request, pk, "roles.advertise"), now=now), ROLE, now=now)


@never_cache
@guarded(GET="offers.advertise")
def offer(request: HttpRequest, pk: int) -> HttpResponse:
    told = publishing.of_offer(offer_of(request, pk, "offers.advertise"), now=timezone.now())
    return media.page(request, told, OFFER)


@never_cache
@guarded(GET="offers.advertise")
def offer_flyer(request: HttpRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    return media.sheet(request, publishing.of_offer(offer_of(request, pk, "offers.advertise"), now=now), OFFER, now=now)
