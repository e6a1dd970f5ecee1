"""The list beside a map of its venues; without JavaScript the list is all, without tiles the towns are named."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from matching import explanations
from organisations.models import Role, Town
from organisations.services import desks, spots
from organisations.services.spots import Spot
from web.nothing import NO_ROLES
from web.permissions import guarded
from web.public.forms import HERE, RoleFilter
from web.public.looking import asking, look, page_of, unanswered, with_slots

ROLES_PER_SPOT = 4


@guarded(GET="pages.read")
def map_of_roles(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    form = RoleFilter(request.GET)
    found = look(form, now)
    if found is None:
        return unanswered(request, form, now)
    page, town = page_of(request, with_slots(found, now)), form.cleaned_data["town"]
    shown = spots.of(found)
    context = {
        **asking(request, form, now),
        "page": page,
        "town": town,
        "drawing": _drawing(shown, form),
        "is_drawn": bool(shown),
        "nothing": NO_ROLES,
        "desks": [] if page.object_list else desks.for_town(town),
    }
    return render(request, "public/map.html", context)


def _drawing(shown: list[Spot], form: RoleFilter) -> dict[str, Any]:
    """Return what the script draws: venues with links, names of towns, the walk that was asked for, and the tiles."""
    return {
        "spots": [_spot(spot) for spot in shown],
        "towns": _towns(spot.venue.town for spot in shown),
        "walk": _walk(form),
        "tiles": settings.MAP_TILES,
        "attribution": settings.MAP_ATTRIBUTION,
    }


def _spot(spot: Spot) -> dict[str, Any]:
    return {
        "lat": spot.venue.lat,
        "lng": spot.venue.lng,
        "name": spot.venue.name,
        "roles": [_link(role) for role in spot.roles[:ROLES_PER_SPOT]],
        "more": max(0, len(spot.roles) - ROLES_PER_SPOT),
    }


def _link(role: Role) -> dict[str, str]:
    starts_at = role.next_starts_at  # type: ignore[attr-defined]
    when = explanations.moment(starts_at) if starts_at else ""
    return {"title": role.label, "url": reverse("public:role", args=[role.pk]), "when": when}


def _towns(towns: Iterable[Town]) -> list[dict[str, Any]]:
    once = {town.pk: town for town in towns if town.has_point}
    return [{"lat": town.lat, "lng": town.lng, "name": town.name} for town in once.values()]


def _walk(form: RoleFilter) -> dict[str, float] | None:
    """Return the circle that was asked for; a town alone has no edge to draw."""
    town, within = form.cleaned_data["town"], form.cleaned_data["within"]
    if town is None or within == HERE:
        return None
    return {"lat": town.lat, "lng": town.lng, "metres": float(within) * 1000}
