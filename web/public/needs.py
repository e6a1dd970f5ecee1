"""What the neighbourhoods need: a list, a map, and one need. Nothing here comes near to a worry."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from accounts.services.errors import DomainError
from matching import explanations
from matching.services import counts
from organisations.models import Need
from organisations.models.need import NeedQuerySet
from organisations.services import desks, need_search, need_spots
from organisations.services.need_spots import NeedSpot
from volunteers.models import Pledge
from web.nothing import NO_NEEDS
from web.permissions import guarded, require
from web.public.looking import elsewhere, page_of
from web.public.need_forms import NeedFilter

NEEDS_PER_SPOT = 4


@guarded(GET="pages.read")
def index(request: HttpRequest) -> HttpResponse:
    form = NeedFilter(request.GET)
    found = _look(form, timezone.localdate())
    if found is None:
        return _unanswered(request, form)
    return render(request, "public/needs.html", _answer(request, form, found))


@guarded(GET="pages.read")
def map_of_needs(request: HttpRequest) -> HttpResponse:
    form = NeedFilter(request.GET)
    found = _look(form, timezone.localdate())
    if found is None:
        return _unanswered(request, form)
    spots = need_spots.of(found)
    context = {**_answer(request, form, found), "drawing": _drawing(spots), "is_drawn": bool(spots)}
    return render(request, "public/needs_map.html", context)


@guarded(GET="needs.read")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Need.objects.public().select_related("town", "district", "desk__organisation__town", "role__organisation")
    need = get_object_or_404(rows, pk=pk)
    require(request.user, "needs.read", need)
    own = Pledge.objects.alive().filter(need=need, volunteer__user_id=request.user.pk or 0)
    context = {
        "need": need,
        "is_wanted": need_search.is_wanted(need, timezone.localdate()),
        "has_pledged": own.exists(),
        "pledged": counts.pledged(need=need),
        "desks": [need.desk],
        "town": need.town,
        "address": settings.SITE_URL + reverse("public:need", args=[pk]),
    }
    return render(request, "public/need.html", context)


def _look(form: NeedFilter, today: dt.date) -> NeedQuerySet | None:
    """Return what was asked for, or nothing where the question cannot be answered; the form then says why."""
    if form.is_valid():
        try:
            return need_search.find(today=today, **form.wanted())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
    return None


def _answer(request: HttpRequest, form: NeedFilter, found: NeedQuerySet) -> dict[str, Any]:
    page, town = page_of(request, found), form.cleaned_data["town"]
    return {
        "form": form,
        "elsewhere": elsewhere(request),
        "page": page,
        "town": town,
        "nothing": NO_NEEDS,
        "desks": [] if page.object_list else desks.for_town(town),
    }


def _unanswered(request: HttpRequest, form: NeedFilter) -> HttpResponse:
    context = {"form": form, "elsewhere": elsewhere(request), "desks": desks.for_town(None)}
    return render(request, "public/needs.html", context, status=400)


def _drawing(spots: list[NeedSpot]) -> dict[str, Any]:
    """Return what the script draws: a point for each town or district, with links; names of both, and the tiles."""
    return {
        "spots": [_spot(spot) for spot in spots],
        "towns": [{"lat": spot.lat, "lng": spot.lng, "name": spot.name} for spot in spots],
        "walk": None,
        "tiles": settings.MAP_TILES,
        "attribution": settings.MAP_ATTRIBUTION,
    }


def _spot(spot: NeedSpot) -> dict[str, Any]:
    return {
        "lat": spot.lat,
        "lng": spot.lng,
        "name": spot.name,
        "roles": [_link(need) for need in spot.needs[:NEEDS_PER_SPOT]],
        "more": max(0, len(spot.needs) - NEEDS_PER_SPOT),
    }


def _link(need: Need) -> dict[str, str]:
    return {
        "title": need.label,
        "url": reverse("public:need", args=[need.pk]),
        "when": explanations.day(need.wanted_until),
    }
