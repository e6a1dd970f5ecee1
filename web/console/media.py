"""Telling people of a role, a need or an offer of one's own area, in every medium."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.cache import never_cache

from organisations.models import Need, Offer, Role
from organisations.publicity.published import Published
from organisations.services.made_public import publishing
from web import media
from web.permissions import guarded, require
from web.signed_in import person


@never_cache
@guarded(GET="roles.advertise_for")
def role(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _role(request, pk))


@never_cache
@guarded(GET="roles.advertise_for")
def role_flyer(request: HttpRequest, pk: int) -> HttpResponse:
    return _sheet(request, _role(request, pk))


@never_cache
@guarded(GET="needs.advertise")
def need(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _need(request, pk))


@never_cache
@guarded(GET="needs.advertise")
def need_flyer(request: HttpRequest, pk: int) -> HttpResponse:
    return _sheet(request, _need(request, pk))


@never_cache
@guarded(GET="offers.advertise_for")
def offer(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _offer(request, pk))


@never_cache
@guarded(GET="offers.advertise_for")
def offer_flyer(request: HttpRequest, pk: int) -> HttpResponse:
    return _sheet(request, _offer(request, pk))


def _role(request: HttpRequest, pk: int) -> Published:
    found = get_object_or_404(Role.objects.select_related("organisation__town", "venue__town"), pk=pk)
    require(person(request), "roles.advertise_for", found)
    return publishing.of_role(found, now=timezone.now())


def _need(request: HttpRequest, pk: int) -> Published:
    of_area = Need.objects.in_area_of(person(request)).select_related("desk__organisation", "town", "district")
    found = get_object_or_404(of_area, pk=pk)
    require(person(request), "needs.advertise", found)
    return publishing.of_need(found, now=timezone.now())


def _offer(request: HttpRequest, pk: int) -> Published:
    of_area = Offer.objects.in_area_of(person(request)).select_related("organisation__town", "town", "venue__town")
    found = get_object_or_404(of_area, pk=pk)
    require(person(request), "offers.advertise_for", found)
    return publishing.of_offer(found, now=timezone.now())


def _page(request: HttpRequest, told: Published) -> HttpResponse:
    return media.page(request, told, _door(told))


def _sheet(request: HttpRequest, told: Published) -> HttpResponse:
    return media.sheet(request, told, _door(told), now=timezone.now())


def _door(told: Published) -> media.Door:
    page = f"console:{told.kind}"
    return media.Door("console/base.html", page, f"{page}_media", f"{page}_flyer")
