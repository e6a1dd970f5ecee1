"""Telling people of a role or a need of one's own area, in every medium."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from organisations.models import Need, Role
from organisations.publicity.published import Published
from organisations.services import publishing
from web import media
from web.permissions import guarded, require
from web.signed_in import person

TEMPLATE = "console/media.html"


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


def _role(request: HttpRequest, pk: int) -> Published:
    found = get_object_or_404(Role.objects.select_related("organisation__town", "venue__town"), pk=pk)
    require(person(request), "roles.advertise_for", found)
    return publishing.of_role(found, now=timezone.now())


def _need(request: HttpRequest, pk: int) -> Published:
    of_area = Need.objects.in_area_of(person(request)).select_related("desk__organisation", "town", "district")
    found = get_object_or_404(of_area, pk=pk)
    require(person(request), "needs.advertise", found)
    return publishing.of_need(found, now=timezone.now())


def _page(request: HttpRequest, told: Published) -> HttpResponse:
    return render(request, TEMPLATE, {**media.context(told), **_beside(told)})


def _sheet(request: HttpRequest, told: Published) -> HttpResponse:
    if told.is_over:
        return redirect(f"console:{told.kind}_media", told.ref)
    return media.sheet(request, told, template=TEMPLATE, more=_beside(told), now=timezone.now())


def _beside(told: Published) -> dict[str, Any]:
    back = reverse(f"console:{told.kind}", args=[told.ref])
    return {"back": back, "sheet": reverse(f"console:{told.kind}_flyer", args=[told.ref])}
